import type { MailEvent } from "../../contracts/mail-event.ts";
import { concluded } from "../../domain/delivery.ts";
import type { Subscription } from "../../domain/subscription.ts";
import { logger } from "../../runtime/logger.ts";
import type { DeliveryStore } from "../../store/deliveries.ts";
import type { Subscriptions } from "../../store/subscriptions.ts";

export interface NoteMailEvent {
  readonly subscriptions: Pick<Subscriptions, "get" | "unsubscribe">;
  readonly deliveries: Pick<DeliveryStore, "get" | "change">;
  /** Tells whoever owns a subscription that it was paused. */
  readonly tellOwner: (subscription: Subscription, why: Outcome, now: Date) => Promise<void>;
}

type Outcome = "bounced" | "unsubscribed";

const MOST_TRIES = 5;

const REASONS = { bounced: "mail_bounced", unsubscribed: "mail_complained" } as const;

interface Reported {
  readonly outcome: Outcome;
  readonly at: string;
  readonly to: readonly string[];
}

/** What follows from a report; undefined where nothing does, as from a mailbox that is full. */
function reportedBy(event: MailEvent): Reported | undefined {
  const addresses = (of: readonly { readonly emailAddress: string }[]) =>
    of.map(({ emailAddress }) => emailAddress.toLowerCase());
  if (event.eventType === "Complaint") {
    const { complainedRecipients, timestamp } = event.complaint;
    return { outcome: "unsubscribed", at: timestamp, to: addresses(complainedRecipients) };
  }
  const { bounceType, bouncedRecipients, timestamp } = event.bounce;
  return bounceType === "Permanent"
    ? { outcome: "bounced", at: timestamp, to: addresses(bouncedRecipients) }
    : undefined;
}

/**
 * What said no or came back once needs no second time. Else it is noted, also of what was paused by hand: whoever lets it go
 * on has to ask.
 */
const isStopped = ({ paused }: Subscription): boolean => paused?.why === "unsubscribed" || paused?.why === "bounced";

/**
 * Stops the mails of a subscription whose address does not exist, or whose reader called them unwanted: that says as much as
 * unsubscribing. The delivery says so, too. Told twice it is done once.
 */
export function noteMailEvent({ subscriptions, deliveries, tellOwner }: NoteMailEvent) {
  async function stop(tenant: string, id: string, { outcome, at, to }: Reported): Promise<void> {
    for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
      const found = await subscriptions.get(tenant, id);
      const channel = found?.document.channel;
      // It has another address by now, which did nothing.
      if (!found || channel?.type !== "email" || !to.includes(channel.to.toLowerCase())) return;
      const why = { why: outcome, at } as const;
      const isMine = found.paused?.why === outcome && found.paused.at === at;
      if (isStopped(found) && !isMine) return;
      if (!isMine && !(await subscriptions.unsubscribe(tenant, id, found.version, why))) continue;
      logger.warn("a subscription was paused", { subscription: id, why: outcome });
      // Also where a crash kept it from being told: under its own time it is told once.
      await tellOwner(found, outcome, new Date(at));
      return;
    }
    throw new Error("the subscription was always changed by somebody else");
  }

  return async (event: MailEvent, now: Date): Promise<void> => {
    const reported = reportedBy(event);
    if (!reported) return;
    const { tags } = event.mail;
    const [[tenant], [subscription], [id]] = [tags.tenant, tags.subscription, tags.delivery];
    const stored = await deliveries.get({ tenant, id }, now);
    // What is about to be sent again says how that went.
    if (stored?.delivery.state === "delivered" && stored.delivery.subscription === subscription)
      await deliveries.change(concluded(stored.delivery, "failed", REASONS[reported.outcome]));
    await stop(tenant, subscription, reported);
  };
}
