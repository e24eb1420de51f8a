import { endOwnership } from "../../shared/alerts/end-ownership.ts";
import { notePaused } from "../../shared/alerts/note-paused.ts";
import { routes } from "../../shared/contracts/routes.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpRoutes } from "../../shared/runtime/http-routes.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { alertStore } from "../../shared/store/alerts.ts";
import { apiKeyStore } from "../../shared/store/api-keys.ts";
import { auditStore } from "../../shared/store/audit.ts";
import { subscriptionStore } from "../../shared/store/subscriptions.ts";
import { documentClient } from "../../shared/store/table.ts";
import { createKey, listKeys, revokeKey } from "./keep-keys.ts";

const config = readConfig(["TABLE_CASES", "TABLE_DIRECTORY", "TABLE_DELIVERIES"]);
const client = documentClient();
const directory = { client, name: config.TABLE_DIRECTORY };
const audit = auditStore({ client, name: config.TABLE_CASES });
const ports = {
  keys: apiKeyStore(directory),
  audit,
  endOwnership: endOwnership({
    subscriptions: subscriptionStore(directory),
    audit,
    notePaused: notePaused({ alerts: alertStore({ client, name: config.TABLE_DELIVERIES }) }),
  }),
};

export const handler = httpRoutes(
  httpStack(routes["list-keys"], listKeys(ports)),
  httpStack(routes["create-key"], createKey(ports)),
  httpStack(routes["revoke-key"], revokeKey(ports)),
);
