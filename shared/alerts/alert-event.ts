import { createHash } from "node:crypto";
import type { EventFacts, EventType, ItemFacts } from "../domain/alert-event.ts";
import type { Place } from "../domain/alert-place.ts";
import type { BreakerEvent } from "../domain/breaker.ts";
import type { LabelName } from "../domain/label.ts";
import type { Action, Verdict } from "../domain/verdict.ts";
import { factsOf, type PolicyFacts } from "../policy/policy-facts.ts";

/** What `match-alerts` sees of anything that happened: one shape, whichever topic it came from. */
export interface AlertEvent {
  /** What receivers may be told of it, with all its brands. */
  readonly facts: EventFacts;
  /** What a subscription's condition sees; none of what is about no item. */
  readonly conditions?: PolicyFacts;
  /** The keyed digest of the words, which near-duplicates share; whatever storm or group they belong to. */
  readonly words?: string;
}

/** Labels of which somebody must say that they have seen them, beside the whole lane of severe safety. */
const DUTIES: readonly LabelName[] = ["adverse_event", "child_safety", "self_harm", "threat"];

const isSevere = ({ facts }: Pick<AlertEvent, "facts">): boolean => facts.item?.lane === "severe_safety";

/** Must somebody acknowledge it? Where it is decided already, somebody has seen it. */
export const isDuty = ({ facts: { item, decision } }: Pick<AlertEvent, "facts">): boolean =>
  item !== undefined &&
  decision === undefined &&
  (item.lane === "severe_safety" || item.labels.some(({ label }) => DUTIES.includes(label)));

/** Harm to life, and what somebody must acknowledge: neither digests nor quiet hours hold it back. */
export const isUrgent = (event: Pick<AlertEvent, "facts">): boolean => isSevere(event) || isDuty(event);

/** The same parts give the same id: whoever is told twice can tell. */
const eventId = (...parts: readonly (string | number)[]): string =>
  `evt_${createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 22)}`;

const DONE = { allow: "allowed", flag: "flagged", hold: "held", block: "blocked" } as const satisfies Record<
  Action,
  string
>;

/** A verdict as a case keeps it is one, too. */
export type VerdictSeen = Omit<Verdict, "queue">;

/** What receivers are told of an item: no words, no author's features, nothing of reach. */
export function itemFactsOf(made: VerdictSeen): ItemFacts {
  const { ref, policy, features, audience } = made;
  const account = audience?.account ?? made.authorId;
  return {
    kind: ref.kind === "follow" ? "audience" : ref.kind,
    ref,
    action: made.action,
    severity: made.severity,
    lane: made.lane,
    labels: made.labels.map(({ label, probability, severity }) => ({ label, probability, severity })),
    policy: { id: policy.id, version: policy.version, rule: policy.rule, reasonCode: policy.reasonCode },
    visibility: made.visibility,
    surface: made.surface,
    brands: made.brandIds,
    ...(made.language === undefined ? {} : { language: made.language }),
    ...(made.targetId === undefined ? {} : { target: made.targetId }),
    ...(account === undefined ? {} : { account }),
    ...(features.rating === undefined ? {} : { rating: features.rating }),
    receivedAt: made.receivedAt,
  };
}

/** An event about an item whose verdict is known. `parts` are what tells it from the item's other events. */
export function itemEvent(
  { place, type, at }: { readonly place: Place; readonly type: EventType; readonly at: string },
  made: VerdictSeen,
  parts: readonly (string | number)[],
  more: Pick<EventFacts, "case" | "decision"> = {},
  words?: string,
): AlertEvent {
  const { tenant, ref } = made;
  const id = eventId(tenant, place, ref.kind, ref.id, ref.revision, ...parts);
  return {
    facts: { id, type, tenant, place, at, item: itemFactsOf(made), ...more },
    conditions: factsOf({ ...made, queue: "" } as Verdict),
    ...(words === undefined ? {} : { words }),
  };
}

/** Labels of a review that speak of what it is about, more than of the review. */
const OF_TARGETS: readonly LabelName[] = ["rating_storm", "hijacked_listing", "fake_review.brigade", "extortion"];

/**
 * What a verdict is news of: of the item or the account's audience, and of a review's target where its labels speak of
 * that. A verdict that is published again gives the same events.
 */
export function eventsOfVerdict(made: VerdictSeen): readonly AlertEvent[] {
  const { ref, action, targetId, scoredAt: at, cluster: words } = made;
  const place = ref.kind === "audience" || ref.kind === "follow" ? "audience" : "verdict";
  const own = itemEvent({ place, type: `${place}.${DONE[action]}`, at }, made, [], {}, words);
  const ofTarget =
    targetId !== undefined && action !== "allow" && made.labels.some(({ label }) => OF_TARGETS.includes(label));
  if (!ofTarget) return [own];
  return [own, itemEvent({ place: "target", type: "target.flagged", at }, made, [], {}, words)];
}

/** What the flood breaker did. */
export function eventOfBreaker(tenant: string, event: BreakerEvent): AlertEvent {
  const { id, type, at, quarantine } = event;
  return { facts: { id: eventId(tenant, "breaker", id), type, tenant, place: "breaker", at, breaker: quarantine } };
}
