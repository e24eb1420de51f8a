import type { ReactNode } from "react";
import { DECISION_REASON_TEXTS } from "../../../shared/domain/decision-reasons.ts";
import { labelTitles } from "../../facts/desk.ts";
import { Age } from "../../parts/age.tsx";
import { SafeInline, SafeText } from "../../parts/safe-text.tsx";
import { useMe } from "../../session/me.tsx";
import { type CaseRecord, DECIDED_WORDS } from "./case-record.ts";

type Decision = NonNullable<CaseRecord["decision"]>;

const REOPEN_WORDS: Readonly<Record<string, string>> = {
  appeal: "an appeal",
  new_evidence: "new evidence",
  wrong_decision: "a wrong decision",
  quality_check: "a quality check",
};

/** What was decided of the case before, the newest first. */
export function PastDecisions({ record: { decision, escalation, past = [] } }: { readonly record: CaseRecord }) {
  const me = useMe();
  if (!decision && !escalation && past.length === 0) return null;
  return (
    <section className="case-past" aria-label="Decisions of this case">
      <h3>Decisions</h3>
      <ul className="case-list">
        {decision && <OneDecision made={decision} />}
        {escalation && <OneDecision made={escalation} />}
        {past.map((one) => (
          <OneDecision key={`${one.decision.id} ${one.at}`} made={one.decision}>
            <p className="quiet">
              {one.how === "undone" ? "Undone" : `Opened again for ${REOPEN_WORDS[one.reason ?? ""] ?? "a reason"}`} by{" "}
              {me.is(one.by) ? "you" : <SafeInline text={one.by} />}, <Age since={one.at} ago />
            </p>
          </OneDecision>
        ))}
      </ul>
    </section>
  );
}

function OneDecision({ made, children }: { readonly made: Decision; readonly children?: ReactNode }) {
  const me = useMe();
  const { outcome, reason, by, at, note, labels = [], exceptions = [] } = made;
  const title = DECISION_REASON_TEXTS.find((one) => one.reason === reason)?.title ?? "its cause was undone";
  return (
    <li>
      <strong>{DECIDED_WORDS[outcome]}</strong>: {title}{" "}
      <span className="quiet">
        by {me.is(by) ? "you" : <SafeInline text={by} />}, <Age since={at} ago />
      </span>
      {labels.length > 0 && <p>Labels: {labels.map((label) => labelTitles[label] ?? label).join(", ")}</p>}
      {exceptions.length > 0 && <p>{exceptions.length} of the items judged the other way</p>}
      {note && <SafeText text={note} />}
      {children}
    </li>
  );
}
