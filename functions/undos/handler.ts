import { routes } from "../../shared/contracts/routes.ts";
import { sqsClient } from "../../shared/queue/item-queue.ts";
import { jobQueue } from "../../shared/queue/job-queue.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpRoutes } from "../../shared/runtime/http-routes.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { jobStore } from "../../shared/store/jobs.ts";
import { policyStore } from "../../shared/store/policies.ts";
import { documentClient } from "../../shared/store/table.ts";
import { cancelUndo, getUndo, listUndone, listUndos, resumeUndo } from "./known-undos.ts";
import { startUndo } from "./start-undo.ts";

const config = readConfig(["TABLE_CASES", "TABLE_DIRECTORY", "QUEUE_JOBS"]);
const client = documentClient();
const ports = {
  jobs: jobStore({ client, name: config.TABLE_CASES }),
  queue: jobQueue(sqsClient(), config.QUEUE_JOBS),
  policies: policyStore({ client, name: config.TABLE_DIRECTORY }),
};

export const handler = httpRoutes(
  httpStack(routes["start-undo"], startUndo(ports)),
  httpStack(routes["list-undos"], listUndos(ports)),
  httpStack(routes["get-undo"], getUndo(ports)),
  httpStack(routes["list-undone"], listUndone(ports)),
  httpStack(routes["cancel-undo"], cancelUndo(ports)),
  httpStack(routes["resume-undo"], resumeUndo(ports)),
);
