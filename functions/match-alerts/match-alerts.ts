import { type AlertEvent, eventOfBreaker, eventsOfVerdict } from "../../shared/alerts/alert-event.ts";
import { eventOfOpenedCase, eventsOfDecision } from "../../shared/alerts/case-events.ts";
import type { SubscriptionSet } from "../../shared/alerts/match-subscriptions.ts";
import type { DecisionMessage, EventMessage, VerdictMessage } from "../../shared/contracts/messages.ts";
import { isForFeed } from "../../shared/domain/alert-wants.ts";
import { caseIdOf } from "../../shared/domain/case.ts";
import { clusterKeyOf } from "../../shared/domain/cluster-key.ts";
import type { Subscription } from "../../shared/domain/subscription.ts";
import type { TenantSettings } from "../../shared/domain/tenant.ts";
import type { Clock } from "../../shared/runtime/clock.ts";
import type { Cases } from "../../shared/store/cases.ts";
import type { EventFeed } from "../../shared/store/event-feed.ts";

/** Whatever three topics send to the queue of alerts. */
export type AlertMessage = VerdictMessage | DecisionMessage | EventMessage;

export interface MatchAlerts {
  /** A tenant's subscriptions, remembered for a while. */
  readonly subscriptionsOf: (tenant: string) => Promise<SubscriptionSet>;
  readonly settingsOf: (tenant: string) => Promise<TenantSettings | undefined>;
  readonly cases: Pick<Cases, "get">;
  /** The feed of events, for tenants that turned it on. */
  readonly feed: Pick<EventFeed, "append">;
  readonly tell: (subscription: Subscription, event: AlertEvent, now: Date) => Promise<void>;
  readonly clock: Clock;
}

/** Subscriptions of one message that are told at the same time. */
const AT_ONCE = 25;

const isStream = ({ document: { channel } }: Subscription): boolean => channel.type === "webhook" && channel.stream;

/**
 * Tells those who subscribed to what happened. One message is one piece of news to a subscription, though it says something
 * of several places: the first of its events, which weigh the same. Only platforms' streams are told each of them.
 * A repeat tells nobody twice: alerts and deliveries know what they are about.
 */
export function matchAlerts({ subscriptionsOf, settingsOf, cases, feed, tell, clock }: MatchAlerts) {
  const eventsOf = async (message: AlertMessage): Promise<readonly AlertEvent[]> => {
    if ("verdict" in message) {
      const { queue: _, ...made } = message.verdict;
      return eventsOfVerdict(made, clusterKeyOf(message.verdict));
    }
    const { tenant } = message;
    if ("decision" in message) return eventsOfDecision(message, await cases.get(tenant, caseIdOf(tenant, message.ref)));
    const { event } = message;
    if (event.type !== "case.opened") return [eventOfBreaker(tenant, event)];
    const opened = await cases.get(tenant, event.case);
    return opened ? [eventOfOpenedCase(opened)] : [];
  };

  return async (message: AlertMessage): Promise<void> => {
    const tenant = "verdict" in message ? message.verdict.tenant : message.tenant;
    const settings = await settingsOf(tenant);
    if (!settings || (!settings.eventFeed && settings.alerts.places.length === 0)) return;
    const subscriptions = await subscriptionsOf(tenant);
    const events = await eventsOf(message);
    const now = clock();
    const fed = events.filter(({ facts }) => isForFeed(facts, settings));
    await Promise.all(fed.map(({ facts }) => feed.append(facts, clock)));
    const known = new Set<Subscription>();
    const all: (readonly [Subscription, AlertEvent])[] = [];
    for (const event of events)
      for (const one of subscriptions.match(event)) {
        if (known.has(one) && !isStream(one)) continue;
        known.add(one);
        all.push([one, event]);
      }
    const failures: unknown[] = [];
    for (let from = 0; from < all.length; from += AT_ONCE) {
      const told = all.slice(from, from + AT_ONCE).map(([subscription, event]) => tell(subscription, event, now));
      for (const one of await Promise.allSettled(told)) if (one.status === "rejected") failures.push(one.reason);
    }
    // Those who were told stay told when the message comes again for the others.
    if (failures.length > 0) throw failures[0];
  };
}
