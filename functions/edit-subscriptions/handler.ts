import { routes } from "../../shared/contracts/routes.ts";
import { deliveries } from "../../shared/delivery/deliveries.ts";
import { deliveryQueue } from "../../shared/delivery/delivery-queue.ts";
import { readAllowedHosts } from "../../shared/delivery/endpoint-url.ts";
import { sealAddress } from "../../shared/keys/addresses.ts";
import { sqsClient } from "../../shared/queue/item-queue.ts";
import { systemClock } from "../../shared/runtime/clock.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpRoutes } from "../../shared/runtime/http-routes.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { keysByKms } from "../../shared/runtime/tenant-context.ts";
import { allowanceStore } from "../../shared/store/allowances.ts";
import { apiKeyStore } from "../../shared/store/api-keys.ts";
import { auditStore } from "../../shared/store/audit.ts";
import { deliveryStore } from "../../shared/store/deliveries.ts";
import { endpointStore } from "../../shared/store/endpoints.ts";
import { subscriptionStore } from "../../shared/store/subscriptions.ts";
import { documentClient } from "../../shared/store/table.ts";
import { tenantStore } from "../../shared/store/tenants.ts";
import { announceChange, renewWants } from "./announce-change.ts";
import { askReader } from "./ask-reader.ts";
import { ownerOf } from "./owner-of.ts";
import { saveSubscription } from "./save-subscription.ts";
import { deleteSubscription, switchSubscription } from "./switch-subscription.ts";

const config = readConfig(["TABLE_DIRECTORY", "TABLE_CASES", "TABLE_DELIVERIES", "QUEUE_DELIVERIES", "KEY_CONTENT"]);
const client = documentClient();
const directory = { client, name: config.TABLE_DIRECTORY };
const subscriptions = subscriptionStore(directory);
const keys = keysByKms(directory, config.KEY_CONTENT, systemClock);
const audit = auditStore({ client, name: config.TABLE_CASES });
const tenants = tenantStore(directory);
const table = { client, name: config.TABLE_DELIVERIES };
const outgoing = deliveries({
  store: deliveryStore(table),
  keys,
  queue: deliveryQueue(sqsClient(), config.QUEUE_DELIVERIES),
});
const ports = {
  subscriptions,
  endpoints: endpointStore(table),
  announce: announceChange({ subscriptions, tenants, audit }),
  renew: renewWants({ subscriptions, tenants }),
  reader: askReader({ deliveries: outgoing, allowances: allowanceStore(table), keys }),
  ownerOf: ownerOf(apiKeyStore(directory)),
};

const save = saveSubscription({
  ...ports,
  seal: (of, address) => sealAddress(keys, of, address),
  allowedHosts: readAllowedHosts(process.env.DELIVERY_HOSTS ?? ""),
});

export const handler = httpRoutes(
  httpStack(routes["save-subscription"], save),
  httpStack(routes["enable-subscription"], switchSubscription(ports, "enabled")),
  httpStack(routes["disable-subscription"], switchSubscription(ports, "disabled")),
  httpStack(routes["delete-subscription"], deleteSubscription(ports)),
);
