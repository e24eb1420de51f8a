import type { AuditFact } from "../domain/audit.ts";
import type { Case } from "../domain/case.ts";
import { decidedEntriesOf } from "../policy/entry-of.ts";
import type { Audit } from "../store/audit.ts";
import { BEFORE_MEMBERS, type Cases, eventOf, type Owed } from "../store/cases.ts";
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
 * Does what a decided, undone or reopened case owes: the journal's entry, its event for each of its items, the log's entry.
 * The note that it is owed goes last, so that a crash leaves nothing out. A repeat goes on after what is noted as told, so
 * that the log, which is never changed, has one entry of it but where that very note was lost.
 * @param most members told in this call; the rest stays owed and is the sweep's
 */
export const announceDecision =
  ({ cases, clusters, audit, journal, decisions }: AnnounceDecision) =>
  async (owed: Owed, now: Date, most: number, caller: Pick<AuditFact, "role"> = {}): Promise<void> => {
    const { case: current, members } = owed;
    const { tenant, id } = current;
    const event = eventOf(current);
    let { after } = owed;
    const noteTold = async (to: string): Promise<void> => {
      await cases.advance(tenant, id, event, to);
      after = to;
    };
    if (after === undefined) {
      for (const entry of decidedEntriesOf(current)) await journal.append(tenant, entry);
      await publishDecision(decisions, current);
      await audit.append(tenant, [factOf(current, caller)], now);
      if (members > 1) await noteTold(BEFORE_MEMBERS);
    }
    for (let told = 0; members > 1; ) {
      if (told >= most) return;
      const page = await clusters.members(tenant, id, PAGE, after);
      const meant = page.filter(({ number }) => number <= members);
      await Promise.all(meant.map((member) => publishDecision(decisions, current, member)));
      told += page.length;
      const last = page.at(-1)?.case;
      if (page.length < PAGE || last === undefined) break;
      await noteTold(last);
    }
    await cases.settle(tenant, id, event, after);
  };
