import { routes } from "../../shared/contracts/routes.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpRoutes } from "../../shared/runtime/http-routes.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { claimStore } from "../../shared/store/claims.ts";
import { depthStore } from "../../shared/store/depths.ts";
import { memberStore } from "../../shared/store/members.ts";
import { routingStore } from "../../shared/store/routings.ts";
import { documentClient } from "../../shared/store/table.ts";
import { listColleagues } from "./list-colleagues.ts";
import { listQueues } from "./list-queues.ts";

const config = readConfig(["TABLE_CASES", "TABLE_DIRECTORY"]);
const client = documentClient();
const table = { client, name: config.TABLE_CASES };
const directory = { client, name: config.TABLE_DIRECTORY };
const ports = {
  routings: routingStore(directory),
  depths: depthStore(table),
  claims: claimStore(table),
};

export const handler = httpRoutes(
  httpStack(routes["list-queues"], listQueues(ports)),
  httpStack(routes["list-colleagues"], listColleagues(memberStore(directory))),
);
