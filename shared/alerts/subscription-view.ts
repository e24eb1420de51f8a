import type { SubscriptionView } from "../contracts/alert-routes.ts";
import { type Asker, mayChange, type Subscription } from "../domain/subscription.ts";

/** A subscription as whoever asks is shown it. */
export function subscriptionViewOf({ tenant: _, ...shown }: Subscription, asker: Asker): SubscriptionView {
  return { ...shown, state: shown.paused ? "paused" : "active", mayChange: mayChange(asker, shown) };
}
