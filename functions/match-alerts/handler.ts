import * as z from "zod";
import { compileSubscriptions } from "../../shared/alerts/match-subscriptions.ts";
import { together } from "../../shared/alerts/tally.ts";
import { decisionMessage, eventMessage, verdictMessage } from "../../shared/contracts/messages.ts";
import { deliveries } from "../../shared/delivery/deliveries.ts";
import { deliveryQueue } from "../../shared/delivery/delivery-queue.ts";
import { alertQueue } from "../../shared/queue/alert-queue.ts";
import { sqsClient } from "../../shared/queue/item-queue.ts";
import { ownQueue } from "../../shared/queue/own-queue.ts";
import { systemClock } from "../../shared/runtime/clock.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { expiringCache } from "../../shared/runtime/expiring-cache.ts";
import { logger } from "../../shared/runtime/logger.ts";
import { queueStack } from "../../shared/runtime/queue-stack.ts";
import { cachedSettings, keysByKms } from "../../shared/runtime/tenant-context.ts";
import { alertCountStore } from "../../shared/store/alert-counts.ts";
import { alertStore } from "../../shared/store/alerts.ts";
import { caseStore } from "../../shared/store/cases.ts";
import { deliveryStore } from "../../shared/store/deliveries.ts";
import { eventFeed } from "../../shared/store/event-feed.ts";
import { gatheringStore } from "../../shared/store/gatherings.ts";
import { subscriptionStore } from "../../shared/store/subscriptions.ts";
import { documentClient } from "../../shared/store/table.ts";
import { matchAlerts } from "./match-alerts.ts";
import { tellSubscriber } from "./tell-subscriber.ts";

const config = readConfig([
  "TABLE_DIRECTORY",
  "TABLE_CASES",
  "TABLE_DELIVERIES",
  "KEY_CONTENT",
  "QUEUE_DELIVERIES",
  "QUEUE_ALERTS",
  "QUEUE_SELF",
  "QUEUE_DEAD",
]);
const client = documentClient();
const directory = { client, name: config.TABLE_DIRECTORY };
const table = { client, name: config.TABLE_DELIVERIES };
const sqs = sqsClient();
/** Seconds for which a changed subscription may not be followed yet; twice as many where nothing came in between. */
const SUBSCRIPTION_SECONDS = 15;

const { list } = subscriptionStore(directory);
const compiled = async (tenant: string) => {
  const set = compileSubscriptions(await list(tenant));
  if (set.unreadable.length > 0) logger.error("conditions cannot be read", { tenant, count: set.unreadable.length });
  return set;
};

export const handler = queueStack(
  z.union([verdictMessage, decisionMessage, eventMessage]),
  ownQueue(sqs, config.QUEUE_SELF, config.QUEUE_DEAD),
  matchAlerts({
    subscriptionsOf: expiringCache(compiled, SUBSCRIPTION_SECONDS, systemClock, 500, SUBSCRIPTION_SECONDS),
    settingsOf: cachedSettings(directory, systemClock),
    cases: caseStore({ client, name: config.TABLE_CASES }),
    feed: eventFeed(table),
    tell: tellSubscriber({
      alerts: alertStore(table),
      counts: alertCountStore(table, together),
      gatherings: gatheringStore(table),
      deliveries: deliveries({
        store: deliveryStore(table),
        keys: keysByKms(directory, config.KEY_CONTENT, systemClock),
        queue: deliveryQueue(sqs, config.QUEUE_DELIVERIES),
      }),
    }),
    sendOn: alertQueue(sqs, config.QUEUE_ALERTS),
    clock: systemClock,
  }),
);
