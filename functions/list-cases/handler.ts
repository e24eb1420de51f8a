import { routes } from "../../shared/contracts/routes.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { caseStore } from "../../shared/store/cases.ts";
import { documentClient } from "../../shared/store/table.ts";
import { listOpenCases } from "./list-open-cases.ts";

const { TABLE_CASES } = readConfig(["TABLE_CASES"]);

export const handler = httpStack(
  routes["list-cases"],
  listOpenCases(caseStore({ client: documentClient(), name: TABLE_CASES })),
);
