import { together } from "../../shared/alerts/tally.ts";
import { routes } from "../../shared/contracts/routes.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpRoutes } from "../../shared/runtime/http-routes.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { alertCountStore } from "../../shared/store/alert-counts.ts";
import { alertStore } from "../../shared/store/alerts.ts";
import { auditStore } from "../../shared/store/audit.ts";
import { subscriptionStore } from "../../shared/store/subscriptions.ts";
import { documentClient } from "../../shared/store/table.ts";
import { acknowledgeAlert } from "./acknowledge-alert.ts";
import { getAlert } from "./get-alert.ts";
import { listAlerts } from "./list-alerts.ts";

const config = readConfig(["TABLE_DELIVERIES", "TABLE_DIRECTORY", "TABLE_CASES"]);
const client = documentClient();
const table = { client, name: config.TABLE_DELIVERIES };
const ports = {
  alerts: alertStore(table),
  counts: alertCountStore(table, together),
  subscriptions: subscriptionStore({ client, name: config.TABLE_DIRECTORY }),
  audit: auditStore({ client, name: config.TABLE_CASES }),
};

export const handler = httpRoutes(
  httpStack(routes["list-alerts"], listAlerts(ports)),
  httpStack(routes["get-alert"], getAlert(ports)),
  httpStack(routes["acknowledge-alert"], acknowledgeAlert(ports)),
);
