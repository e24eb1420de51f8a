import { routes } from "../../shared/contracts/routes.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpRoutes } from "../../shared/runtime/http-routes.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { caseStore } from "../../shared/store/cases.ts";
import { decisionJournal } from "../../shared/store/decision-journal.ts";
import { documentClient } from "../../shared/store/table.ts";
import { listDecisions } from "./list-decisions.ts";
import { listOpenCases } from "./list-open-cases.ts";

const { TABLE_CASES } = readConfig(["TABLE_CASES"]);
const table = { client: documentClient(), name: TABLE_CASES };
const cases = caseStore(table);

export const handler = httpRoutes(
  httpStack(routes["list-cases"], listOpenCases(cases)),
  httpStack(routes["list-decisions"], listDecisions({ cases, journal: decisionJournal(table) })),
);
