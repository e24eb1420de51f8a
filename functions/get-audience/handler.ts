import { routes } from "../../shared/contracts/routes.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { audienceStates } from "../../shared/store/audience-states.ts";
import { audienceVerdictStore } from "../../shared/store/audience-verdicts.ts";
import { countedStates } from "../../shared/store/counted-states.ts";
import { documentClient } from "../../shared/store/table.ts";
import { viewAudience } from "./view-audience.ts";

const { TABLE_VERDICTS: verdicts, TABLE_SIGNALS: signals } = readConfig(["TABLE_VERDICTS", "TABLE_SIGNALS"]);
const client = documentClient();

export const handler = httpStack(
  routes["get-audience"],
  viewAudience(
    audienceVerdictStore({ client, name: verdicts }),
    audienceStates(countedStates({ client, name: signals })),
  ),
);
