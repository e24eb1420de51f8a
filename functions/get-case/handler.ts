import { routes } from "../../shared/contracts/routes.ts";
import type { VersionOf } from "../../shared/domain/policy-state.ts";
import { authorKeys } from "../../shared/keys/author-keys.ts";
import { builtInDocumentOf } from "../../shared/policy/default-policy.ts";
import { BUILT_IN } from "../../shared/policy/inherited-rules.ts";
import { systemClock } from "../../shared/runtime/clock.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpRoutes } from "../../shared/runtime/http-routes.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { documentOf } from "../../shared/runtime/policy-documents.ts";
import { cachedSettings, keysByKms } from "../../shared/runtime/tenant-context.ts";
import { audienceVerdictStore } from "../../shared/store/audience-verdicts.ts";
import { auditStore } from "../../shared/store/audit.ts";
import { authorStore } from "../../shared/store/authors.ts";
import { caseNoteStore } from "../../shared/store/case-notes.ts";
import { caseStore } from "../../shared/store/cases.ts";
import { clusterStore } from "../../shared/store/clusters.ts";
import { contentStore } from "../../shared/store/contents.ts";
import { policyStore } from "../../shared/store/policies.ts";
import { documentClient } from "../../shared/store/table.ts";
import { verdictStore } from "../../shared/store/verdicts.ts";
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
const directory = { client, name: config.TABLE_DIRECTORY };
const policies = policyStore(directory);
const keys = keysByKms(directory, config.KEY_CONTENT, systemClock);
const table = { client, name: config.TABLE_CASES };
const ports = {
  audiences: audienceVerdictStore({ client, name: config.TABLE_VERDICTS }),
  cases: caseStore(table),
  clusters: clusterStore(table),
  verdicts: verdictStore({ client, name: config.TABLE_VERDICTS }),
  settingsOf: cachedSettings(directory, systemClock),
  contents: contentStore({ client, name: config.TABLE_CONTENT }, authorKeys(authors, keys), keys),
  notes: caseNoteStore(table),
  audit: auditStore(table),
  keys,
  documentOf: (tenant: string, one: VersionOf) =>
    one.id === BUILT_IN.document.id
      ? Promise.resolve(builtInDocumentOf(one.id, one.version))
      : documentOf(policies, tenant, one),
};

export const handler = httpRoutes(
  httpStack(routes["get-case"], viewCase(ports)),
  httpStack(routes["list-cluster"], listCluster(ports)),
);
