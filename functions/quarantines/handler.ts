import { routes } from "../../shared/contracts/routes.ts";
import { snsClient, topic } from "../../shared/queue/topic.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpRoutes } from "../../shared/runtime/http-routes.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { breakerStates } from "../../shared/store/breaker-states.ts";
import { documentClient } from "../../shared/store/table.ts";
import { listQuarantines } from "./list-quarantines.ts";
import { resetQuarantine } from "./reset-quarantine.ts";

const config = readConfig(["TABLE_SIGNALS", "TOPIC_EVENTS"]);
const breakers = breakerStates({ client: documentClient(), name: config.TABLE_SIGNALS });
const events = topic(snsClient(), config.TOPIC_EVENTS);

export const handler = httpRoutes(
  httpStack(routes["list-quarantines"], listQuarantines({ breakers })),
  httpStack(routes["reset-quarantine"], resetQuarantine({ breakers, events })),
);
