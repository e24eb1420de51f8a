import { LabelBadges } from "../../parts/label-badges.tsx";
import { ACTION_WORDS } from "../queue/case-words.ts";
import type { CaseRecord } from "./case-record.ts";

interface WhyFlaggedProps {
  readonly record: CaseRecord;
  readonly activeLabel: string | undefined;
  setActiveLabel(label: string | undefined): void;
}

/** Each label with its reasons, tied to its evidence in the text, and the rules that made the verdict. */
export function WhyFlagged({ record, activeLabel, setActiveLabel }: WhyFlaggedProps) {
  const { verdict, guidance, reversed } = record;
  const byLabel = new Map(verdict.labels.map((one) => [one.label as string, one]));
  const advice = new Map(guidance?.labels.map((one) => [one.label as string, one.guidance]));
  return (
    <section className="case-why" aria-label="Why it is here">
      <h3>Why it is here</h3>
      <ul className="case-list case-why-list">
        {verdict.explanation.map(({ label, title, why, laws }) => {
          const found = byLabel.get(label);
          const hasSpans = (found?.spans.length ?? 0) > 0;
          return (
            <li
              key={label}
              className={label === activeLabel ? "active" : undefined}
              tabIndex={hasSpans ? 0 : undefined}
              onPointerEnter={() => setActiveLabel(label)}
              onPointerLeave={() => setActiveLabel(undefined)}
              onFocus={() => setActiveLabel(label)}
              onBlur={() => setActiveLabel(undefined)}
            >
              <LabelBadges labels={[{ label, title, probability: found?.probability, severity: found?.severity }]} />
              {why.map((sentence) => (
                <p key={sentence}>{sentence}</p>
              ))}
              {advice.get(label) && <p className="quiet">{advice.get(label)}</p>}
              {laws.length > 0 && <p className="quiet">May fall under: {laws.join(", ")}</p>}
            </li>
          );
        })}
      </ul>
      <Rules record={record} />
      {reversed && <p className="case-note">{reversed.explanation}</p>}
    </section>
  );
}

function Rules({ record: { verdict, guidance } }: Pick<WhyFlaggedProps, "record">) {
  const { policy, decided = [] } = verdict;
  const advice = new Map(guidance?.rules.map((one) => [one.rule, one.guidance]));
  return (
    <div className="case-rules">
      <h4>
        Policy: {guidance?.policy.title ?? policy.id} <span className="quiet">version {policy.version}</span>
      </h4>
      {decided.length === 0 && <p>The rule “{policy.rule}” decided.</p>}
      <ul className="case-list">
        {decided.map(({ rule, action, why }, index) => (
          <li key={rule}>
            <strong>{rule}</strong>{" "}
            <span className="quiet">
              {ACTION_WORDS[action].toLowerCase()} it{index === 0 ? "; decided" : ""}
            </span>
            <p>{why}</p>
            {advice.get(rule) && <p className="case-guidance">{advice.get(rule)}</p>}
          </li>
        ))}
      </ul>
      {policy.quarantined && <p className="quiet">The rule would do more; the flood breaker holds it at flagging.</p>}
    </div>
  );
}
