import type { Alert } from "../domain/alert.ts";
import type { Subscription } from "../domain/subscription.ts";
import type { Subscriptions } from "../store/subscriptions.ts";
import { MOST_ESCALATIONS, type NotReached, passedOn } from "./alert-life.ts";
import type { Deliveries } from "./deliveries-port.ts";
import { hearsMore, mayHear } from "./may-hear.ts";
import { alertMessage } from "./told-facts.ts";

export interface PassOn {
  readonly subscriptions: Pick<Subscriptions, "get">;
  readonly deliveries: Deliveries;
}

function whyNotReached(to: Subscription | undefined, alert: Alert): NotReached["why"] | undefined {
  if (!to) return "gone";
  if (to.paused) return "paused";
  return mayHear(to, alert) ? undefined : "other_brand";
}

/**
 * Passes on a duty that nobody acknowledged: to whoever is named, or where that one cannot be told to whom it would pass it
 * on itself; else to the alert's own subscription again, if it may still hear of that. Where nobody can be told it waits in
 * the inbox, which leads and admins see whole, and is tried again when its own subscription's time is over. The record says
 * all of it.
 * @returns the alert after that, not yet written
 */
export const passOn =
  ({ subscriptions, deliveries }: PassOn) =>
  async (alert: Alert, now: Date): Promise<Alert> => {
    const { tenant, duty } = alert;
    const own = await subscriptions.get(tenant, alert.subscription);
    const notReached: NotReached[] = [];
    let to: Subscription | undefined;
    let id = duty?.escalateTo;
    while (!to && id !== undefined && notReached.length < MOST_ESCALATIONS) {
      const named = await subscriptions.get(tenant, id);
      const why = whyNotReached(named, alert);
      if (why) notReached.push({ id, why });
      else to = named;
      const after = named?.document.duty?.escalateTo;
      id = notReached.some((one) => one.id === after) ? undefined : after;
    }
    if (!to && own && !own.paused && hearsMore(own, alert) && own.document.channel.type !== "inbox") to = own;
    const next = passedOn(alert, { to, notReached, own }, now);
    // Quiet hours, digests and rates are for what can wait. A duty cannot.
    if (to && to.document.channel.type !== "inbox") {
      const sequence = next.duty?.escalated ?? 0;
      const message = { at: now.toISOString(), sequence, from: own };
      await deliveries.enqueue(alertMessage(to, "alert.escalated", next, message), now);
    }
    return next;
  };
