import { routes } from "../../shared/contracts/routes.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpRoutes } from "../../shared/runtime/http-routes.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { apiKeyStore } from "../../shared/store/api-keys.ts";
import { auditStore } from "../../shared/store/audit.ts";
import { documentClient } from "../../shared/store/table.ts";
import { createKey, listKeys, revokeKey } from "./keep-keys.ts";

const config = readConfig(["TABLE_CASES", "TABLE_DIRECTORY"]);
const client = documentClient();
const ports = {
  keys: apiKeyStore({ client, name: config.TABLE_DIRECTORY }),
  audit: auditStore({ client, name: config.TABLE_CASES }),
};

export const handler = httpRoutes(
  httpStack(routes["list-keys"], listKeys(ports)),
  httpStack(routes["create-key"], createKey(ports)),
  httpStack(routes["revoke-key"], revokeKey(ports)),
);
