import { routes } from "../../shared/contracts/routes.ts";
import { authorKeys } from "../../shared/keys/author-keys.ts";
import { systemClock } from "../../shared/runtime/clock.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpRoutes } from "../../shared/runtime/http-routes.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { keysByKms } from "../../shared/runtime/tenant-context.ts";
import { audienceVerdictStore } from "../../shared/store/audience-verdicts.ts";
import { auditStore } from "../../shared/store/audit.ts";
import { authorStore } from "../../shared/store/authors.ts";
import { caseNoteStore } from "../../shared/store/case-notes.ts";
import { caseStore } from "../../shared/store/cases.ts";
import { clusterStore } from "../../shared/store/clusters.ts";
import { contentStore } from "../../shared/store/contents.ts";
import { documentClient } from "../../shared/store/table.ts";
import { listCluster } from "./list-cluster.ts";
import { viewCase } from "./view-case.ts";

const config = readConfig([
  "TABLE_CASES",
  "TABLE_VERDICTS",
  "TABLE_CONTENT",
  "TABLE_DIRECTORY",
  "TABLE_AUTHORS",
  "KEY_CONTENT",
]);
const client = documentClient();
const authors = authorStore({ client, name: config.TABLE_AUTHORS });
const keys = keysByKms({ client, name: config.TABLE_DIRECTORY }, config.KEY_CONTENT, systemClock);

const table = { client, name: config.TABLE_CASES };
const ports = {
  audiences: audienceVerdictStore({ client, name: config.TABLE_VERDICTS }),
  cases: caseStore(table),
  clusters: clusterStore(table),
  contents: contentStore({ client, name: config.TABLE_CONTENT }, authorKeys(authors, keys), keys),
  notes: caseNoteStore(table),
  audit: auditStore(table),
  keys,
};

export const handler = httpRoutes([
  [routes["get-case"], httpStack(routes["get-case"], viewCase(ports))],
  [routes["list-cluster"], httpStack(routes["list-cluster"], listCluster(ports))],
]);
