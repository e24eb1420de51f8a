import { routes } from "../../shared/contracts/routes.ts";
import { systemClock } from "../../shared/runtime/clock.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { expiringCache } from "../../shared/runtime/expiring-cache.ts";
import { httpRoutes } from "../../shared/runtime/http-routes.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { auditStore } from "../../shared/store/audit.ts";
import { caseStore } from "../../shared/store/cases.ts";
import { claimStore } from "../../shared/store/claims.ts";
import { memberStore } from "../../shared/store/members.ts";
import { presenceStore } from "../../shared/store/presence.ts";
import { routingStore } from "../../shared/store/routings.ts";
import { documentClient } from "../../shared/store/table.ts";
import { claimCase, extendClaim, releaseCase, transferCase } from "./hold-case.ts";
import { lookAtCase } from "./look-at-case.ts";
import { nextCase } from "./next-case.ts";

const config = readConfig(["TABLE_CASES", "TABLE_DIRECTORY"]);
const client = documentClient();
const table = { client, name: config.TABLE_CASES };
const directory = { client, name: config.TABLE_DIRECTORY };
/** Seconds for which a new queue may not be worked by `next` yet. */
const QUEUES_SECONDS = 30;
const ports = {
  cases: caseStore(table),
  claims: claimStore(table),
  members: memberStore(directory),
  audit: auditStore(table),
  presence: presenceStore(table),
  routingOf: expiringCache(routingStore(directory).get, QUEUES_SECONDS, systemClock),
  random: Math.random,
};

export const handler = httpRoutes(
  httpStack(routes["claim-case"], claimCase(ports)),
  httpStack(routes["next-case"], nextCase(ports)),
  httpStack(routes["extend-claim"], extendClaim(ports)),
  httpStack(routes["release-case"], releaseCase(ports)),
  httpStack(routes["transfer-case"], transferCase(ports)),
  httpStack(routes["look-at-case"], lookAtCase(ports)),
);
