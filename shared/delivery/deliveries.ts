import type { Deliveries } from "../alerts/deliveries-port.ts";
import type { DeliveryMessage } from "../contracts/delivery-message.ts";
import { type Delivery, newDelivery } from "../domain/delivery.ts";
import { type Outgoing, outgoing } from "../domain/outgoing.ts";
import type { Keys } from "../keys/keys.ts";
import { readJson, toAsciiJson } from "../runtime/read-json.ts";
import type { DeliveryStore, StoredDelivery } from "../store/deliveries.ts";
import type { DeliveryQueue } from "./delivery-queue.ts";

export interface DeliveriesPorts {
  readonly store: Pick<DeliveryStore, "add" | "get">;
  readonly keys: Pick<Keys, "seal">;
  readonly queue: DeliveryQueue;
}

const contextOf = ({ tenant, id }: Pick<Delivery, "tenant" | "id">): string => `delivery#${tenant}#${id}`;

/** The queue's message for a delivery as it stands. */
export const messageFor = ({ tenant, subscription, id, version }: Delivery): DeliveryMessage => ({
  v: 1,
  tenant,
  subscription,
  delivery: id,
  version,
});

/** Where messages are handed over: stored, sealed, and queued for their first attempt. */
export function deliveries({ store, keys, queue }: DeliveriesPorts): Deliveries {
  return {
    async enqueue(message, now) {
      const made = newDelivery(message, now);
      const sealed = await keys.seal(message.tenant, contextOf(made), toAsciiJson(message));
      if (!(await store.add(made, sealed))) {
        const stored = await store.get(made, now);
        // Whoever stored it may have died before it was queued; two messages for one version are one attempt.
        if (stored?.delivery.state !== "waiting" || stored.delivery.version !== 1) return;
      }
      await queue.send([messageFor(made)]);
    },
  };
}

/** What a stored delivery tells. @throws Error where it was sealed as something else. */
export async function openDelivery(keys: Pick<Keys, "open">, { delivery, sealed }: StoredDelivery): Promise<Outgoing> {
  const read = readJson(await keys.open(delivery.tenant, contextOf(delivery), sealed));
  if (!read.ok) throw new Error("what was sealed is not JSON");
  return outgoing.parse(read.value);
}
