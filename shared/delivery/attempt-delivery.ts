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
import { afterEnd, afterSign, type EndpointHealth, type Sign } from "./endpoint-health.ts";
import type { EndpointSlots } from "./endpoint-slots.ts";
import type { Patience } from "./guarded-post.ts";
import { type DeliveryLane, planAttempt } from "./plan-attempt.ts";
import { secretsOf } from "./signing-secrets.ts";

export type SentChannel = Exclude<Channel["type"], "inbox">;

export interface AttemptPorts {
  readonly deliveries: Pick<DeliveryStore, "get" | "change">;
  readonly endpoints: Pick<Endpoints, "get" | "change">;
  readonly subscriptions: {
    get(tenant: string, id: string): Promise<Subscription | undefined>;
    /** False where it was paused already, or this version is not what stands there. */
    pause(
      tenant: string,
      id: string,
      version: number,
      paused: { readonly why: (typeof PAUSES)[number]; readonly at: string },
    ): Promise<boolean>;
  };
  readonly keys: Pick<Keys, "seal" | "open">;
  /** Those that this deployment has. */
  readonly senders: Readonly<Partial<Record<SentChannel, ChannelSender>>>;
  /** The queue of what is tried again, or needs time. */
  readonly retries: DeliveryQueue;
  /** Tells whoever owns a subscription that it is paused; the same time again tells nobody twice. */
  readonly tellOwner: (subscription: Subscription, why: "gone" | "failing", at: Date) => Promise<void>;
  /** Puts into the inbox that one stands still because its owner's right ended, which nobody does who pauses it. */
  readonly notePaused: (subscription: Subscription, why: "owner_gone", at: Date) => Promise<void>;
  readonly lane: DeliveryLane;
  readonly slots: EndpointSlots;
  readonly clock: Clock;
  readonly random: () => number;
}

/**
 * What the first queue has time for, and the other one. A batch holds its environment until its last request has ended, and
 * who is silent is found out by waiting: for so long a living endpoint may wait beside ones that fall silent. Shorter still,
 * it would send living ones that need half a second behind the dead, into the second queue.
 */
export const PATIENCE: Readonly<Record<DeliveryLane, Patience>> = {
  first: { connectMs: 700, totalMs: 1_000 },
  again: { connectMs: 3_000, totalMs: 10_000 },
};

/** Milliseconds that a delivery waits in line for a slot of its endpoint. */
const IN_LINE_MS: Readonly<Record<DeliveryLane, number>> = { first: 750, again: 5_000 };
/** Milliseconds by which a message may come before its time: queues count whole seconds, by clocks of their own. */
const EARLY_MS = 2_000;
/** Seconds for which a queue holds what waits because of its endpoint; what is to wait longer costs nothing in the index. */
const SOON = 60;
/** Seconds that a delivery waits at least whose endpoint had no slot free. */
const CROWDED = 10;

/** What slots are of: subscriptions of a tenant that lead to one address are one receiver. */
function receiverOf({ tenant, id, document: { channel } }: Subscription): string {
  if (channel.type !== "webhook") return `${tenant}.${id}`;
  const { origin, pathname } = new URL(channel.url);
  return `${tenant}.${origin}${pathname}`;
}

/** The first queue gave up waiting: that says nothing but that its patience is short. */
const ranOutOfTime = (lane: DeliveryLane, result: SendResult): boolean =>
  lane === "first" && result.kind === "failed" && /_timed_out$|^name_not_resolved$/.test(result.reason);

const secondsUntil = (time: Date, now: Date): number => Math.max(0, Math.ceil((time.getTime() - now.getTime()) / 1000));

/**
 * Tries a delivery. Whatever is concluded is written before anything follows from it; and whatever waits stands in the
 * index `due`, so that what dies in between, or is lost by a queue, is tried again under the same id: at least once.
 */
