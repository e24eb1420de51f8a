import * as z from "zod";
import { alertFacts, gatheredFacts, subscriptionId } from "./alert.ts";
import { EVENT_TYPES, eventFacts } from "./alert-event.ts";
import { tenantId, timestamp } from "./id.ts";

/** What can be told, beside single events. With `touchstone.` before it, the `type` that receivers see. */
export const MESSAGE_TYPES = [
  ...EVENT_TYPES,
  "alert.opened",
  "alert.grown",
  "alert.ended",
  "alert.escalated",
  "alerts.digest",
  "alerts.after_quiet",
  "alerts.held_back",
  "subscription.test",
  "subscription.confirmation",
] as const;
export const messageType = z.enum(MESSAGE_TYPES);
export type MessageType = z.infer<typeof messageType>;

/** What a subscription is told of itself: a test, a question to its reader, or that it was paused and why (a code). */
export const noticeFacts = z.strictObject({
  tenant: tenantId,
  subscription: z.strictObject({ id: subscriptionId, name: z.string() }),
  why: z.string().max(60).optional(),
});

/** The body's facts by what is told; no words of anybody but ourselves. */
export const outgoingData = z.discriminatedUnion("about", [
  z.strictObject({ about: z.literal("event"), event: eventFacts }),
  z.strictObject({ about: z.literal("alert"), alert: alertFacts }),
  z.strictObject({ about: z.literal("alerts"), alerts: gatheredFacts }),
  z.strictObject({ about: z.literal("subscription"), notice: noticeFacts }),
]);
export type OutgoingData = z.infer<typeof outgoingData>;

/**
 * One message to one subscription. Whoever hands it over twice (a repeat after a crash) gives it the same id; receivers
 * tell repeats by it, too.
 */
export const outgoing = z.strictObject({
  id: z.string().regex(/^msg_[A-Za-z0-9_-]{22}$/),
  tenant: tenantId,
  subscription: subscriptionId,
  type: messageType,
  /** When what it tells of happened. */
  at: timestamp,
  data: outgoingData,
});
export type Outgoing = z.infer<typeof outgoing>;
