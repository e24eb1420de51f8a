import type { DeliveryMessage } from "../contracts/delivery-message.ts";
import { concluded, type Delivery, postponed } from "../domain/delivery.ts";
import type { Channel, PAUSES, Subscription } from "../domain/subscription.ts";
import type { Keys } from "../keys/keys.ts";
import type { Clock } from "../runtime/clock.ts";
import { describeError, logger } from "../runtime/logger.ts";
import type { DeliveryStore, StoredDelivery } from "../store/deliveries.ts";
import type { Endpoint, Endpoints } from "../store/endpoints.ts";
import { changeEndpoint } from "./change-endpoint.ts";
import type { ChannelSender, SendResult } from "./channel-sender.ts";
import { type Conclusion, concludeAttempt } from "./conclude-attempt.ts";
import { messageFor, openDelivery } from "./deliveries.ts";
import { type DeliveryQueue, LONGEST_DELAY } from "./delivery-queue.ts";
import { afterSign, isHopeless, type Sign } from "./endpoint-health.ts";
import type { EndpointSlots } from "./endpoint-slots.ts";
import type { Patience } from "./guarded-post.ts";
import { type DeliveryLane, planAttempt } from "./plan-attempt.ts";
import { secretsOf } from "./signing-secrets.ts";

export type SentChannel = Exclude<Channel["type"], "inbox">;

export interface AttemptPorts {
  readonly deliveries: Pick<DeliveryStore, "get" | "change">;
  readonly endpoints: Endpoints;
  readonly subscriptions: {
    get(tenant: string, id: string): Promise<Subscription | undefined>;
    /** False where it was paused already, or is gone. */
    pause(
      tenant: string,
      id: string,
      paused: { readonly why: (typeof PAUSES)[number]; readonly at: string },
    ): Promise<boolean>;
  };
  readonly keys: Pick<Keys, "seal" | "open">;
  /** Those that this deployment has. */
  readonly senders: Readonly<Partial<Record<SentChannel, ChannelSender>>>;
  /** The queue of what is tried again, or needs time. */
  readonly retries: DeliveryQueue;
  /** Tells whoever owns a subscription that it was paused. */
  readonly tellOwner: (subscription: Subscription, why: "gone" | "failing", now: Date) => Promise<void>;
  readonly lane: DeliveryLane;
  readonly slots: EndpointSlots;
  readonly clock: Clock;
  readonly random: () => number;
}

/** What the first queue has time for, and the other one. */
export const PATIENCE: Readonly<Record<DeliveryLane, Patience>> = {
  first: { connectMs: 1_000, totalMs: 1_500 },
  again: { connectMs: 3_000, totalMs: 10_000 },
};

/** Milliseconds that a delivery waits in line for a slot of its endpoint. */
const IN_LINE_MS: Readonly<Record<DeliveryLane, number>> = { first: 750, again: 5_000 };
/** Milliseconds by which a message may come before its time: queues count whole seconds, by clocks of their own. */
const EARLY_MS = 2_000;
/** Seconds after which the sweep takes up what a queue was to bring: a crash may have kept it from being sent. */
const GRACE = 300;
/** Seconds that a delivery waits whose endpoint had no slot free. */
const CROWDED = 20;

/** The first queue gave up waiting: that says nothing but that its patience is short. */
const ranOutOfTime = (lane: DeliveryLane, result: SendResult): boolean =>
  lane === "first" && result.kind === "failed" && /_timed_out$|^name_not_resolved$/.test(result.reason);

const secondsUntil = (time: Date, now: Date): number => Math.max(0, Math.ceil((time.getTime() - now.getTime()) / 1000));

/**
 * Tries a delivery. Whatever is concluded is written before anything follows from it; a process that dies in between
 * leaves a message or a due row behind, and the attempt is made again under the same id: at least once.
 */
