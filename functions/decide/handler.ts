import { routes } from "../../shared/contracts/routes.ts";
import { conclude } from "../../shared/queue/conclude.ts";
import { snsClient, topic } from "../../shared/queue/topic.ts";
import { systemClock } from "../../shared/runtime/clock.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpRoutes } from "../../shared/runtime/http-routes.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { keysByKms } from "../../shared/runtime/tenant-context.ts";
import { auditStore } from "../../shared/store/audit.ts";
import { caseStore } from "../../shared/store/cases.ts";
import { clusterStore } from "../../shared/store/clusters.ts";
import { decisionJournal } from "../../shared/store/decision-journal.ts";
import { depthStore } from "../../shared/store/depths.ts";
import { documentClient } from "../../shared/store/table.ts";
import { decideCase } from "./decide-case.ts";
import { decideMany } from "./decide-many.ts";
import { reopen, undo } from "./withdraw.ts";

const config = readConfig(["TABLE_CASES", "TABLE_DIRECTORY", "TOPIC_DECISIONS", "KEY_CONTENT"]);
const client = documentClient();
const table = { client, name: config.TABLE_CASES };
const cases = caseStore(table);
const clusters = clusterStore(table);
const ports = {
  cases,
  clusters,
  keys: keysByKms({ client, name: config.TABLE_DIRECTORY }, config.KEY_CONTENT, systemClock),
  conclude: conclude({
    cases,
    clusters,
    audit: auditStore(table),
    journal: decisionJournal(table),
    decisions: topic(snsClient(), config.TOPIC_DECISIONS),
    depths: depthStore(table),
  }),
};

export const handler = httpRoutes(
  httpStack(routes.decide, decideCase(ports)),
  httpStack(routes["decide-many"], decideMany(ports)),
  httpStack(routes["undo-decision"], undo(ports)),
  httpStack(routes["reopen-case"], reopen(ports)),
);
