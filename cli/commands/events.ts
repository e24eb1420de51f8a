import { setTimeout as wait } from "node:timers/promises";
import { routes } from "../../shared/contracts/routes.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { CommandFailed, defineCommand, EXIT } from "../command.ts";
import { countOf } from "../count.ts";
import { timeOf } from "../time-window.ts";

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
      value: "WHEN",
      about: "from then on: 12h, 90m, or a time; at most 7d back (without it and --after: a day)",
    },
    limit: { type: "string", value: "N", about: "at most about N", default: "1000" },
    follow: { type: "boolean", about: "wait for more, until Ctrl-C" },
    ...API_OPTIONS,
  },
  about: ["An event can come twice: its id tells. Where it ended is printed to the standard error output."],
  async run(_, { after, since, limit, follow, json: _json, ...api }) {
    const most = follow ? Number.POSITIVE_INFINITY : (countOf("events", "limit", limit) ?? 0);
    if (after !== undefined && since !== undefined) throw new CommandFailed("events: say either --after or --since");
    const from = since && timeOf("events", "since", since, new Date());
    const access = connect(api, "platform");
    let place: { after?: string; since?: string } = after === undefined ? (from ? { since: from } : {}) : { after };
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
