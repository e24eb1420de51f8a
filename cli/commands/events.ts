import { setTimeout as wait } from "node:timers/promises";
import { routes } from "../../shared/contracts/routes.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { CommandFailed, defineCommand, EXIT } from "../command.ts";
import { countOf } from "../count.ts";
import { print } from "../print.ts";

/** Events in one answer of the API. */
const PAGE = 200;
const PAUSE_MS = 2_000;

export const events = defineCommand({
  words: ["events"],
  summary: "Print the feed of events, one JSON object a line, oldest first.",
  arguments: [],
  options: {
    after: { type: "string", value: "AFTER", about: "go on where an earlier run ended (its last line says where)" },
    since: {
      type: "string",
      value: "TIME",
      about: "from this time on, such as 2026-11-22T08:00:00Z; else from a day ago",
    },
    limit: { type: "string", value: "N", about: "at most about N", default: "1000" },
    follow: { type: "boolean", about: "wait for more, until Ctrl-C" },
    ...API_OPTIONS,
  },
  about: ["An event can come twice: its id tells. Where it ended is printed to the standard error output."],
  async run(_, { after, since, limit, follow, json: _json, ...api }) {
    const most = follow ? Number.POSITIVE_INFINITY : (countOf("events", "limit", limit) ?? 0);
    const access = connect(api, "platform");
    let place = after === undefined ? (since === undefined ? {} : { since }) : { after };
    for (let printed = 0; ; ) {
      const query = { ...place, limit: String(Math.min(PAGE, Math.max(1, most - printed))) };
      const page = await callApi(access, routes["list-events"], { query });
      for (const event of page.events) process.stdout.write(`${JSON.stringify(event)}\n`);
      printed += page.events.length;
      place = { after: page.after };
      if (printed >= most || !(page.more || follow)) {
        process.stderr.write(`--after ${page.after}\n`);
        return EXIT.ok;
      }
      if (!page.more) await wait(PAUSE_MS);
    }
  },
});

export const setFeed = defineCommand({
  words: ["events", "feed"],
  summary: "Turn the feed of events on or off. Needs an admin's key.",
  arguments: ["ON|OFF"],
  options: API_OPTIONS,
  async run([word = ""], { json, ...api }) {
    const enabled = new Map([
      ["on", true],
      ["off", false],
    ]).get(word.toLowerCase());
    if (enabled === undefined) throw new CommandFailed("events feed: say `on` or `off`");
    const made = await callApi(connect(api, "admin"), routes["set-event-feed"], { body: { enabled } });
    print(json, made, [`the feed of events is ${made.enabled ? "on" : "off"}`]);
    return EXIT.ok;
  },
});
