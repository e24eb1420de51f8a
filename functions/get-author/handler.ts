import { routes } from "../../shared/contracts/routes.ts";
import { systemClock } from "../../shared/runtime/clock.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpRoutes } from "../../shared/runtime/http-routes.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { keysByKms } from "../../shared/runtime/tenant-context.ts";
import { audienceVerdictStore } from "../../shared/store/audience-verdicts.ts";
import { auditStore } from "../../shared/store/audit.ts";
import { authorStore } from "../../shared/store/authors.ts";
import { caseStore } from "../../shared/store/cases.ts";
import { countedStates } from "../../shared/store/counted-states.ts";
import { reviewSignals } from "../../shared/store/review-signals.ts";
import { documentClient } from "../../shared/store/table.ts";
import { textBandStore } from "../../shared/store/text-bands.ts";
import { verdictStore } from "../../shared/store/verdicts.ts";
import { search } from "./search.ts";
import { viewAuthor } from "./view-author.ts";

const config = readConfig([
  "TABLE_VERDICTS",
  "TABLE_CASES",
  "TABLE_SIGNALS",
  "TABLE_AUTHORS",
  "TABLE_DIRECTORY",
  "KEY_CONTENT",
]);
const client = documentClient();
const verdicts = { client, name: config.TABLE_VERDICTS };
const table = { client, name: config.TABLE_CASES };
const signals = { client, name: config.TABLE_SIGNALS };
const ports = {
  verdicts: verdictStore(verdicts),
  audiences: audienceVerdictStore(verdicts),
  signals: reviewSignals(countedStates(signals), textBandStore(signals)),
  authors: authorStore({ client, name: config.TABLE_AUTHORS }),
  cases: caseStore(table),
  audit: auditStore(table),
  keys: keysByKms({ client, name: config.TABLE_DIRECTORY }, config.KEY_CONTENT, systemClock),
};

export const handler = httpRoutes(
  httpStack(routes["get-author"], viewAuthor(ports)),
  httpStack(routes.search, search(ports)),
);
