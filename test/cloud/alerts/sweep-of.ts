import { sweepAlerts } from "../../../shared/alerts/sweep-alerts.ts";
import { together } from "../../../shared/alerts/tally.ts";
import { deliveries } from "../../../shared/delivery/deliveries.ts";
import { deliveryQueue } from "../../../shared/delivery/delivery-queue.ts";
import { sqsClient } from "../../../shared/queue/item-queue.ts";
import { systemClock } from "../../../shared/runtime/clock.ts";
import { keysByKms } from "../../../shared/runtime/tenant-context.ts";
import { alertCountStore } from "../../../shared/store/alert-counts.ts";
import { alertStore } from "../../../shared/store/alerts.ts";
import { deliveryStore } from "../../../shared/store/deliveries.ts";
import { gatheringStore } from "../../../shared/store/gatherings.ts";
import { subscriptionStore } from "../../../shared/store/subscriptions.ts";
import type { WholeCloud } from "../security/whole-cloud.ts";

/** The sweep on the tables and queues of a whole cloud, at a time that a test says: what it hands over, the cloud sends. */
export function sweepOf({ cloud, table }: WholeCloud): (now: Date) => Promise<unknown> {
  const { KeyContent: key = "", QueueDeliveries: queue = "" } = cloud.outputs;
  const told = table("TableDeliveries");
  const directory = table("TableDirectory");
  return sweepAlerts({
    alerts: alertStore(told),
    counts: alertCountStore(told, together),
    gatherings: gatheringStore(told),
    subscriptions: subscriptionStore(directory),
    deliveries: deliveries({
      store: deliveryStore(told),
      keys: keysByKms(directory, key, systemClock),
      queue: deliveryQueue(sqsClient(), queue),
    }),
  });
}
