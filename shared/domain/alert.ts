import * as z from "zod";
import { alertPlace, eventFacts } from "./alert-event.ts";
import { itemRef, opaqueId, tenantId, timestamp } from "./id.ts";
import { lane } from "./verdict.ts";

/** When the alert began and which it is; its day can be read off, so that an alert is found by its id alone. */
export const alertId = z.string().regex(/^alr_\d{8}T\d{9}_[A-Za-z0-9_-]{16}$/);
export const subscriptionId = z.string().regex(/^sub_[a-z0-9]{12}$/);

/** Numbers by name, the largest first where they are shown. */
const counts = z.record(z.string().max(60), z.int().min(0));

/** How much of what an alert has gathered. */
export const tally = z.strictObject({
  count: z.int().min(0),
  firstAt: timestamp,
  lastAt: timestamp,
  /** Reviews by their rounded stars, one to five. */
  stars: z.tuple([z.int(), z.int(), z.int(), z.int(), z.int()]),
  labels: counts,
  /** At most 20 by name; the rest is `other`. */
  languages: counts,
  actions: counts,
  worst: z.int().min(0).max(7),
});
export type Tally = z.infer<typeof tally>;

/** What an alert is about, beside the subscription: the same subject within its window is the same alert. */
export const subject = z.strictObject({
  by: z.enum(["target", "account", "cluster", "label", "case", "item", "breaker", "subscription"]),
  id: z.string().max(300),
});
export type Subject = z.infer<typeof subject>;

/** Why something is told later than it happened, and in one message with others. */
export const gatherReason = z.enum(["digest", "quiet", "rate"]);
export type GatherReason = z.infer<typeof gatherReason>;

/** One line of an alert's record: what was told to whom, who acknowledged it, what was passed on. */
export const recordLine = z.strictObject({
  at: timestamp,
  what: z.enum([
    "opened",
    "told",
    "gathered",
    /** Nobody was told: it lies in the inbox only. */
    "in_inbox",
    "grown",
    "ended",
    "acknowledged",
    "not_reached",
    "escalated",
  ]),
  by: z.string().max(64).optional(),
  /**
   * The subscription that it was passed on to, or could not be; `inbox` where nobody could be told but those who look
   * there; or why it was gathered.
   */
  to: z.string().max(64).optional(),
  /** Why a subscription could not be told, or was not. */
  why: z.enum(["gone", "paused", "other_brand"]).optional(),
  count: z.int().optional(),
});
export type RecordLine = z.infer<typeof recordLine>;

/** What must be acknowledged: from when the clock runs, and how often it was passed on. */
export const dutyState = z.strictObject({
  /** Until when somebody must have acknowledged it. */
  due: timestamp.optional(),
  /** Who is told next; left out where the subscription names nobody, and is told once more itself. */
  escalateTo: subscriptionId.optional(),
  escalated: z.int().min(0),
  /** To whom it was passed on. */
  passedTo: z.array(subscriptionId).max(10).optional(),
});

/** What one subscription is told of one subject: begins with its first event, grows with the others, ends by itself. */
export const alert = z
  .strictObject({
    id: alertId,
    tenant: tenantId,
    subscription: subscriptionId,
    place: alertPlace,
    subject,
    /** Brands that the subscription is limited to; nobody who is limited to others sees the alert. */
    brands: z.array(opaqueId).max(20).optional(),
    state: z.enum(["open", "ended"]),
    lane: lane.optional(),
    openedAt: timestamp,
    /** The event that began it, as the subscription is told of it. */
    first: eventFacts,
    tally,
    /** Some of the items, the earliest first. */
    samples: z.array(itemRef).max(20),
    /** What was told last: when, and how many events it spoke of. */
    told: z.strictObject({ at: timestamp, count: z.int(), sequence: z.int().min(0) }),
    /** How the first message went: at once, or gathered until then. */
    notice: z.union([
      z.strictObject({ kind: z.literal("now") }),
      z.strictObject({ kind: z.literal("gather"), reason: gatherReason, due: timestamp }),
      /** The inbox is all that the subscription asked for. */
      z.strictObject({ kind: z.literal("inbox") }),
    ]),
    duty: dutyState.optional(),
    acknowledged: z.strictObject({ by: z.string().max(64), at: timestamp }).optional(),
    record: z.array(recordLine).max(60),
    version: z.int().min(1),
  })
  .meta({ id: "Alert" });
export type Alert = z.infer<typeof alert>;

/** What receivers are told of an alert: opened, grown, ended or passed on. */
export const alertFacts = z
  .strictObject({
    id: alertId,
    tenant: tenantId,
    subscription: z.strictObject({ id: subscriptionId, name: z.string() }),
    state: z.enum(["open", "ended"]),
    place: alertPlace,
    subject,
    openedAt: timestamp,
    first: eventFacts,
    tally,
    /** Minutes from the first to the latest event, at least one. */
    minutes: z.int().min(1),
    /** Share of one-star reviews among those with stars. */
    oneStar: z.number().min(0).max(1).optional(),
    samples: z.array(itemRef).max(20),
    /** "214 reviews in 40 minutes, 61% with one star": our words and numbers only. */
    headline: z.string().max(300),
    mustAcknowledge: z.boolean(),
    acknowledgeBy: timestamp.optional(),
    /** Of an alert that was passed on: the subscription where nobody acknowledged. */
    escalatedFrom: z.strictObject({ id: subscriptionId, name: z.string() }).optional(),
  })
  .meta({ id: "AlertFacts" });
export type AlertFacts = z.infer<typeof alertFacts>;

/** Several alerts in one message: a digest, what quiet hours kept, or what the rate limit held back. */
export const gatheredFacts = z
  .strictObject({
    reason: gatherReason,
    tenant: tenantId,
    subscription: z.strictObject({ id: subscriptionId, name: z.string() }),
    from: timestamp,
    to: timestamp,
    /** Events of all alerts together. */
    events: z.int().min(0),
    alerts: z.int().min(0),
    /** The gravest and largest ones, at most 50 and 250 KB, with at most three items and brands each. */
    shown: z.array(alertFacts).max(50),
    headline: z.string().max(300),
  })
  .meta({ id: "GatheredFacts" });
export type GatheredFacts = z.infer<typeof gatheredFacts>;
