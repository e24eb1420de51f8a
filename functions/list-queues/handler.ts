import { routes } from "../../shared/contracts/routes.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { claimStore } from "../../shared/store/claims.ts";
import { depthStore } from "../../shared/store/depths.ts";
import { routingStore } from "../../shared/store/routings.ts";
import { documentClient } from "../../shared/store/table.ts";
import { listQueues } from "./list-queues.ts";

const config = readConfig(["TABLE_CASES", "TABLE_DIRECTORY"]);
const client = documentClient();
const table = { client, name: config.TABLE_CASES };

export const handler = httpStack(
  routes["list-queues"],
  listQueues({
    routings: routingStore({ client, name: config.TABLE_DIRECTORY }),
    depths: depthStore(table),
    claims: claimStore(table),
  }),
);
