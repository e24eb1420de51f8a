import type { Deliveries } from "../../shared/alerts/deliveries-port.ts";
import { outgoingOf } from "../../shared/alerts/told-facts.ts";
import type { Subscription } from "../../shared/domain/subscription.ts";

export type AskReader = (of: Subscription, now: Date) => Promise<void>;

/** Asks an address whether it wants a subscription's alerts. The same version asked again is the same mail. */
export const askReader =
  (deliveries: Deliveries): AskReader =>
  async ({ id, tenant, version, document }, now) => {
    const notice = { tenant, subscription: { id, name: document.name } };
    const message = outgoingOf({ id, tenant }, "subscription.confirmation", {
      at: now.toISOString(),
      data: { about: "subscription", notice },
      parts: [version],
    });
    await deliveries.enqueue(message, now);
  };

/** Does this version wait for an answer of its reader that no version before it has asked for? */
export const isToAsk = ({ paused, changedAt }: Subscription): boolean =>
  paused?.why === "unconfirmed" && paused.at === changedAt;
