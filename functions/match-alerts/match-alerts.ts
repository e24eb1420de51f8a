import { type AlertEvent, eventOfBreaker, eventsOfVerdict } from "../../shared/alerts/alert-event.ts";
import { eventOfOpenedCase, eventsOfDecision } from "../../shared/alerts/case-events.ts";
import type { SubscriptionSet } from "../../shared/alerts/match-subscriptions.ts";
import type {
  DecisionMessage,
  EventMessage,
  SubscriptionRange,
  VerdictMessage,
} from "../../shared/contracts/messages.ts";
import { isForFeed } from "../../shared/domain/alert-wants.ts";
import { caseIdOf } from "../../shared/domain/case.ts";
import type { Subscription } from "../../shared/domain/subscription.ts";
import type { TenantSettings } from "../../shared/domain/tenant.ts";
import { allSettled } from "../../shared/runtime/all-settled.ts";
import type { Clock } from "../../shared/runtime/clock.ts";
import { inTime } from "../../shared/runtime/in-time.ts";
import { describeError, logger } from "../../shared/runtime/logger.ts";
import type { QueueInvocation } from "../../shared/runtime/queue-stack.ts";
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
  /** Sends a message on to the queue that it came from, for another run. */
  readonly sendOn: (message: AlertMessage, seconds: number) => Promise<void>;
  readonly clock: Clock;
}

/** Subscriptions of one message that are told at the same time. */
const AT_ONCE = 25;
/** Subscriptions that one run tells of one message, which may be one of ten: those beside it are to get their turn. */
const MOST_TOLD = 100;
/** Milliseconds before Lambda ends the run, in which what was begun is brought to its end. */
const RESERVE_MS = 6_000;
/** Seconds until those are told for whom it failed, when the others are sent on. */
const AGAIN_SECONDS = 15;

const isStream = ({ document: { channel } }: Subscription): boolean => channel.type === "webhook" && channel.stream;

/**
 * Tells those who subscribed to what happened. One message is one piece of news to a subscription, though it says something
 * of several places: the first of its events, which weigh the same. Only platforms' streams are told each of them.
 * A repeat tells nobody twice: alerts and deliveries know what they are about. What one run has no time for is sent on, so
 * that a message comes to its end however many it is for.
 */
export function matchAlerts({ subscriptionsOf, settingsOf, cases, feed, tell, sendOn, clock }: MatchAlerts) {
  const eventsOf = async (message: AlertMessage): Promise<readonly AlertEvent[]> => {
    if ("verdict" in message) {
      const { queue: _, ...made } = message.verdict;
      return eventsOfVerdict(made);
    }
    const { tenant } = message;
    if ("decision" in message) return eventsOfDecision(message, await cases.get(tenant, caseIdOf(tenant, message.ref)));
    const { event } = message;
    if (event.type !== "case.opened") return [eventOfBreaker(tenant, event)];
    const opened = await cases.get(tenant, event.case);
    return opened ? [eventOfOpenedCase(opened)] : [];
  };

  /** Whom a message is for, and with which of its events each is told, in the order of their ids. */
  const toldOf = (set: SubscriptionSet, events: readonly AlertEvent[], { after, until }: SubscriptionRange) => {
    const all = new Map<Subscription, AlertEvent[]>();
    for (const event of events)
      for (const one of set.match(event)) {
        const known = all.get(one);
        if (known && isStream(one)) known.push(event);
        else if (!known) all.set(one, [event]);
      }
    return [...all]
      .filter(([{ id }]) => (after === undefined || id > after) && (until === undefined || id <= until))
      .sort(([one], [other]) => (one.id < other.id ? -1 : 1));
  };

  return async (message: AlertMessage, { remainingMs }: Pick<QueueInvocation, "remainingMs">): Promise<void> => {
    const tenant = "verdict" in message ? message.verdict.tenant : message.tenant;
    const settings = await settingsOf(tenant);
    if (!settings || (!settings.eventFeed && settings.alerts.places.length === 0)) return;
    const set = await subscriptionsOf(tenant);
    const events = await eventsOf(message);
    const now = clock();
    const fed = message.subscriptions ? [] : events.filter(({ facts }) => isForFeed(facts, settings));
    await Promise.all(fed.map(({ facts }) => feed.append(facts, clock)));
    const all = toldOf(set, events, message.subscriptions ?? {});
    let asked = 0;
    // One is told however late it is: a message that is sent on must have become less.
    const hasTime = () => asked++ === 0 || remainingMs() > RESERVE_MS;
    const begun = await inTime(all.slice(0, MOST_TOLD), AT_ONCE, hasTime, ([subscription, ofThem]) =>
      allSettled(ofThem.map((event) => tell(subscription, event, now))),
    );
    // Those who were told stay told when the message comes again for the others.
    const failed = begun.find(({ status }) => status === "rejected");
    const last = all[begun.length - 1]?.[0].id;
    if (last !== undefined && begun.length < all.length) {
      // Apart: what comes again for those must not bring all the others with it each time.
      if (failed?.status === "rejected") {
        logger.warn("some subscriptions will be told again", { tenant, ...describeError(failed.reason) });
        await sendOn({ ...message, subscriptions: { ...message.subscriptions, until: last } }, AGAIN_SECONDS);
      }
      await sendOn({ ...message, subscriptions: { ...message.subscriptions, after: last } }, 0);
    } else if (failed?.status === "rejected") throw failed.reason;
  };
}
