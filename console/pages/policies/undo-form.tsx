import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import { useState } from "react";
import { useSearchParams } from "wouter";
import { useAct } from "../../api/use-act.ts";
import { labelTitles } from "../../facts/desk.ts";
import { faultsAt } from "../../parts/field-faults.ts";
import { useGo } from "../../parts/go.tsx";
import { Section } from "../../parts/section.tsx";
import { Failed } from "../../parts/states.tsx";
import { undoPath } from "./paths.ts";
import type { Cause } from "./undo-words.ts";
import { sinceOf, WINDOWS } from "./windows.ts";

type By = "rule" | "label";
type Label = NonNullable<Cause["label"]>;

const LABELS = Object.entries(labelTitles).map(([value, label]) => ({ value, label }));
const ANY_LABEL = { value: "", label: "Any" };

interface Fields {
  readonly by: By;
  readonly rule: string;
  readonly policy: string;
  readonly version: string;
  readonly label: string;
  readonly model: string;
}

/** @returns the cause that the fields name; undefined where they name none. */
function causeOf({ by, rule, policy, version, label, model }: Fields): Cause | undefined {
  if (by === "rule") {
    if (rule === "" && policy === "") return undefined;
    return {
      ...(rule !== "" && { rule }),
      ...(policy !== "" && { policy: { id: policy, ...(/^[1-9]\d*$/.test(version) && { version: Number(version) }) } }),
    };
  }
  if (label === "" && model === "") return undefined;
  return { ...(label !== "" && { label: label as Label }), ...(model !== "" && { model }) };
}

/** Asks what rests on a cause that was wrong: a dry run, which changes nothing. */
export function UndoForm() {
  const [named] = useSearchParams();
  const go = useGo();
  const { act, busy, refused } = useAct("start-undo");
  const [fields, setFields] = useState<Fields>({
    by: "rule",
    rule: named.get("rule") ?? "",
    policy: named.get("policy") ?? "",
    version: "",
    label: "",
    model: "",
  });
  const [days, setDays] = useState("7");
  const [missing, setMissing] = useState(false);
  const { of, others } = faultsAt(refused, {
    rule: ["/cause/rule"],
    policy: ["/cause/policy"],
    label: ["/cause/label"],
    model: ["/cause/model"],
    since: ["/since", "/until"],
  });
  const set = (change: Partial<Fields>) => {
    setFields((before) => ({ ...before, ...change }));
    setMissing(false);
  };
  const field = (name: "rule" | "policy" | "version" | "model", title: string, hint: string, error?: string) => (
    <FormField label={title} description={hint} errorText={error}>
      <Input
        value={fields[name]}
        spellcheck={false}
        autoComplete={false}
        onChange={({ detail }) => set({ [name]: detail.value.trim() })}
      />
    </FormField>
  );
  const begin = async () => {
    const cause = causeOf(fields);
    setMissing(cause === undefined);
    if (!cause) return;
    const answer = await act({ body: { dryRun: true, cause, since: sinceOf(days) } });
    if (answer.ok) go(undoPath(answer.value.id));
  };
  return (
    <Section title="What was wrong?">
      <form
        className="policy-form"
        onSubmit={(event) => {
          event.preventDefault();
          void begin();
        }}
      >
        <RadioGroup
          ariaLabel="What was wrong"
          direction="horizontal"
          value={fields.by}
          items={[
            { value: "rule", label: "A rule or policy" },
            { value: "label", label: "A label or analyzer" },
          ]}
          onChange={({ detail }) => set({ by: detail.value as By })}
        />
        <div className="policy-fields">
          {fields.by === "rule" ? (
            <>
              {field(
                "rule",
                "Rule",
                "Its name; none: all of the policy.",
                missing ? "Name a rule or a policy." : of("rule"),
              )}
              {field("policy", "Policy", "Its id; none: in every policy.", of("policy"))}
              {field("version", "Version", "A number; none: every version.")}
            </>
          ) : (
            <>
              <FormField
                label="Label"
                description="Verdicts that would be milder without it."
                errorText={missing ? "Name a label or an analyzer." : of("label")}
              >
                <Select
                  filteringType="auto"
                  options={[ANY_LABEL, ...LABELS]}
                  selectedOption={LABELS.find(({ value }) => value === fields.label) ?? ANY_LABEL}
                  onChange={({ detail }) => set({ label: detail.selectedOption.value ?? "" })}
                />
              </FormField>
              {field("model", "Analyzer", "With its version, such as text-model@3.", of("model"))}
            </>
          )}
          <FormField label="Verdicts of" errorText={of("since")}>
            <Select
              options={WINDOWS}
              selectedOption={WINDOWS.find(({ value }) => value === days) ?? null}
              onChange={({ detail }) => setDays(detail.selectedOption.value ?? "7")}
            />
          </FormField>
        </div>
        {others && <Failed refused={others} />}
        <Button formAction="submit" variant="primary" loading={busy}>
          Look what rests on it
        </Button>
        <p className="policy-line quiet">
          This only looks. Nothing is taken back before you have seen what it would be.
        </p>
      </form>
    </Section>
  );
}
