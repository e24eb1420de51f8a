import { MetricUnit } from "@aws-lambda-powertools/metrics";
import middy from "@middy/core";
import type { Context } from "aws-lambda";
import { sweepAlerts } from "../../shared/alerts/sweep-alerts.ts";
import { together } from "../../shared/alerts/tally.ts";
import { deliveries } from "../../shared/delivery/deliveries.ts";
import { deliveryQueue } from "../../shared/delivery/delivery-queue.ts";
import { requeueDue } from "../../shared/delivery/requeue-due.ts";
import { sqsClient } from "../../shared/queue/item-queue.ts";
import { systemClock } from "../../shared/runtime/clock.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { logger, metrics } from "../../shared/runtime/logger.ts";
import { keysByKms } from "../../shared/runtime/tenant-context.ts";
import { alertCountStore } from "../../shared/store/alert-counts.ts";
import { alertStore } from "../../shared/store/alerts.ts";
import { deliveryStore } from "../../shared/store/deliveries.ts";
import { endpointStore } from "../../shared/store/endpoints.ts";
import { gatheringStore } from "../../shared/store/gatherings.ts";
import { subscriptionStore } from "../../shared/store/subscriptions.ts";
import { documentClient } from "../../shared/store/table.ts";

const config = readConfig(["TABLE_DELIVERIES", "TABLE_DIRECTORY", "KEY_CONTENT", "QUEUE_DELIVERIES", "QUEUE_RETRIES"]);
const client = documentClient();
const directory = { client, name: config.TABLE_DIRECTORY };
const table = { client, name: config.TABLE_DELIVERIES };
const sqs = sqsClient();
const store = deliveryStore(table);
const subscriptions = subscriptionStore(directory);
const sweep = sweepAlerts({
  alerts: alertStore(table),
  counts: alertCountStore(table, together),
  gatherings: gatheringStore(table),
  subscriptions,
  deliveries: deliveries({
    store,
    keys: keysByKms(directory, config.KEY_CONTENT, systemClock),
    queue: deliveryQueue(sqs, config.QUEUE_DELIVERIES),
  }),
});
const requeue = {
  deliveries: store,
  endpoints: endpointStore(table),
  subscriptions,
  retries: deliveryQueue(sqs, config.QUEUE_RETRIES),
  random: Math.random,
};

/** Milliseconds before Lambda ends the run, in which what was begun is brought to its end. */
const RESERVE_MS = 10_000;

export const handler = middy<unknown, void, Error, Context>().handler(async (_, context) => {
  const now = systemClock();
  const hasTime = () => context.getRemainingTimeInMillis() > RESERVE_MS;
  // Neither of them waits for the other, or fails with it.
  const [alerts, due] = await Promise.allSettled([sweep(now, hasTime), requeueDue(requeue, now)]);
  if (alerts.status === "fulfilled") logger.info("swept alerts", { ...alerts.value });
  if (due.status === "fulfilled") {
    metrics.addMetric("DueRequeued", MetricUnit.Count, due.value.requeued);
    if (due.value.failed > 0) throw new Error("some due deliveries were not queued");
  }
  metrics.publishStoredMetrics();
  for (const one of [alerts, due]) if (one.status === "rejected") throw one.reason;
});
