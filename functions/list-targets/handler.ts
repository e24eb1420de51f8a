import { routes } from "../../shared/contracts/routes.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpRoutes } from "../../shared/runtime/http-routes.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { audienceVerdictStore } from "../../shared/store/audience-verdicts.ts";
import { caseStore } from "../../shared/store/cases.ts";
import { countedStates } from "../../shared/store/counted-states.ts";
import { decisionJournal } from "../../shared/store/decision-journal.ts";
import { reviewSignals } from "../../shared/store/review-signals.ts";
import { routingStore } from "../../shared/store/routings.ts";
import { documentClient } from "../../shared/store/table.ts";
import { textBandStore } from "../../shared/store/text-bands.ts";
import { waitingCases } from "../../shared/store/waiting-cases.ts";
import { listAudiences } from "./list-audiences.ts";
import { listTargets } from "./list-targets.ts";

const config = readConfig(["TABLE_CASES", "TABLE_DIRECTORY", "TABLE_SIGNALS", "TABLE_VERDICTS"]);
const client = documentClient();
const table = { client, name: config.TABLE_CASES };
const signals = { client, name: config.TABLE_SIGNALS };
const ports = {
  waiting: waitingCases(table),
  routings: routingStore({ client, name: config.TABLE_DIRECTORY }),
  journal: decisionJournal(table),
  cases: caseStore(table),
  signals: reviewSignals(countedStates(signals), textBandStore(signals)),
  audiences: audienceVerdictStore({ client, name: config.TABLE_VERDICTS }),
};

export const handler = httpRoutes(
  httpStack(routes["list-targets"], listTargets(ports)),
  httpStack(routes["list-audiences"], listAudiences(ports)),
);
