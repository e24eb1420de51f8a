import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { useState } from "react";
import { useApi } from "../../api/api-context.tsx";
import type { AnswerOf } from "../../api/route-types.ts";
import { useAct } from "../../api/use-act.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { useFlashes } from "../../app/flashes.tsx";
import { Age } from "../../parts/age.tsx";
import { grouped } from "../../parts/charts/chart-words.ts";
import { RowTable } from "../../parts/row-table.tsx";
import { Section } from "../../parts/section.tsx";
import { Asked, Empty, Failed } from "../../parts/states.tsx";
import { useMe } from "../../session/me.tsx";
import { DifferenceList } from "./difference-list.tsx";
import { versionOptions } from "./version-options.ts";
import { Move, type PolicyView, shareWithRange } from "./words.tsx";

type Report = AnswerOf<"get-shadow">;

/** Runs a version beside what decides, without effect, and shows what it would have done otherwise. */
export function PolicyShadow({ policy }: { readonly policy: PolicyView }) {
  const { id, newest, active, shadows } = policy;
  const [version, setVersion] = useState(shadows.at(-1)?.version ?? newest);
  const options = versionOptions(policy);
  const isRunning = shadows.some((one) => one.version === version);
  const shown = useAnswer(
    "get-shadow",
    { params: { id }, query: { version: String(version) } },
    isRunning ? { every: 15_000 } : {},
  );
  return (
    <Section title="Beside what decides, without effect">
      <div className="policy-choice">
        <FormField label="Version">
          <Select
            options={options}
            selectedOption={options.find(({ value }) => value === String(version)) ?? null}
            onChange={({ detail }) => setVersion(Number(detail.selectedOption.value))}
          />
        </FormField>
        <ShadowSwitch id={id} version={version} isRunning={isRunning} decides={active?.version === version} />
      </div>
      <Asked shown={shown}>{(report) => <ShadowReport report={report} />}</Asked>
    </Section>
  );
}

interface ShadowSwitchProps {
  readonly id: string;
  readonly version: number;
  readonly isRunning: boolean;
  readonly decides: boolean;
}

function ShadowSwitch({ id, version, isRunning, decides }: ShadowSwitchProps) {
  const me = useMe();
  const { cache } = useApi();
  const { flash } = useFlashes();
  const { act, busy, refused } = useAct("shadow-policy");
  if (!me.may("shadow-policy")) return null;
  const turn = async () => {
    const answer = await act({ params: { id }, body: { version, run: !isRunning } });
    if (!answer.ok) return;
    cache.drop("get-policy", { params: { id } });
    cache.drop("list-policies");
    cache.drop("get-shadow");
    flash({
      type: "success",
      content: isRunning
        ? `Version ${version} runs in shadow no longer; what was counted stays.`
        : `Version ${version} runs in shadow within a minute.`,
    });
  };
  return (
    <>
      <Button loading={busy} disabled={decides} onClick={() => void turn()}>
        {isRunning ? `End version ${version} in shadow` : `Run version ${version} in shadow`}
      </Button>
      {decides && <span className="quiet">This version decides: there is nothing to run beside.</span>}
      {refused && <Failed refused={refused} />}
    </>
  );
}

function ShadowReport({ report }: { readonly report: Report }) {
  const { evaluated, different, share, since, isRunning, moves, latest } = report;
  if (evaluated === 0)
    return (
      <Empty title={isRunning ? "No item has come by yet" : "It has not run in shadow yet"}>
        {isRunning ? "This page asks again by itself." : "It changes nothing: items are only counted."}
      </Empty>
    );
  return (
    <>
      <p className="policy-line">
        <strong>{grouped(different)}</strong> of {grouped(evaluated)} items would have been treated otherwise:{" "}
        {shareWithRange(share)}
        {since !== undefined && (
          <span className="quiet">
            {" "}
            counted since <Age since={since} ago />
          </span>
        )}
      </p>
      {moves.length > 0 && (
        <RowTable
          caption="What would have changed"
          columns={[
            { head: "Change", cell: ({ from, to }) => <Move from={from} to={to} /> },
            { head: "Items", cell: ({ items }) => grouped(items), isFigure: true },
            { head: "Share (95%)", cell: ({ share: its }) => shareWithRange(its), isFigure: true },
          ]}
          rows={moves}
          keyOf={({ from, to }) => `${from} ${to}`}
        />
      )}
      {latest.length > 0 && (
        <>
          <h3 className="policy-subtitle">The latest that differ</h3>
          <DifferenceList
            caption="The latest items that differ"
            was="Decided"
            rows={latest.map(({ decided, candidate, ...item }) => ({
              ...item,
              was: { ...decided, rule: decided.policy.rule, policy: decided.policy.id },
              would: { ...candidate, rule: candidate.policy.rule, policy: candidate.policy.id },
            }))}
          />
        </>
      )}
    </>
  );
}
