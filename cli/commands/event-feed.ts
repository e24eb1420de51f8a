import type * as z from "zod";
import { routes } from "../../shared/contracts/routes.ts";
import { FLOW_KINDS } from "../../shared/domain/breaker.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { CommandFailed, defineCommand, EXIT } from "../command.ts";
import { print } from "../print.ts";

const NAME = "events feed";
/** In the place of kinds. */
const NONE = "none";

type Feed = z.infer<(typeof routes)["get-event-feed"]["answer"]["schema"]>;

const inWords = new Intl.ListFormat("en", { type: "conjunction" });

function standing({ enabled, allowed }: Feed): string {
  if (!enabled) return "the feed of events is off";
  const kinds = allowed.map((kind) => `${kind}s`);
  return `the feed of events is on; of what was allowed it holds ${kinds.length === 0 ? "nothing" : inWords.format(kinds)}`;
}

function enabledOf(word: string): boolean {
  const said = word.toLowerCase();
  if (said !== "on" && said !== "off")
    throw new CommandFailed(`${NAME}: say \`on\` or \`off\`, or nothing to see how it stands`);
  return said === "on";
}

function kindsOf(written: string | undefined): readonly string[] | undefined {
  if (written === undefined) return undefined;
  const kinds = written === NONE ? [] : written.split(",").map((one) => one.trim());
  if (!kinds.every((one) => FLOW_KINDS.some((known) => known === one)))
    throw new CommandFailed(
      `${NAME}: --allowed takes one or several of: ${FLOW_KINDS.join(", ")}; with commas between, or ${NONE}`,
    );
  return kinds;
}

export const eventFeed = defineCommand({
  words: ["events", "feed"],
  summary: "Turn the feed of events on or off (an admin's key), or say how it stands.",
  arguments: ["[ON|OFF]"],
  options: {
    allowed: {
      type: "string",
      value: "A,B",
      about: `with on: kinds of which it also holds verdicts that allowed, of ${FLOW_KINDS.join(", ")}, or ${NONE}`,
    },
    ...API_OPTIONS,
  },
  async run([word], { allowed, json, ...api }) {
    const kinds = kindsOf(allowed);
    if (word === undefined && kinds !== undefined)
      throw new CommandFailed(`${NAME}: --allowed is set together with \`on\` or \`off\``);
    const enabled = word === undefined ? undefined : enabledOf(word);
    const access = connect(api, "admin");
    const feed =
      enabled === undefined
        ? await callApi(access, routes["get-event-feed"])
        : await callApi(access, routes["set-event-feed"], { body: { enabled, allowed: kinds } });
    print(json, feed, [standing(feed)]);
    return EXIT.ok;
  },
});
