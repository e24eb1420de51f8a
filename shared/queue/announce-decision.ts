import type { AuditFact } from "../domain/audit.ts";
import type { Case } from "../domain/case.ts";
import { decidedEntriesOf } from "../policy/entry-of.ts";
import type { Audit } from "../store/audit.ts";
import { type Cases, eventOf, type Owed } from "../store/cases.ts";
import type { Clusters } from "../store/clusters.ts";
import type { DecisionJournal } from "../store/decision-journal.ts";
import { decisionOfEvent, publishDecision } from "./decision-events.ts";
import type { Topic } from "./topic.ts";

export interface AnnounceDecision {
  readonly cases: Pick<Cases, "advance" | "settle">;
  readonly clusters: Pick<Clusters, "members">;
  readonly audit: Pick<Audit, "append">;
  readonly journal: Pick<DecisionJournal, "append">;
  readonly decisions: Topic;
}

/** Members that are told between two notes of how far it has come. */
const PAGE = 50;

/** The log's entry of what last happened to a case. */
export function factOf(current: Case, more: Pick<AuditFact, "role"> = {}): AuditFact {
  const { last, past = [], cluster, id } = current;
  const made = decisionOfEvent(current);
  const withdrawn = last !== undefined && last.kind !== "decision.made" ? past[0] : undefined;
  const done = made?.outcome === "escalate" ? ("case.escalated" as const) : ("case.decided" as const);
  const action = withdrawn ? (withdrawn.how === "undone" ? "case.undone" : "case.reopened") : done;
  return {
    actor: withdrawn?.by ?? made?.by ?? "",
    ...more,
    action,
    case: id,
    facts: {
      decision: made?.id ?? "",
      ...(made ? { outcome: made.outcome, reason: made.reason } : {}),
      ...(withdrawn?.reason ? { why: withdrawn.reason } : {}),
      ...(cluster && cluster.size > 1 ? { size: String(cluster.size) } : {}),
      ...(made?.exceptions ? { exceptions: String(made.exceptions.length) } : {}),
    },
  };
}

/**
 * Does what a decided, undone or reopened case owes: its event for each of its items, the log's
 * entry and the journal's. The note that
 * it is owed goes last, so that a crash leaves nothing out; a repeat goes on after the members that were told.
 * @param most members told in this call; the rest stays owed and is the sweep's
 * @returns whether nothing is owed any more
 */
export const announceDecision =
  ({ cases, clusters, audit, journal, decisions }: AnnounceDecision) =>
  async (owed: Owed, now: Date, most: number, caller: Pick<AuditFact, "role"> = {}): Promise<boolean> => {
    const { case: current, members } = owed;
    const { tenant, id } = current;
    const event = eventOf(current);
    let { after } = owed;
    if (after === undefined) {
      for (const entry of decidedEntriesOf(current)) await journal.append(tenant, entry);
      await audit.append(tenant, [factOf(current, caller)], now);
      await publishDecision(decisions, current);
    }
    for (let told = 0, isLast = members === 1; !isLast; ) {
      if (told >= most) return false;
      const page = await clusters.members(tenant, id, PAGE, after);
      const meant = page.filter(({ number }) => number <= members);
      await Promise.all(meant.map((member) => publishDecision(decisions, current, member)));
      told += page.length;
      after = page.at(-1)?.case;
      isLast = page.length < PAGE || after === undefined;
      if (!isLast && after !== undefined) await cases.advance(tenant, id, event, after);
    }
    await cases.settle(tenant, id, event);
    return true;
  };
