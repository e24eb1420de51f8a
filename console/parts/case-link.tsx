import type { Outcome } from "../../shared/domain/decision-reasons.ts";
import { Age } from "./age.tsx";
import { Go } from "./go.tsx";

/** As much of a case as a link to it says. */
export interface LinkedCase {
  readonly id: string;
  readonly state: "open" | "decided" | "erased" | "joined";
  /** The case that it is decided with. */
  readonly joined?: string | undefined;
  readonly outcome?: Outcome | undefined;
  readonly decidedAt?: string | undefined;
}

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  uphold: "Upheld",
  overturn: "Overturned",
  correct: "Labels corrected",
  escalate: "Escalated",
};

/** Where a case leads, and what became of it: "Open case", "Upheld 2 h ago". */
export function CaseLinkLine({ link: { id, state, joined, outcome, decidedAt } }: { readonly link: LinkedCase }) {
  const leads = state === "joined" ? (joined ?? id) : id;
  // Several stand beside each other: the first letters tell them apart.
  const name = `${state === "joined" ? "Cluster" : state === "open" ? "Open case" : "Case"} ${leads.slice(0, 6)}`;
  return (
    <span className="case-link">
      <Go to={`/cases/${leads}`}>{name}</Go>
      {state === "erased" && <span className="quiet"> of an erased author</span>}
      {outcome !== undefined && state !== "open" && (
        <span>
          {`, ${OUTCOME_WORDS[outcome].toLowerCase()}`}
          {decidedAt !== undefined && (
            <>
              {" "}
              <Age since={decidedAt} ago />
            </>
          )}
        </span>
      )}
    </span>
  );
}
