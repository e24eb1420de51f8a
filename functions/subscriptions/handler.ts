import { routes } from "../../shared/contracts/routes.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpRoutes } from "../../shared/runtime/http-routes.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { subscriptionStore } from "../../shared/store/subscriptions.ts";
import { documentClient } from "../../shared/store/table.ts";
import { getSubscription } from "./get-subscription.ts";
import { listSubscriptions } from "./list-subscriptions.ts";

const config = readConfig(["TABLE_DIRECTORY"]);
const subscriptions = subscriptionStore({ client: documentClient(), name: config.TABLE_DIRECTORY });

export const handler = httpRoutes(
  httpStack(routes["list-subscriptions"], listSubscriptions(subscriptions)),
  httpStack(routes["get-subscription"], getSubscription({ subscriptions })),
);
