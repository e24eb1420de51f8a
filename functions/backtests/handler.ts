import { routes } from "../../shared/contracts/routes.ts";
import { sqsClient } from "../../shared/queue/item-queue.ts";
import { jobQueue } from "../../shared/queue/job-queue.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpRoutes } from "../../shared/runtime/http-routes.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { jobStore } from "../../shared/store/jobs.ts";
import { policyStore } from "../../shared/store/policies.ts";
import { documentClient } from "../../shared/store/table.ts";
import { cancelBacktest, getBacktest, listBacktests, resumeBacktest } from "./known-backtests.ts";
import { startBacktest } from "./start-backtest.ts";

const config = readConfig(["TABLE_CASES", "TABLE_DIRECTORY", "QUEUE_JOBS"]);
const client = documentClient();
const ports = {
  jobs: jobStore({ client, name: config.TABLE_CASES }),
  queue: jobQueue(sqsClient(), config.QUEUE_JOBS),
  policies: policyStore({ client, name: config.TABLE_DIRECTORY }),
};

export const handler = httpRoutes(
  httpStack(routes["start-backtest"], startBacktest(ports)),
  httpStack(routes["list-backtests"], listBacktests(ports)),
  httpStack(routes["get-backtest"], getBacktest(ports)),
  httpStack(routes["cancel-backtest"], cancelBacktest(ports)),
  httpStack(routes["resume-backtest"], resumeBacktest(ports)),
);
