import { routes } from "../../shared/contracts/routes.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpRoutes } from "../../shared/runtime/http-routes.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { auditStore } from "../../shared/store/audit.ts";
import { eventFeed } from "../../shared/store/event-feed.ts";
import { documentClient } from "../../shared/store/table.ts";
import { tenantStore } from "../../shared/store/tenants.ts";
import { getEventFeed } from "./get-event-feed.ts";
import { listEvents } from "./list-events.ts";
import { setEventFeed } from "./set-event-feed.ts";

const { TABLE_DIRECTORY, TABLE_DELIVERIES, TABLE_CASES } = readConfig([
  "TABLE_DIRECTORY",
  "TABLE_DELIVERIES",
  "TABLE_CASES",
]);
const client = documentClient();
const tenants = tenantStore({ client, name: TABLE_DIRECTORY });
const feed = eventFeed({ client, name: TABLE_DELIVERIES });
const audit = auditStore({ client, name: TABLE_CASES });

export const handler = httpRoutes(
  httpStack(routes["list-events"], listEvents({ tenants, feed })),
  httpStack(routes["get-event-feed"], getEventFeed({ tenants })),
  httpStack(routes["set-event-feed"], setEventFeed({ tenants, audit })),
);
