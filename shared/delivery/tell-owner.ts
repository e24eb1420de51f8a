import type { Deliveries } from "../alerts/deliveries-port.ts";
import { coversBrands } from "../alerts/may-hear.ts";
import { outgoingOf } from "../alerts/told-facts.ts";
import type { Subscription } from "../domain/subscription.ts";
import { allSettled } from "../runtime/all-settled.ts";
import type { Subscriptions } from "../store/subscriptions.ts";

export interface TellOwner {
  readonly subscriptions: Pick<Subscriptions, "list">;
  readonly deliveries: Deliveries;
  /** Puts it into the inbox. */
  readonly notePaused: (subscription: Subscription, why: string, now: Date) => Promise<void>;
}

/** Most other subscriptions of the same owner that are told. */
const MOST_TOLD = 3;
/** The likeliest to be read by a person first. */
const READ_BY_PEOPLE = ["email", "teams", "slack", "webhook", "inbox"];

const rank = ({ document }: Subscription): number => READ_BY_PEOPLE.indexOf(document.channel.type);

/**
 * Tells whoever owns a subscription that it was paused: in the inbox, and by up to three others of the same owner that
 * still go somewhere and hear of all that it does. Its own endpoint is the one that does not work.
 */
export const tellOwner =
  ({ subscriptions, deliveries, notePaused }: TellOwner) =>
  async (paused: Subscription, why: "gone" | "failing" | "bounced" | "unsubscribed", now: Date): Promise<void> => {
    const { id, tenant, owner, document } = paused;
    const all = await subscriptions.list(tenant);
    const others = all
      .filter((one) => one.id !== id && one.owner.actor === owner.actor && one.owner.role === owner.role && !one.paused)
      // Where one leads, somebody may read who must not even learn what the other is called.
      .filter((one) => coversBrands(one, paused))
      .filter(
        ({ document: { channel } }) => channel.type !== "inbox" && !(channel.type === "webhook" && channel.stream),
      )
      .sort((one, other) => rank(one) - rank(other))
      .slice(0, MOST_TOLD);
    const at = now.toISOString();
    const notice = { tenant, subscription: { id, name: document.name }, why };
    const messages = others.map((to) =>
      outgoingOf(to, "subscription.paused", { at, data: { about: "subscription", notice }, parts: [id, why, at] }),
    );
    await allSettled([notePaused(paused, why, now), ...messages.map((message) => deliveries.enqueue(message, now))]);
  };
