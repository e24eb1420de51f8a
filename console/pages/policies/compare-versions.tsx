import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { useMemo, useState } from "react";
import { useAnswer } from "../../api/use-answer.ts";
import { Section } from "../../parts/section.tsx";
import { Asked, Empty } from "../../parts/states.tsx";
import { ChangesList } from "./changes-list.tsx";
import { changesBetween } from "./document-changes.ts";
import { type DiffLine, diffLines, withContext } from "./line-diff.ts";
import { textOf } from "./policy-text.ts";
import { versionOptions } from "./version-options.ts";
import type { PolicyDocument, PolicyView } from "./words.tsx";

/** Lines of the same around each difference. */
const AROUND = 3;

const fresh = { fresh: 600_000 };

/** Two versions beside each other: what differs by rule, then line by line. */
export function CompareVersions({ policy }: { readonly policy: PolicyView }) {
  const { id, active, newest, versions } = policy;
  const second = versions[1]?.version ?? newest;
  const [from, setFrom] = useState(active && active.version !== newest ? active.version : second);
  const [to, setTo] = useState(newest);
  const before = useAnswer("get-policy-version", { params: { id, version: String(from) } }, fresh);
  const after = useAnswer("get-policy-version", { params: { id, version: String(to) } }, fresh);
  const options = versionOptions(policy);
  const choice = (label: string, value: number, set: (version: number) => void) => (
    <FormField label={label}>
      <Select
        options={options}
        selectedOption={options.find((one) => one.value === String(value)) ?? null}
        onChange={({ detail }) => set(Number(detail.selectedOption.value))}
      />
    </FormField>
  );
  return (
    <Section title="Two versions">
      <div className="policy-choice">
        {choice("From", from, setFrom)}
        {choice("To", to, setTo)}
      </div>
      <Asked shown={before}>
        {({ document }) => (
          <Asked shown={after}>{({ document: next }) => <Difference before={document} after={next} />}</Asked>
        )}
      </Asked>
    </Section>
  );
}

const SIGNS = { same: " ", gone: "−", new: "+" } as const;
const SAID = { same: "", gone: "gone: ", new: "new: " } as const;

function Difference({ before, after }: { readonly before: PolicyDocument; readonly after: PolicyDocument }) {
  const lines = useMemo(
    () => withContext(diffLines(textOf(before).split("\n"), textOf(after).split("\n")), AROUND),
    [before, after],
  );
  if (lines.length === 0) return <Empty title="They say the same" />;
  return (
    <>
      <ChangesList changes={changesBetween(before, after)} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys */}
      <section className="policy-diff" aria-label="Differences line by line" tabIndex={0}>
        <ol>
          {lines.map((line, index) =>
            typeof line === "number" ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
              <li key={index} className="left-out">
                {line} {line === 1 ? "line" : "lines"} alike
              </li>
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <Line key={index} line={line} />
            ),
          )}
        </ol>
      </section>
    </>
  );
}

const Line = ({ line: { kind, text, before, after } }: { readonly line: DiffLine }) => (
  <li data-kind={kind}>
    <span aria-hidden="true">{before ?? ""}</span>
    <span aria-hidden="true">{after ?? ""}</span>
    <span aria-hidden="true">{SIGNS[kind]}</span>
    <code>
      {kind !== "same" && <span className="unseen">{SAID[kind]}</span>}
      {text}
    </code>
  </li>
);
