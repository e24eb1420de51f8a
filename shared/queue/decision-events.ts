import type { DecisionMessage } from "../contracts/messages.ts";
import { type Case, caseIdOf, decisionIdOf, UNDONE } from "../domain/case.ts";
import type { Reversal } from "../domain/reversal.ts";
import type { Verdict } from "../domain/verdict.ts";
import type { Topic } from "./topic.ts";

/** Publishes what was decided of a case. A repeat is harmless: receivers know decisions by their id. */
export async function publishDecision(decisions: Topic, decided: Case): Promise<void> {
  const { tenant, id, ref, verdict, decision, version, reversed } = decided;
  if (!decision) throw new Error("the case has no decision");
  const { note: _, ...event } = decision;
  const message: DecisionMessage = {
    v: 1,
    tenant,
    caseId: id,
    ref,
    action: verdict.action,
    labels: verdict.labels.map(({ label }) => label),
    policy: verdict.policy,
    decision: event,
    // A case that was lowered by an undo may be decided by a person later.
    ...(reversed?.by === decision.by ? { reversal: { from: reversed.from, to: reversed.to } } : {}),
    version,
  };
  await decisions.publish(message, { tenant, kind: ref.kind, outcome: decision.outcome, action: verdict.action });
}

/** Publishes that an action was taken back where no decision of a case says so: there is no open case, or it stays open. */
export async function publishReversal(
  decisions: Topic,
  { tenant, ref, action, labels, policy }: Verdict,
  { by, at, from, to }: Reversal,
  version: number,
): Promise<void> {
  const caseId = caseIdOf(tenant, ref);
  const message: DecisionMessage = {
    v: 1,
    tenant,
    caseId,
    ref,
    action,
    labels: labels.map(({ label }) => label),
    policy,
    decision: { id: decisionIdOf(by, caseId), outcome: "overturn", reason: UNDONE, by, at },
    reversal: { from, to },
    version,
  };
  await decisions.publish(message, { tenant, kind: ref.kind, outcome: "overturn", action });
}
