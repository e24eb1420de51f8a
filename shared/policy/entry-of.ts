import { type Case, lastingRef, UNDONE } from "../domain/case.ts";
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

/** What the journal of decisions keeps of a decided case; undefined where no person decided it. */
export function decidedEntryOf(current: Case): DecidedEntry | undefined {
  const { id, tenant, ref, queue, lane, verdict, decision } = current;
  if (!decision || decision.reason === UNDONE) return undefined;
  const { ref: _, models: __, ...made } = entryOf({ ...verdict, tenant, ref, queue, lane });
  return { id: decision.id, caseId: id, ...made, outcome: decision.outcome, reason: decision.reason, at: decision.at };
}
