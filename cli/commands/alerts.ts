import type { AlertView } from "../../shared/contracts/alert-routes.ts";
import { routes } from "../../shared/contracts/routes.ts";
import { PLACES } from "../../shared/domain/alert-place.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { defineCommand, EXIT } from "../command.ts";
import { countOf } from "../count.ts";
import { print } from "../print.ts";
import { alertLines, alertRow } from "../views/alert-view.ts";
import { table } from "../views/table.ts";

/** Alerts in one answer of the API. */
const PAGE = 100;

export const listAlerts = defineCommand({
  words: ["alerts"],
  summary: "Show the inbox: what subscriptions gave alerts of, the newest first.",
  arguments: [],
  options: {
    subscription: { type: "string", value: "ID", about: "of this subscription" },
    place: { type: "string", value: "PLACE", about: "from this place of the flow", choices: PLACES },
    label: { type: "string", value: "LABEL", about: "with this label among them" },
    brand: { type: "string", value: "BRAND", about: "of this brand" },
    state: { type: "string", value: "STATE", about: "only those", choices: ["open", "ended"] },
    waiting: { type: "boolean", about: "only what must be acknowledged and nobody has, of whatever age" },
    days: { type: "string", value: "N", about: "of the last N days, at most 31", default: "7" },
    limit: { type: "string", value: "N", about: "at most N", default: "50" },
    ...API_OPTIONS,
  },
  async run(_, { subscription, place, label, brand, state, waiting, days, limit, json, ...api }) {
    const most = countOf("alerts", "limit", limit) ?? 0;
    const access = connect(api, "moderator");
    const found: AlertView[] = [];
    let cursor: string | undefined;
    do {
      const asked = { subscription, place, label, brand, state, days, duty: waiting ? "waiting" : undefined };
      const page = await callApi(access, routes["list-alerts"], {
        query: { ...asked, cursor, limit: String(Math.min(PAGE, most - found.length)) },
      });
      found.push(...page.alerts);
      cursor = page.cursor;
    } while (cursor !== undefined && found.length < most);
    const rows = found.map(alertRow);
    const lines = rows.length === 0 ? ["no alerts"] : table(["began (UTC)", "alert", "state", "what"], rows);
    print(json, { alerts: found, ...(cursor ? { cursor } : {}) }, lines);
    return EXIT.ok;
  },
});

export const showAlert = defineCommand({
  words: ["alerts", "show"],
  summary: "Show one alert, its items and its record.",
  arguments: ["ALERT"],
  options: API_OPTIONS,
  async run([id = ""], { json, ...api }) {
    const found = await callApi(connect(api, "moderator"), routes["get-alert"], { params: { id } });
    print(json, found, alertLines(found));
    return EXIT.ok;
  },
});

export const acknowledgeAlert = defineCommand({
  words: ["alerts", "acknowledge"],
  summary: "Say that you have seen an alert and see to it.",
  arguments: ["ALERT"],
  options: API_OPTIONS,
  async run([id = ""], { json, ...api }) {
    const access = connect(api, "moderator");
    const found = await callApi(access, routes["acknowledge-alert"], { params: { id }, body: {} });
    const { by = "", at = "" } = found.acknowledged ?? {};
    print(json, found, [`acknowledged by ${by} at ${at}`]);
    return EXIT.ok;
  },
});
