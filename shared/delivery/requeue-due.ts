import type { Subscription } from "../domain/subscription.ts";
import { allSettled } from "../runtime/all-settled.ts";
import { describeError, logger } from "../runtime/logger.ts";
import type { DeliveryStore } from "../store/deliveries.ts";
import type { DueDelivery, DueEndpoint } from "../store/due-deliveries.ts";
import type { Endpoints } from "../store/endpoints.ts";
import { dealFairly, type Line } from "./deal-fairly.ts";
import type { DeliveryQueue } from "./delivery-queue.ts";
import { circuitOf, type EndpointHealth } from "./endpoint-health.ts";
import { givenUpBefore } from "./retry-schedule.ts";

export interface RequeueDue {
  readonly deliveries: Pick<DeliveryStore, "dueEndpoints" | "due" | "putOff">;
  readonly endpoints: Pick<Endpoints, "get">;
  readonly subscriptions: { get(tenant: string, id: string): Promise<Subscription | undefined> };
  readonly retries: DeliveryQueue;
  readonly random: () => number;
}

interface Requeued {
  readonly requeued: number;
  readonly failed: number;
  /** Endpoints for which something was due. */
  readonly endpoints: number;
}

/** Most deliveries of one sweep; the next minute takes the rest. */
const MOST = 3_000;
/** Most of them for one endpoint: what it is well enough for, in a minute. */
const SHARES = { well: 500, slow: 240, failing: 10, probe: 1 } as const;
/** Most rows that are read to choose from, at least three of each endpoint: a sweep finds 4,000 of those. */
const MOST_READ = 12_000;
const FEWEST_READ = 3;
/** Endpoints that are looked at side by side, and requests of the queue. */
const AT_ONCE = 25;
const BATCH = 10;
/** Seconds over which more than a few come out of the queue: an endpoint takes in a minute what it cannot take at once. */
const SPREAD = 50;
const FEW = 30;
/** Minutes until the sweep looks again whether what it queued was tried; twice as long each time, up to half a day. */
const AGAIN_MINUTES = 15;
const LONGEST_AGAIN_MINUTES = 720;

const againAt = (turns: number, now: Date): Date =>
  new Date(now.getTime() + Math.min(LONGEST_AGAIN_MINUTES, AGAIN_MINUTES * 2 ** turns) * 60_000);

function shareOf(health: EndpointHealth, now: Date): number {
  const { kind } = circuitOf(health, now);
  if (kind === "open") return 0;
  if (kind === "probe") return SHARES.probe;
  if (health.failures > 0) return SHARES.failing;
  return health.isSlow ? SHARES.slow : SHARES.well;
}

/**
 * Queues deliveries whose time has come and that no queue holds: a share for each endpoint, dealt out fairly, so that much
 * that waits for one keeps nothing of another waiting. What waits for an endpoint whose circuit is open is not read at
 * all; when it may be probed, one goes ahead. Queued first and put off then: a crash in between queues twice what is tried
 * once.
 */
export async function requeueDue(
  { deliveries, endpoints, subscriptions, retries, random }: RequeueDue,
  now: Date,
): Promise<Requeued> {
  async function lineOf(of: DueEndpoint, limit: number): Promise<Line<DueDelivery>> {
    const { tenant } = of;
    const [subscription, { health }] = await Promise.all([
      subscriptions.get(tenant, of.subscription),
      endpoints.get(tenant, of.subscription),
    ]);
    // Of a subscription that stands still or is gone nothing is sent; it only has to be settled.
    const share = !subscription || subscription.paused ? SHARES.well : shareOf(health, now);
    const most = Math.min(share, limit);
    const waiting = most === 0 ? [] : await deliveries.due(of, now, most);
    if (share > SHARES.probe) return { tenant, waiting };
    // A circuit that never closes would keep for ever what is to be given up.
    const old = await deliveries.due(of, givenUpBefore(now), limit);
    return { tenant, waiting: old.length > 0 ? old : waiting };
  }

  async function requeue(some: readonly DueDelivery[], delay: (index: number) => number): Promise<void> {
    const messages = some.map(({ id, turns: _, ...of }) => ({ v: 1 as const, ...of, delivery: id }));
    await retries.send(messages, delay);
    await allSettled(some.map((one) => deliveries.putOff(one, againAt(one.turns, now))));
  }

  let failed = 0;
  const fail = (count: number, error: unknown): undefined => {
    failed += count;
    logger.warn("due deliveries were not queued", describeError(error));
  };

  const due = await deliveries.dueEndpoints(now, random());
  const limit = Math.max(FEWEST_READ, Math.floor(MOST_READ / Math.max(1, due.length)));
  const lines = await inParts(due, AT_ONCE, async (of) => {
    const line = await lineOf(of, limit).catch((error) => fail(1, error));
    return line ? [line] : [];
  });
  const chosen = dealFairly(lines.flat(), MOST);
  const apart = chosen.length > FEW ? SPREAD / chosen.length : 0;
  const batches = Array.from({ length: Math.ceil(chosen.length / BATCH) }, (_, index) => index * BATCH);
  const requeued = await inParts(batches, AT_ONCE, async (from) => {
    const some = chosen.slice(from, from + BATCH);
    try {
      await requeue(some, (index) => Math.floor((from + index) * apart));
      return some.length;
    } catch (error) {
      fail(some.length, error);
      return 0;
    }
  });
  return { requeued: requeued.reduce((sum, one) => sum + one, 0), failed, endpoints: due.length };
}

/** Works on a few at a time; `work` must not fail. */
async function inParts<Of, Result>(
  of: readonly Of[],
  atOnce: number,
  work: (one: Of) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < of.length; from += atOnce)
    results.push(...(await Promise.all(of.slice(from, from + atOnce).map(work))));
  return results;
}
