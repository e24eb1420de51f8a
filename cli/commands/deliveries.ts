import type { DeliveryView } from "../../shared/contracts/delivery-routes.ts";
import { routes } from "../../shared/contracts/routes.ts";
import { DELIVERY_STATES } from "../../shared/domain/delivery.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { defineCommand, EXIT } from "../command.ts";
import { countOf } from "../count.ts";
import { print } from "../print.ts";
import { timeOf } from "../time-window.ts";
import { DELIVERY_HEADING, deliveryLines, deliveryRow } from "../views/delivery-view.ts";
import { table } from "../views/table.ts";

/** Deliveries in one answer of the API. */
const PAGE = 100;
const NAME = "deliveries list";

export const listDeliveries = defineCommand({
  words: ["deliveries", "list"],
  summary: "Show what was sent to a subscription in the last 30 days, the newest first.",
  arguments: ["SUBSCRIPTION"],
  options: {
    state: { type: "string", value: "STATE", about: "only those", choices: DELIVERY_STATES },
    since: { type: "string", value: "WHEN", about: "made from then on: 30d, 12h, 90m, or a time" },
    until: { type: "string", value: "WHEN", about: "made before then" },
    limit: { type: "string", value: "N", about: "at most N", default: "50" },
    ...API_OPTIONS,
  },
  about: ["`deliveries show ID` says of one how each attempt went, and how to mend it."],
  async run([id = ""], { state, since, until, limit, json, ...api }) {
    const most = countOf(NAME, "limit", limit) ?? 0;
    const now = new Date();
    const asked = {
      state,
      since: since && timeOf(NAME, "since", since, now),
      until: until && timeOf(NAME, "until", until, now),
    };
    const access = connect(api, "admin");
    const found: DeliveryView[] = [];
    let cursor: string | undefined;
    do {
      const page = await callApi(access, routes["list-deliveries"], {
        params: { id },
        query: { ...asked, cursor, limit: String(Math.min(PAGE, most - found.length)) },
      });
      found.push(...page.deliveries);
      cursor = page.cursor;
    } while (cursor !== undefined && found.length < most);
    const lines = found.length === 0 ? ["no deliveries"] : table(DELIVERY_HEADING, found.map(deliveryRow));
    const more =
      cursor === undefined ? [] : ["there may be more: ask with a greater --limit, or --until the last one's time"];
    print(json, { deliveries: found, ...(cursor ? { cursor } : {}) }, [...lines, ...more]);
    return EXIT.ok;
  },
});

export const showDelivery = defineCommand({
  words: ["deliveries", "show"],
  summary: "Show one delivery with each attempt, why it failed, and how to mend it.",
  arguments: ["ID"],
  options: API_OPTIONS,
  async run([id = ""], { json, ...api }) {
    const found = await callApi(connect(api, "admin"), routes["get-delivery"], { params: { id } });
    print(json, found, deliveryLines(found));
    return EXIT.ok;
  },
});
