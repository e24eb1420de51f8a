import type { DecisionMessage } from "../contracts/messages.ts";
import type { Case, ClusterMember, Decision } from "../domain/case.ts";
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
  const { tenant, id, version, last } = current;
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
    version,
  };
  const { kind } = item.ref;
  await decisions.publish(message, { tenant, kind, outcome: event.outcome, action: item.action, event: message.event });
}
