import * as z from "zod";
import { subscriptionId } from "./alert.ts";
import { tenantId, timestamp } from "./id.ts";
import { messageType, type Outgoing, outgoing } from "./outgoing.ts";

export const deliveryId = outgoing.shape.id;

/**
 * `waiting`: to be tried, again or at all. `delivered`: the receiver said so. `failed`: given up. `cancelled`: not sent,
 * because its subscription was paused or is gone. The first can be replayed while it is not about to be tried, the others always.
 */
export const DELIVERY_STATES = ["waiting", "delivered", "failed", "cancelled"] as const;

/** One request that was made, and how it ended: a status, or a code. Nothing that the receiver said is kept. */
export const attempt = z.strictObject({
  at: timestamp,
  /** Milliseconds until it was known. */
  ms: z.int().min(0),
  /** `delivered`, `status` (the receiver answered something else than 2xx) or why there was no answer. */
  outcome: z.string().max(60),
  status: z.int().min(100).max(999).optional(),
});
export type Attempt = z.infer<typeof attempt>;

/** Attempts that are remembered of one delivery, replays included: the latest. */
const MOST_REMEMBERED = 40;

/** What was told to one subscription, and how that went. What was told lies sealed beside it. */
export const delivery = z
  .strictObject({
    id: deliveryId,
    tenant: tenantId,
    subscription: subscriptionId,
    type: messageType,
    /** What it was last tried by. */
    channel: z.enum(["webhook", "slack", "teams", "email"]).optional(),
    /** The event or alert that it tells of. */
    about: z.string().max(80),
    createdAt: timestamp,
    state: z.enum(DELIVERY_STATES),
    /** Why it failed or was cancelled, or why it waits without having been tried: a code. */
    reason: z.string().max(60).optional(),
    attempts: z.array(attempt).max(MOST_REMEMBERED),
    /** Attempts since it was made or last replayed, and since when. */
    round: z.strictObject({ since: timestamp, attempts: z.int().min(0) }),
    /** When it will be tried next. */
    nextAt: timestamp.optional(),
    /** Changes with every write: a queue's message is for one version. */
    version: z.int().min(1),
  })
  .meta({ id: "Delivery" });
export type Delivery = z.infer<typeof delivery>;

function aboutOf({ data, id }: Outgoing): string {
  switch (data.about) {
    case "event":
      return data.event.id;
    case "alert":
      return data.alert.id;
    default:
      return id;
  }
}

/** @returns a delivery of a message, to be tried at once. */
export const newDelivery = (message: Outgoing, now: Date): Delivery => ({
  id: message.id,
  tenant: message.tenant,
  subscription: message.subscription,
  type: message.type,
  about: aboutOf(message),
  createdAt: now.toISOString(),
  state: "waiting",
  attempts: [],
  round: { since: now.toISOString(), attempts: 0 },
  version: 1,
});

/** @returns the delivery with one more attempt on record, before anything is concluded from it. */
export const withAttempt = (current: Delivery, made: Attempt): Delivery => ({
  ...current,
  attempts: [...current.attempts, made].slice(-MOST_REMEMBERED),
  round: { ...current.round, attempts: current.round.attempts + 1 },
});

/** @returns the delivery in another state; what it was waiting for is over. */
export function concluded(current: Delivery, state: Exclude<Delivery["state"], "waiting">, reason?: string): Delivery {
  const { nextAt: _, reason: __, ...rest } = current;
  return { ...rest, state, ...(reason !== undefined && { reason }), version: current.version + 1 };
}

/** @returns the delivery waiting until a time. @param reason why it was not tried, where it was not */
export function postponed(current: Delivery, nextAt: Date, reason?: string): Delivery {
  const { reason: _, ...rest } = current;
  return {
    ...rest,
    nextAt: nextAt.toISOString(),
    ...(reason !== undefined && { reason }),
    version: current.version + 1,
  };
}

/** Minutes around its time in which some queue holds what waits; later than that it was lost, and the sweep looks after it. */
const IN_HAND = 15;
const expectedAt = ({ nextAt, round }: Delivery): number => Date.parse(nextAt ?? round.since);

/** @returns when to look whether a delivery that waits was tried. */
export const lookAfter = (waiting: Delivery): Date => new Date(expectedAt(waiting) + IN_HAND * 60_000);

/** Days from its making that a delivery, its attempts and its sealed body are kept, and can be replayed. */
export const KEPT_DAYS = 30;

export const isTooOld = ({ createdAt }: Delivery, now: Date): boolean =>
  now.getTime() - Date.parse(createdAt) > KEPT_DAYS * 86_400_000;

/**
 * @returns the delivery to be tried at once as if it were new, or undefined where it is about to be tried anyway, or too old.
 */
export function replayed(current: Delivery, now: Date): Delivery | undefined {
  if (isTooOld(current, now)) return undefined;
  const isInHand = Math.abs(expectedAt(current) - now.getTime()) <= IN_HAND * 60_000;
  if (current.state === "waiting" && isInHand) return undefined;
  const { reason: _, ...rest } = current;
  const at = now.toISOString();
  return {
    ...rest,
    state: "waiting",
    round: { since: at, attempts: 0 },
    nextAt: at,
    version: current.version + 1,
  };
}
