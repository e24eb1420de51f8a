import type { Delivery } from "../../shared/domain/delivery.ts";
import { hearsSince, type Subscription } from "../../shared/domain/subscription.ts";
import type { Caller } from "../../shared/domain/tenant.ts";
import { type KnownSubscription, readableSubscription } from "../../shared/runtime/known-subscription.ts";
import { answer, notFound, type Result } from "../../shared/runtime/result.ts";
import type { DeliveryStore } from "../../shared/store/deliveries.ts";

export interface KnownDelivery extends KnownSubscription {
  readonly deliveries: Pick<DeliveryStore, "get">;
}

/** A delivery and its subscription, where the caller may read what that was sent, and it is of what that hears by now. */
export async function knownDelivery(
  ports: KnownDelivery,
  caller: Caller,
  id: string,
  now: Date,
): Promise<Result<{ readonly delivery: Delivery; readonly subscription: Subscription }>> {
  const stored = await ports.deliveries.get({ tenant: caller.tenant, id }, now);
  const of = stored && (await readableSubscription(ports, caller, stored.delivery.subscription));
  const isIts = stored && of?.ok && Date.parse(stored.delivery.createdAt) >= hearsSince(of.value).getTime();
  if (stored && of?.ok && isIts) return answer({ delivery: stored.delivery, subscription: of.value });
  const fix = "use an id that GET /v1/subscriptions/{id}/deliveries lists; deliveries are kept for 30 days";
  return notFound("No delivery of this id is known to you.", fix);
}