export function attemptDelivery(ports: AttemptPorts): (message: DeliveryMessage) => Promise<void> {
  const { deliveries, endpoints, subscriptions, retries, lane, slots, clock, random } = ports;

  async function write(next: Delivery): Promise<boolean> {
    const { nextAt } = next;
    if (nextAt === undefined || next.state !== "waiting") return deliveries.change(next);
    const now = clock();
    const at = new Date(nextAt);
    const delay = secondsUntil(at, now);
    const isQueued = delay <= LONGEST_DELAY;
    if (!(await deliveries.change(next, isQueued ? new Date(at.getTime() + GRACE * 1000) : at))) return false;
    if (isQueued)
      await retries
        .send([messageFor(next)], delay)
        .catch((error) => logger.warn("left to the sweep", { delivery: next.id, ...describeError(error) }));
    return true;
  }

  async function note(subscription: Subscription, sign: Sign): Promise<Endpoint> {
    const { tenant, id } = subscription;
    const changed = await changeEndpoint(endpoints, tenant, id, (current) => {
      const health = afterSign(current.health, sign, clock(), PATIENCE.first.totalMs);
      return health === current.health ? current : { ...current, health };
    });
    if (!changed) throw new Error("the endpoint's health was not written");
    return changed;
  }

  async function pause(subscription: Subscription, why: "gone" | "failing"): Promise<void> {
    const now = clock();
    const isFirst = await subscriptions.pause(subscription.tenant, subscription.id, { why, at: now.toISOString() });
    if (!isFirst) return;
    logger.warn("a subscription was paused", { subscription: subscription.id, why });
    await ports.tellOwner(subscription, why, now);
  }

  /** What an attempt says beyond its delivery. That is written already: nothing here may make it be tried again. */
  async function follow(subscription: Subscription, { sign, isGone }: Conclusion): Promise<void> {
    try {
      const endpoint = sign && (await note(subscription, sign));
      if (isGone) await pause(subscription, "gone");
      else if (endpoint && isHopeless(endpoint.health, clock())) await pause(subscription, "failing");
    } catch (error) {
      logger.warn("an endpoint's state was not noted", { subscription: subscription.id, ...describeError(error) });
    }
  }

  async function send(stored: StoredDelivery, subscription: Subscription, endpoint: Endpoint): Promise<void> {
    const { tenant, id } = subscription;
    const { type } = subscription.document.channel;
    const sender = type === "inbox" ? undefined : ports.senders[type];
    if (type === "inbox" || !sender) {
      await write(concluded(stored.delivery, "cancelled", "channel_unavailable"));
      return;
    }
    const outgoing = await openDelivery(ports.keys, stored);
    const secrets = type === "webhook" ? await secretsOf(ports, tenant, id, endpoint, clock()) : [];
    const patience = PATIENCE[lane];
    const leave = await slots.enter(`${tenant}.${id}`, IN_LINE_MS[lane]);
    if (!leave) return crowded(stored.delivery);
    const at = clock();
    const started = performance.now();
    const result = await sender({ outgoing, subscription, secrets, now: at, patience }).finally(leave);
    if (ranOutOfTime(lane, result)) {
      await note(subscription, { kind: "slow" });
      return retries.send([messageFor(stored.delivery)]);
    }
    const ms = performance.now() - started;
    const conclusion = concludeAttempt({ ...stored.delivery, channel: type }, result, { at, ms }, random());
    // Whoever was faster has made the same attempt, and concluded from it.
    if (await write(conclusion.delivery)) await follow(subscription, conclusion);
  }

  const crowded = (current: Delivery): Promise<void> =>
    retries.send([messageFor(current)], lane === "first" ? 0 : CROWDED);

  return async ({ tenant, delivery: id, version }) => {
    const now = clock();
    const stored = await deliveries.get({ tenant, id }, now);
    const current = stored?.delivery;
    if (!stored || current?.state !== "waiting" || current.version !== version) return;
    const early = current.nextAt === undefined ? 0 : Date.parse(current.nextAt) - now.getTime();
    // What is further away than a queue can hold it stands in the due index.
    if (early > EARLY_MS)
      return early > LONGEST_DELAY * 1000 ? undefined : retries.send([messageFor(current)], early / 1000);
    const [subscription, endpoint] = await Promise.all([
      subscriptions.get(tenant, current.subscription),
      endpoints.get(tenant, current.subscription),
    ]);
    const plan = planAttempt(current, subscription, endpoint.health, lane, now, random());
    switch (plan.kind) {
      case "cancel":
        await write(concluded(current, "cancelled", plan.reason));
        return;
      case "give_up":
        await write(concluded(current, "failed", plan.reason));
        return;
      case "hold":
        await write(postponed(current, plan.until, "endpoint_failing"));
        return;
      case "hand_over":
        return retries.send([messageFor(current)]);
      case "probe": {
        // Whoever loses this race finds the circuit open when it comes again.
        const isMine = await endpoints.change(tenant, current.subscription, { ...endpoint, health: plan.health });
        if (!isMine) return retries.send([messageFor(current)], CROWDED);
        const { version: seen } = endpoint;
        if (subscription) await send(stored, subscription, { ...endpoint, health: plan.health, version: seen + 1 });
        return;
      }
      case "try":
        if (subscription) await send(stored, subscription, endpoint);
    }
  };
}
