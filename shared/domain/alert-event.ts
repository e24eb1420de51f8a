import * as z from "zod";
import { PLACES } from "./alert-place.ts";
import { breakerEvent, FLOW_KINDS } from "./breaker.ts";
import { itemRef, opaqueId, tenantId, timestamp } from "./id.ts";
import { languageTag } from "./item.ts";
import { labelName } from "./label.ts";
import { reversal } from "./reversal.ts";
import { action, lane } from "./verdict.ts";

export const place = z.enum(PLACES);

/** What can happen at each place; with `touchstone.` before it, the `type` that receivers see. */
export const EVENT_TYPES = [
  "verdict.allowed",
  "verdict.flagged",
  "verdict.held",
  "verdict.blocked",
  "target.flagged",
  "audience.allowed",
  "audience.flagged",
  "audience.held",
  "audience.blocked",
  "case.opened",
  "case.escalated",
  "case.decided",
  "case.reopened",
  "decision.made",
  "decision.undone",
  "breaker.opened",
  "breaker.closed",
  "subscription.paused",
] as const;
export const eventType = z.enum(EVENT_TYPES);
export type EventType = z.infer<typeof eventType>;

/** Where alerts come from: the places of the flow, and the subscriptions themselves. */
export const alertPlace = z.enum([...PLACES, "subscription"]);

/** Which of an item's labels, as far as receivers are told. */
export const eventLabel = z.strictObject({
  label: labelName,
  probability: z.number().min(0).max(1),
  severity: z.int().min(0).max(7),
});

/** What happened to one item, in ids, codes and numbers: never words of anybody. */
export const itemFacts = z.strictObject({
  kind: z.enum(FLOW_KINDS),
  ref: itemRef,
  action,
  severity: z.int().min(0).max(7),
  lane,
  labels: z.array(eventLabel).max(12),
  policy: z.strictObject({ id: z.string(), version: z.int(), rule: z.string(), reasonCode: z.string() }),
  visibility: z.enum(["public", "private"]),
  surface: z.string().max(40),
  /** As far as whoever hears of it may know them. */
  brands: z.array(opaqueId).max(20),
  language: languageTag.optional(),
  target: opaqueId.optional(),
  /** The author's, or the one whose audience it is. */
  account: opaqueId.optional(),
  rating: z.number().optional(),
  receivedAt: timestamp,
});
export type ItemFacts = z.infer<typeof itemFacts>;

const caseFacts = z.strictObject({ id: z.string().max(22), state: z.string().max(20), queue: z.string().max(40) });
const decisionFacts = z.strictObject({
  id: z.string().max(64),
  outcome: z.string().max(20),
  reason: z.string().max(40),
  by: z.string().max(64),
  at: timestamp,
  /** Of the decisions about an item the one with the greatest version holds. */
  version: z.int(),
  /** Where an undo took the action back: what it was, and what it is now. */
  reversal: reversal.pick({ from: true, to: true }).optional(),
});

/** What receivers are told of one event; the same event told twice has the same id. */
export const eventFacts = z
  .strictObject({
    id: z.string().regex(/^evt_[A-Za-z0-9_-]{22}$/),
    type: eventType,
    tenant: tenantId,
    place: alertPlace,
    at: timestamp,
    item: itemFacts.optional(),
    case: caseFacts.optional(),
    decision: decisionFacts.optional(),
    breaker: breakerEvent.shape.quarantine.optional(),
    /** Of a subscription that stands still: why, as a code. */
    paused: z.strictObject({ id: z.string().max(20), name: z.string().max(80), why: z.string().max(60) }).optional(),
  })
  .meta({ id: "EventFacts" });
export type EventFacts = z.infer<typeof eventFacts>;
