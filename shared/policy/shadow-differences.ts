import type { Verdict } from "../domain/verdict.ts";
import type { PolicySet } from "./compiled-policies.ts";
import type { PolicyDecision } from "./deciding.ts";
import { factsOf } from "./policy-facts.ts";

export interface ShadowDifference {
  readonly id: string;
  readonly version: number;
  readonly decision: PolicyDecision;
}

/** Candidates that would have done something else, or sent it to another queue; what they agree on is kept nowhere. */
export function shadowDifferences({ shadows }: Pick<PolicySet, "shadows">, made: Verdict): ShadowDifference[] {
  if (shadows.length === 0) return [];
  const facts = factsOf(made);
  return shadows.flatMap(({ id, version, decide }) => {
    const decision = decide(facts);
    const same = decision.action === made.action && (decision.action === "allow" || decision.queue === made.queue);
    return same ? [] : [{ id, version, decision }];
  });
}
