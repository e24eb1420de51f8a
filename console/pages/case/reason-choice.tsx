import { useId } from "react";
import type { Outcome, Reason } from "./case-record.ts";
import { reasonsFor } from "./use-deciding.ts";

interface ReasonChoiceProps {
  readonly outcome: Outcome;
  readonly reason: Reason | undefined;
  choose(reason: Reason): void;
}

/** The reasons that explain an outcome, each with the policy's sentence and the number of its key. */
export function ReasonChoice({ outcome, reason, choose }: ReasonChoiceProps) {
  const name = useId();
  return (
    <fieldset className="case-reasons">
      <legend className="unseen">Reason</legend>
      {reasonsFor(outcome).map((one) => (
        <label key={one.reason} className="case-reason" data-reason={one.reason}>
          <input
            type="radio"
            name={name}
            checked={one.reason === reason}
            onChange={() => choose(one.reason)}
            aria-describedby={`${name}-${one.number}`}
          />
          <kbd>{one.number}</kbd>
          <span>
            <strong>{one.title}</strong>
            <span id={`${name}-${one.number}`} className="case-reason-sentence quiet">
              {one.sentence}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
