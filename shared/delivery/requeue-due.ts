import { allSettled } from "../runtime/all-settled.ts";
import { describeError, logger } from "../runtime/logger.ts";
import type { DeliveryKey, DeliveryStore } from "../store/deliveries.ts";
import { messageFor } from "./deliveries.ts";
import type { DeliveryQueue } from "./delivery-queue.ts";

export interface RequeueDue {
  readonly deliveries: Pick<DeliveryStore, "due" | "get" | "putOff">;
  readonly retries: DeliveryQueue;
}

/** Most deliveries of one sweep; the next minute takes the rest. */
const MOST = 2_000;
const AT_ONCE = 20;
/** Minutes until the sweep looks again whether what it queued was tried. */
const AGAIN_MINUTES = 15;

/**
 * Queues deliveries whose time has come and that no queue holds. Queued first and put off then: a crash in between queues
 * twice what is tried once.
 * @returns how many were queued and how many failed.
 */
export async function requeueDue(
  { deliveries, retries }: RequeueDue,
  now: Date,
): Promise<{ readonly requeued: number; readonly failed: number }> {
  /** @returns how many of them were queued. */
  async function requeue(some: readonly DeliveryKey[]): Promise<number> {
    const found = await Promise.all(some.map((of) => deliveries.get(of, now)));
    // The index may be behind what has become of them.
    const waiting = found.flatMap((stored) => (stored?.delivery.state === "waiting" ? [stored.delivery] : []));
    await retries.send(waiting.map(messageFor));
    const later = new Date(now.getTime() + AGAIN_MINUTES * 60_000);
    await allSettled(waiting.map((one) => deliveries.putOff(one, later)));
    return waiting.length;
  }

  const due = await deliveries.due(now, MOST);
  let requeued = 0;
  let failed = 0;
  for (let from = 0; from < due.length; from += AT_ONCE) {
    const some = due.slice(from, from + AT_ONCE);
    try {
      requeued += await requeue(some);
    } catch (error) {
      failed += some.length;
      logger.warn("due deliveries were not queued", describeError(error));
    }
  }
  return { requeued, failed };
}
