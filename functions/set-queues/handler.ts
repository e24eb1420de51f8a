import { routes } from "../../shared/contracts/routes.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { auditStore } from "../../shared/store/audit.ts";
import { routingStore } from "../../shared/store/routings.ts";
import { documentClient } from "../../shared/store/table.ts";
import { setQueues } from "./set-queues.ts";

const config = readConfig(["TABLE_CASES", "TABLE_DIRECTORY"]);
const client = documentClient();

export const handler = httpStack(
  routes["set-queues"],
  setQueues({
    routings: routingStore({ client, name: config.TABLE_DIRECTORY }),
    audit: auditStore({ client, name: config.TABLE_CASES }),
  }),
);
