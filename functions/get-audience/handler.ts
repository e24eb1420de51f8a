import { routes } from "../../shared/contracts/routes.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { audienceVerdictStore } from "../../shared/store/audience-verdicts.ts";
import { documentClient } from "../../shared/store/table.ts";
import { viewAudience } from "./view-audience.ts";

const { TABLE_VERDICTS: name } = readConfig(["TABLE_VERDICTS"]);

export const handler = httpStack(
  routes["get-audience"],
  viewAudience(audienceVerdictStore({ client: documentClient(), name })),
);
