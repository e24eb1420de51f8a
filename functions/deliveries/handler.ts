import { routes } from "../../shared/contracts/routes.ts";
import { deliveries as handingOver } from "../../shared/delivery/deliveries.ts";
import { deliveryQueue } from "../../shared/delivery/delivery-queue.ts";
import { sqsClient } from "../../shared/queue/item-queue.ts";
import { systemClock } from "../../shared/runtime/clock.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpRoutes } from "../../shared/runtime/http-routes.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { keysByKms } from "../../shared/runtime/tenant-context.ts";
import { allowanceStore } from "../../shared/store/allowances.ts";
import { auditStore } from "../../shared/store/audit.ts";
import { deliveryStore } from "../../shared/store/deliveries.ts";
import { endpointStore } from "../../shared/store/endpoints.ts";
import { subscriptionStore } from "../../shared/store/subscriptions.ts";
import { documentClient } from "../../shared/store/table.ts";
import { getDelivery } from "./get-delivery.ts";
import { getEndpoint } from "./get-endpoint.ts";
import { listDeliveries } from "./list-deliveries.ts";
import { replayDeliveries } from "./replay-deliveries.ts";
import { replayDelivery } from "./replay-delivery.ts";
import { giveSecret } from "./rotate-secret.ts";
import { testSubscription } from "./test-subscription.ts";

const config = readConfig([
  "TABLE_DELIVERIES",
  "TABLE_DIRECTORY",
  "TABLE_CASES",
  "QUEUE_DELIVERIES",
  "QUEUE_RETRIES",
  "KEY_CONTENT",
]);
const client = documentClient();
const directory = { client, name: config.TABLE_DIRECTORY };
const table = { client, name: config.TABLE_DELIVERIES };
const sqs = sqsClient();
const keys = keysByKms(directory, config.KEY_CONTENT, systemClock);
const store = deliveryStore(table);
const ports = {
  subscriptions: subscriptionStore(directory),
  allowances: allowanceStore(table),
  deliveries: store,
  endpoints: endpointStore(table),
  keys,
  audit: auditStore({ client, name: config.TABLE_CASES }),
  retries: deliveryQueue(sqs, config.QUEUE_RETRIES),
  outgoing: handingOver({ store, keys, queue: deliveryQueue(sqs, config.QUEUE_DELIVERIES) }),
};

export const handler = httpRoutes(
  httpStack(routes["list-deliveries"], listDeliveries(ports)),
  httpStack(routes["get-delivery"], getDelivery(ports)),
  httpStack(routes["replay-delivery"], replayDelivery(ports)),
  httpStack(routes["replay-deliveries"], replayDeliveries(ports)),
  httpStack(routes["test-subscription"], testSubscription(ports)),
  httpStack(routes["get-endpoint"], getEndpoint(ports)),
  httpStack(routes["rotate-secret"], giveSecret(ports)),
);
