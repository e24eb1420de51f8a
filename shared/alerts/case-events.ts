import type { DecisionMessage } from "../contracts/messages.ts";
import type { EventFacts, EventType } from "../domain/alert-event.ts";
import type { Case } from "../domain/case.ts";
import { clusterKeyOf } from "../domain/cluster-key.ts";
import { type LabelScore, labelName } from "../domain/label.ts";
import { type AlertEvent, itemEvent, type VerdictSeen } from "./alert-event.ts";

/** An item's own case, which keeps its verdict. */
export type CaseSeen = Pick<
  Case,
  "tenant" | "id" | "ref" | "lane" | "queue" | "state" | "verdict" | "cluster" | "past"
>;

const verdictOf = ({ tenant, ref, lane, verdict }: CaseSeen): VerdictSeen => ({ ...verdict, tenant, ref, lane });

/** A case's cluster is that of its words, but where it is that of a storm or group around its target. */
const wordsOf = (seen: CaseSeen): string | undefined =>
  clusterKeyOf(verdictOf(seen)) === undefined ? seen.cluster?.key : undefined;

/** A case began to wait. */
export const eventOfOpenedCase = (seen: CaseSeen): AlertEvent =>
  itemEvent(
    { place: "case", type: "case.opened", at: seen.verdict.scoredAt },
    verdictOf(seen),
    ["opened"],
    { case: { id: seen.id, state: "open", queue: seen.queue } },
    wordsOf(seen),
  );

/** What a decision's event says of an item whose case is gone: no brand, no target. */
function verdictSaid({ tenant, ref, action, labels, policy, decision, receivedAt }: DecisionMessage): VerdictSeen {
  const known = labels.flatMap((name): LabelScore[] => {
    const label = labelName.safeParse(name);
    if (!label.success) return [];
    return [
      {
        label: label.data,
        score: 1,
        probability: 1,
        severity: 0,
        spans: [],
        reasons: [],
        source: "decision",
        version: "1",
      },
    ];
  });
  return {
    tenant,
    ref,
    digest: "",
    action,
    severity: 0,
    lane: "low",
    labels: known,
    features: {},
    policy,
    models: [],
    status: "complete",
    authorId: "",
    visibility: "private",
    surface: "post",
    brandIds: [],
    receivedAt: receivedAt ?? decision.at,
    scoredAt: decision.at,
  };
}

const STATES = { "case.decided": "decided", "case.escalated": "open", "case.reopened": "open" } as const;

/**
 * What a message of the topic `decisions` is news of: of the case and, where a decision was made or taken back, of that.
 * @param seen the item's own case; undefined where there is none
 */
export function eventsOfDecision(message: DecisionMessage, seen: CaseSeen | undefined): readonly AlertEvent[] {
  const { event, decision, caseId, version, reversal } = message;
  const made = seen ? verdictOf(seen) : verdictSaid(message);
  const withdrawn = seen?.past?.find((one) => one.decision.id === decision.id);
  const at = event === "decision.made" ? decision.at : (withdrawn?.at ?? decision.at);
  const parts = [event, caseId, decision.id, version, reversal?.to ?? ""];
  const { id, outcome, reason, by } = decision;
  const about = {
    decision: { id, outcome, reason, by, at: decision.at, version, ...(reversal ? { reversal } : {}) },
  };
  const words = seen && wordsOf(seen);
  const ofCase = (type: keyof typeof STATES): AlertEvent => {
    const current: EventFacts["case"] = { id: caseId, state: STATES[type], queue: seen?.queue ?? "default" };
    return itemEvent({ place: "case", type, at }, made, parts, { case: current, ...about }, words);
  };
  const ofDecision = (type: EventType): AlertEvent =>
    itemEvent({ place: "decision", type, at }, made, parts, about, words);
  if (event !== "decision.made") return [ofCase("case.reopened"), ofDecision("decision.undone")];
  if (outcome === "escalate") return [ofCase("case.escalated")];
  return [ofCase("case.decided"), ofDecision("decision.made")];
}
