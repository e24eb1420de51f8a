import { routes } from "../../shared/contracts/routes.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpRoutes } from "../../shared/runtime/http-routes.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { policyStore } from "../../shared/store/policies.ts";
import { documentClient } from "../../shared/store/table.ts";
import { checkCandidate } from "./check-candidate.ts";
import { listEvents } from "./list-events.ts";
import { listPolicies } from "./list-policies.ts";
import { viewPolicy, viewVersion } from "./view-policy.ts";

const config = readConfig(["TABLE_DIRECTORY"]);
const policies = policyStore({ client: documentClient(), name: config.TABLE_DIRECTORY });

export const handler = httpRoutes(
  httpStack(routes["list-policies"], listPolicies(policies)),
  httpStack(routes["get-policy"], viewPolicy(policies)),
  httpStack(routes["get-policy-version"], viewVersion(policies)),
  httpStack(routes["list-policy-events"], listEvents(policies)),
  httpStack(routes["check-policy"], checkCandidate(policies)),
);
