import { routes } from "../../shared/contracts/routes.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpRoutes } from "../../shared/runtime/http-routes.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { policyStore } from "../../shared/store/policies.ts";
import { documentClient } from "../../shared/store/table.ts";
import { activatePolicy, changeShadow, deactivatePolicy, rollBackPolicy } from "./change-standing.ts";
import { savePolicy } from "./save-policy.ts";

const config = readConfig(["TABLE_DIRECTORY"]);
const policies = policyStore({ client: documentClient(), name: config.TABLE_DIRECTORY });

export const handler = httpRoutes(
  httpStack(routes["save-policy"], savePolicy(policies)),
  httpStack(routes["activate-policy"], activatePolicy(policies)),
  httpStack(routes["roll-back-policy"], rollBackPolicy(policies)),
  httpStack(routes["deactivate-policy"], deactivatePolicy(policies)),
  httpStack(routes["shadow-policy"], changeShadow(policies)),
);
