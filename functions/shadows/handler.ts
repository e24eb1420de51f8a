import { routes } from "../../shared/contracts/routes.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpRoutes } from "../../shared/runtime/http-routes.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { audienceVerdictStore } from "../../shared/store/audience-verdicts.ts";
import { policyStore } from "../../shared/store/policies.ts";
import { shadowDifferenceStore } from "../../shared/store/shadow-differences.ts";
import { documentClient } from "../../shared/store/table.ts";
import { verdictStore } from "../../shared/store/verdicts.ts";
import { reportShadow } from "./report-shadow.ts";

const config = readConfig(["TABLE_DIRECTORY", "TABLE_VERDICTS", "TABLE_SIGNALS"]);
const client = documentClient();
const verdicts = { client, name: config.TABLE_VERDICTS };

export const handler = httpRoutes(
  httpStack(
    routes["get-shadow"],
    reportShadow({
      policies: policyStore({ client, name: config.TABLE_DIRECTORY }),
      shadows: shadowDifferenceStore(verdicts, { client, name: config.TABLE_SIGNALS }),
      verdicts: verdictStore(verdicts),
      audiences: audienceVerdictStore(verdicts),
    }),
  ),
);
