import { type Case, type Decision, lastingRef, UNDONE } from "../domain/case.ts";
import type { DecidedEntry, JournalEntry } from "../domain/journal-entry.ts";
import type { Verdict } from "../domain/verdict.ts";
import { factsOf, type PolicyFacts } from "./policy-facts.ts";

/** What is stored of facts is a copy: stored lists may be changed, those of a verdict may not. */
const kept = ({ brands, labels, features, ...facts }: PolicyFacts): JournalEntry["facts"] => ({
  ...facts,
  brands: [...brands],
  labels: labels.map((one) => ({ ...one })),
  features: { ...features },
});

/** A verdict as the journal keeps it: nothing in it names a person. */
export function entryOf(made: Verdict): JournalEntry {
  const { tenant, ref, action, severity, queue, lane, policy, models, scoredAt } = made;
  const { id, version, rule } = policy;
  return {
    ref: lastingRef(tenant, ref),
    facts: kept(factsOf(made)),
    action,
    severity,
    queue,
    lane,
    policy: { id, version, rule },
    models,
    scoredAt,
  };
}

/**
 * What the journal of decisions keeps of a case: the decision that holds, where a person made it, and those that no
 * longer hold, marked so. Of a cluster it is what was decided of its first item. An escalation decides nothing.
 */
export function decidedEntriesOf(current: Case): DecidedEntry[] {
  const { id, tenant, ref, queue, lane, verdict, decision, past = [] } = current;
  const { ref: _, models: __, ...made } = entryOf({ ...verdict, tenant, ref, queue, lane });
  const entry = (one: Decision): DecidedEntry[] => {
    if (one.reason === UNDONE || one.outcome === "escalate") return [];
    const { outcome, reason } = one.exceptions?.find((other) => other.case === id) ?? one;
    return [{ id: one.id, caseId: id, ...made, outcome, reason, at: one.at }];
  };
  const withdrawn = past.flatMap((one) => entry(one.decision)).map((one) => ({ ...one, withdrawn: true as const }));
  return [...(decision ? entry(decision) : []), ...withdrawn];
}
