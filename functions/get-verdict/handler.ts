import { routes } from "../../shared/contracts/routes.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { documentClient } from "../../shared/store/table.ts";
import { verdictStore } from "../../shared/store/verdicts.ts";
import { findVerdicts } from "./find-verdicts.ts";

const { TABLE_VERDICTS } = readConfig(["TABLE_VERDICTS"]);

export const handler = httpStack(
  routes["get-verdict"],
  findVerdicts(verdictStore({ client: documentClient(), name: TABLE_VERDICTS })),
);
