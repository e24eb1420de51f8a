import type { Case } from "../domain/case.ts";
import { decidedEntryOf } from "../policy/entry-of.ts";
import type { Cases } from "../store/cases.ts";
import type { DecisionJournal } from "../store/decision-journal.ts";
import { publishDecision } from "./decision-events.ts";
import type { Topic } from "./topic.ts";

export interface SettleDecision {
  readonly cases: Pick<Cases, "settle">;
  readonly journal: Pick<DecisionJournal, "append">;
  readonly decisions: Topic;
}

/** What a stored decision owes, in the order that a repeat can do again: its journal entry, its event, and that it is settled. */
export async function settleDecision({ cases, journal, decisions }: SettleDecision, decided: Case): Promise<void> {
  const entry = decidedEntryOf(decided);
  if (entry) await journal.append(decided.tenant, entry);
  await publishDecision(decisions, decided);
  await cases.settle(decided.tenant, decided.id, decided.decision?.id ?? "");
}
