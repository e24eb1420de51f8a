import { routes } from "../../shared/contracts/routes.ts";
import { authorKeys } from "../../shared/keys/author-keys.ts";
import { systemClock } from "../../shared/runtime/clock.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { keysByKms } from "../../shared/runtime/tenant-context.ts";
import { audienceStates } from "../../shared/store/audience-states.ts";
import { audienceVerdictStore } from "../../shared/store/audience-verdicts.ts";
import { auditStore } from "../../shared/store/audit.ts";
import { authorStore } from "../../shared/store/authors.ts";
import { caseNoteStore } from "../../shared/store/case-notes.ts";
import { caseStore } from "../../shared/store/cases.ts";
import { clusterStore } from "../../shared/store/clusters.ts";
import { contentStore } from "../../shared/store/contents.ts";
import { countedStates } from "../../shared/store/counted-states.ts";
import { depthStore } from "../../shared/store/depths.ts";
import { sharedCohorts } from "../../shared/store/shared-cohorts.ts";
import { documentClient } from "../../shared/store/table.ts";
import { verdictStore } from "../../shared/store/verdicts.ts";
import { forgetAuthor } from "./forget-author.ts";

const config = readConfig([
  "TABLE_VERDICTS",
  "TABLE_CONTENT",
  "TABLE_CASES",
  "TABLE_SIGNALS",
  "TABLE_AUTHORS",
  "TABLE_DIRECTORY",
  "KEY_CONTENT",
]);
const client = documentClient();
const table = { client, name: config.TABLE_CASES };
const authors = authorStore({ client, name: config.TABLE_AUTHORS });
const keys = keysByKms({ client, name: config.TABLE_DIRECTORY }, config.KEY_CONTENT, systemClock);
const verdicts = { client, name: config.TABLE_VERDICTS };
const signals = { client, name: config.TABLE_SIGNALS };
const states = countedStates(signals);

export const handler = httpStack(
  routes["erase-author"],
  forgetAuthor({
    authors,
    verdicts: verdictStore(verdicts),
    contents: contentStore({ client, name: config.TABLE_CONTENT }, authorKeys(authors, keys), keys),
    states,
    followings: audienceStates(states),
    cohorts: sharedCohorts(signals),
    cases: caseStore(table),
    clusters: clusterStore(table),
    notes: caseNoteStore(table),
    audit: auditStore(table),
    depths: depthStore(table),
    audiences: audienceVerdictStore(verdicts),
    keys,
  }),
);