export function attemptDelivery(ports: AttemptPorts): (message: DeliveryMessage) => Promise<void> {
  const { deliveries, endpoints, subscriptions, retries, lane, slots, clock, random } = ports;

  /** Lets the queue bring a delivery; where it cannot, the sweep will. */
  const queue = (waiting: Delivery, delay: number): Promise<void> =>
    retries
      .send([messageFor(waiting)], delay)
      .catch((error) => logger.warn("left to the sweep", { delivery: waiting.id, ...describeError(error) }));

  /** Writes what is to wait; a queue brings it where its time is within `longest` seconds, else the sweep. */
  async function wait(next: Delivery, at: Date, longest: number): Promise<boolean> {
    const delay = secondsUntil(at, clock());
    const isQueued = delay <= longest;
    const isMine = await deliveries.change(next, isQueued ? undefined : at);
    if (isMine && isQueued) await queue(next, delay);
    return isMine;
  }

  const write = (next: Delivery): Promise<boolean> =>
    next.nextAt === undefined ? deliveries.change(next) : wait(next, new Date(next.nextAt), LONGEST_DELAY);

  async function note(subscription: Subscription, sign: Sign, isGone = false): Promise<EndpointHealth> {
    const { tenant, id, version, changedAt } = subscription;
    const changed = await changeEndpoint(endpoints, tenant, id, (current) => {
      const now = clock();
      const signed = afterSign(current.health, sign, now, PATIENCE.first.totalMs);
      const health = sign.kind === "failed" ? afterEnd(signed, { isGone, version, changedAt }, now) : signed;
      return health === current.health ? current : { ...current, health };
    });
    if (!changed) throw new Error("the endpoint's health was not written");
    return changed.health;
  }

  /**
   * What an attempt says beyond its delivery. That is written already: nothing here may make it be tried again. The owner
   * is told before the subscription is paused, and each time with the same time and so the same ids: whatever is
   * interrupted, the next attempt does again, and whoever is paused was told once.
   */
  async function follow(subscription: Subscription, { sign, isGone }: Conclusion): Promise<void> {
    if (!sign) return;
    try {
      const { ended } = await note(subscription, sign, isGone);
      if (!ended || subscription.paused || ended.version !== subscription.version) return;
      // Whoever changed or resumed it while it was tried gave it another chance.
      const standing = await subscriptions.get(subscription.tenant, subscription.id);
      if (standing?.version !== subscription.version) return;
      await ports.tellOwner(subscription, ended.why, new Date(ended.at));
      const { why, at } = ended;
      if (!(await subscriptions.pause(subscription.tenant, subscription.id, subscription.version, { why, at }))) return;
      logger.warn("a subscription was paused", { subscription: subscription.id, why });
    } catch (error) {
      logger.warn("an endpoint's state was not noted", { subscription: subscription.id, ...describeError(error) });
    }
  }

  async function send(stored: StoredDelivery, subscription: Subscription, endpoint: Endpoint): Promise<void> {
    const { tenant, id } = subscription;
    const { type } = subscription.document.channel;
    const sender = type === "inbox" ? undefined : ports.senders[type];
    if (type === "inbox" || !sender) {
      await deliveries.change(concluded(stored.delivery, "cancelled", "channel_unavailable"));
      return;
    }
    const outgoing = await openDelivery(ports.keys, stored);
    const secrets = type === "webhook" ? await secretsOf(ports, tenant, id, endpoint, clock()) : [];
    const leave = await slots.enter(receiverOf(subscription), IN_LINE_MS[lane]);
    if (!leave) return crowded(stored.delivery);
    const at = clock();
    const patience = PATIENCE[lane];
    const started = performance.now();
    const result = await sender({ outgoing, subscription, secrets, now: at, patience }).finally(leave);
    const ms = performance.now() - started;
    if (ranOutOfTime(lane, result)) return handOver(stored.delivery, subscription);
    const conclusion = concludeAttempt({ ...stored.delivery, channel: type }, result, { at, ms }, random());
    // Whoever was faster has made the same attempt, and concluded from it.
    if (await write(conclusion.delivery)) await follow(subscription, conclusion);
  }

  /** Leaves a delivery to the second queue, and notes that its endpoint is slow; without that note others find out again. */
  async function handOver(current: Delivery, subscription: Subscription): Promise<void> {
    const noted = note(subscription, { kind: "slow" }).catch((error) =>
      logger.warn("an endpoint's state was not noted", { subscription: subscription.id, ...describeError(error) }),
    );
    await Promise.all([retries.send([messageFor(current)]), noted]);
  }

  /**
   * No slot came free: it waits about as long as it has waited, since that is how long the line is. The queue holds it while
   * that is short; else it stands in the index, where it costs nothing, and the sweep lets in as many as there is room for.
   */
  async function crowded(current: Delivery): Promise<void> {
    if (lane === "first") return retries.send([messageFor(current)]);
    const now = clock();
    const waited = (now.getTime() - Date.parse(current.round.since)) / 1000;
    const jitter = 0.5 + random();
    const seconds = Math.max(CROWDED, waited) * jitter;
    if (seconds <= SOON) return retries.send([messageFor(current)], seconds);
    const at = new Date(now.getTime() + SOON * jitter * 1000);
    await deliveries.change(postponed(current, at, "endpoint_busy"), at);
  }

  return async ({ tenant, subscription: to, delivery: id, version }) => {
    const now = clock();
    // All at once: a first attempt is waited for, and nearly every message is for a delivery that stands as it says.
    const [stored, subscription, endpoint] = await Promise.all([
      deliveries.get({ tenant, id }, now),
      subscriptions.get(tenant, to),
      endpoints.get(tenant, to),
    ]);
    const current = stored?.delivery;
    if (!stored || current?.state !== "waiting" || current.version !== version || current.subscription !== to) return;
    const early = current.nextAt === undefined ? 0 : Date.parse(current.nextAt) - now.getTime();
    // What is further away than a queue can hold it is the sweep's.
    if (early > EARLY_MS)
      return early > LONGEST_DELAY * 1000 ? undefined : retries.send([messageFor(current)], early / 1000);
    const plan = planAttempt(current, subscription, endpoint.health, lane, now, random());
    switch (plan.kind) {
      case "cancel":
        if (subscription?.paused?.why === "owner_gone")
          await ports.notePaused(subscription, "owner_gone", new Date(subscription.paused.at));
        await deliveries.change(concluded(current, "cancelled", plan.reason));
        return;
      case "give_up":
        await deliveries.change(concluded(current, "failed", plan.reason));
        return;
      case "hold":
        await wait(postponed(current, plan.until, "endpoint_failing"), plan.until, SOON);
        return;
      case "hand_over":
        return retries.send([messageFor(current)]);
      case "probe": {
        // Whoever loses this race finds the circuit open when it comes again.
        const isMine = await endpoints.change(tenant, to, { ...endpoint, health: plan.health });
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
