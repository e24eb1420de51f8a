import type { DecisionMessage } from "../contracts/messages.ts";
import type { Case } from "../domain/case.ts";
import type { Topic } from "./topic.ts";

/** Publishes what was decided of a case. A repeat is harmless: receivers know decisions by their id. */
export async function publishDecision(decisions: Topic, decided: Case): Promise<void> {
  const { tenant, id, ref, verdict, decision, version } = decided;
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
    version,
  };
  await decisions.publish(message, { tenant, kind: ref.kind, outcome: decision.outcome, action: verdict.action });
}
