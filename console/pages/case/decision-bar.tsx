import Button from "@cloudscape-design/components/button";
import Textarea from "@cloudscape-design/components/textarea";
import { OUTCOME_MEANINGS, OUTCOME_WORDS, type Outcome } from "./case-record.ts";
import type { DecisionAreaProps } from "./decision-area.tsx";
import { missingIn } from "./draft.ts";
import { LabelChoice } from "./label-choice.tsx";
import { ReasonChoice } from "./reason-choice.tsx";

const OUTCOME_KEYS: readonly (readonly [Outcome, key: string])[] = [
  ["uphold", "u"],
  ["overturn", "o"],
  ["correct", "x"],
  ["escalate", "e"],
];

/** Outcome, reason, note and sending. One line until an outcome is chosen. */
export function DecisionBar({ work, deciding, places }: DecisionAreaProps) {
  const { record, draft, change } = work;
  const { choose, send, isSending } = deciding;
  const { outcome, note } = draft;
  const missing = missingIn(draft);
  const offered = OUTCOME_KEYS.filter(([name]) => name !== "escalate" || record.escalation === undefined);
  return (
    <div className="decision-bar">
      <div className="case-outcomes">
        {offered.map(([name, key]) => (
          <button
            key={name}
            type="button"
            className="case-outcome"
            data-outcome={name}
            aria-pressed={name === outcome}
            title={OUTCOME_MEANINGS[name]}
            onClick={() => choose(name === outcome ? undefined : name)}
          >
            {OUTCOME_WORDS[name]} <kbd>{key}</kbd>
          </button>
        ))}
      </div>
      {outcome !== undefined && (
        <>
          <p className="case-meaning">{OUTCOME_MEANINGS[outcome]}</p>
          <ReasonChoice outcome={outcome} reason={draft.reason} choose={deciding.chooseReason} />
          {outcome === "correct" && <LabelChoice labels={draft.labels} change={change} place={places.labels} />}
          <div className="decision-end">
            <div ref={places.note} className="decision-note">
              <Textarea
                ariaLabel="A note with the decision"
                placeholder={
                  draft.reason === "other" ? "Say the reason (c)" : "A note with the decision, if it needs one (c)"
                }
                rows={note === "" ? 1 : 2}
                value={note}
                onChange={({ detail }) => change({ note: detail.value })}
              />
            </div>
            <Button
              variant="primary"
              loading={isSending}
              loadingText="Sending the decision"
              disabled={missing !== undefined}
              {...(missing !== undefined && { disabledReason: missing })}
              onClick={send}
            >
              {OUTCOME_WORDS[outcome]} and go on (Enter)
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
