import { messageFor } from "../../shared/delivery/deliveries.ts";
import type { DeliveryQueue } from "../../shared/delivery/delivery-queue.ts";
import { type Delivery, replayed } from "../../shared/domain/delivery.ts";
import type { Caller } from "../../shared/domain/tenant.ts";
import type { Audit } from "../../shared/store/audit.ts";
import type { DeliveryStore } from "../../shared/store/deliveries.ts";

export interface Replay {
  readonly audit: Pick<Audit, "append">;
  readonly deliveries: Pick<DeliveryStore, "change">;
  /** The second queue: what is replayed makes nothing new wait. */
  readonly retries: DeliveryQueue;
}

/**
 * Lets deliveries of a subscription be tried again at once, under their own ids, and notes who wanted it.
 * @returns those that now wait; what is about to be tried anyway, or was changed by somebody else meanwhile, is not among them.
 */
export async function replay(
  { deliveries, retries, audit }: Replay,
  caller: Caller,
  subscription: string,
  some: readonly Delivery[],
  now: Date,
): Promise<Delivery[]> {
  const written = await Promise.all(
    some.map(async (delivery) => {
      const next = replayed(delivery, now);
      return next && (await deliveries.change(next)) ? [next] : [];
    }),
  );
  const waiting = written.flat();
  await retries.send(waiting.map(messageFor));
  const facts = { subscription, count: String(waiting.length) };
  const { actor, role, tenant } = caller;
  if (waiting.length > 0) await audit.append(tenant, [{ actor, role, action: "deliveries.replayed", facts }], now);
  return waiting;
}
