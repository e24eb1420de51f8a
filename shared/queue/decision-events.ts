import type { DecisionMessage } from "../contracts/messages.ts";
import { type Case, type ClusterMember, caseIdOf, type Decision, decisionIdOf, UNDONE } from "../domain/case.ts";
import type { Reversal } from "../domain/reversal.ts";
import type { Verdict } from "../domain/verdict.ts";
import type { Topic } from "./topic.ts";

/** The decision that a case's last event is about, whether it holds or was withdrawn. */
export function decisionOfEvent({ last, decision, escalation, past = [] }: Case): Decision | undefined {
  if (!last) return decision;
  return [decision, escalation, ...past.map((one) => one.decision)].find((one) => one?.id === last.decision);
}

type Item = Pick<ClusterMember, "case" | "ref" | "action" | "labels" | "policy">;

const firstItem = ({ id, ref, verdict }: Case): Item => ({
  case: id,
  ref,
  action: verdict.action,
  labels: verdict.labels.map(({ label }) => label),
  policy: verdict.policy,
});

/**
 * Publishes what last happened to a case: of its first item, or of a member of its cluster. A repeat is harmless:
 * receivers know decisions by their id and the item's version.
 */
export async function publishDecision(decisions: Topic, current: Case, member?: ClusterMember): Promise<void> {
  const { tenant, id, version, last, reversed } = current;
  const made = decisionOfEvent(current);
  if (!made) throw new Error("the case has no decision");
  const { note: _, exceptions = [], ...rest } = made;
  const item = member ?? firstItem(current);
  const other = exceptions.find((one) => one.case === item.case);
  const event = other ? { ...rest, outcome: other.outcome, reason: other.reason } : rest;
  const message: DecisionMessage = {
    v: 1,
    event: last?.kind ?? "decision.made",
    tenant,
    caseId: id,
    ref: item.ref,
    action: item.action,
    labels: item.labels,
    policy: item.policy,
    decision: event,
    // A case that was lowered by an undo may be decided by a person later; members of a cluster are taken back by themselves.
    ...(!member && reversed?.by === made.by ? { reversal: { from: reversed.from, to: reversed.to } } : {}),
    version,
  };
  const { kind } = item.ref;
  await decisions.publish(message, { tenant, kind, outcome: event.outcome, action: item.action, event: message.event });
}

/** Publishes that an action was taken back where no decision of a case says so: there is no open case, or it stays open. */
export async function publishReversal(
  decisions: Topic,
  { tenant, ref, action, labels, policy, receivedAt }: Verdict,
  { by, at, from, to }: Reversal,
  version: number,
): Promise<void> {
  const caseId = caseIdOf(tenant, ref);
  const message: DecisionMessage = {
    v: 1,
    event: "decision.made",
    tenant,
    caseId,
    ref,
    action,
    labels: labels.map(({ label }) => label),
    policy,
    decision: { id: decisionIdOf(by, caseId), outcome: "overturn", reason: UNDONE, by, at },
    reversal: { from, to },
    receivedAt,
    version,
  };
  await decisions.publish(message, {
    tenant,
    kind: ref.kind,
    outcome: "overturn",
    action,
    event: message.event,
  });
}
