import { routes } from "../../shared/contracts/routes.ts";
import { DELIVERY_STATES } from "../../shared/domain/delivery.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, type ApiAccess, connect } from "../api/connect.ts";
import { CommandFailed, defineCommand, EXIT } from "../command.ts";
import { liveLine } from "../live-line.ts";
import { print } from "../print.ts";
import { counted } from "../progress-line.ts";
import { windowOf } from "../time-window.ts";
import { deliveryLines } from "../views/delivery-view.ts";

const NAME = "deliveries replay";
/** What waits is tried by itself. */
const REPLAYABLE = DELIVERY_STATES.filter((state) => state !== "waiting");

function statesOf(written: string | undefined): readonly string[] | undefined {
  const states = written?.split(",").map((one) => one.trim());
  if (states?.every((one) => REPLAYABLE.some((known) => known === one)) === false)
    throw new CommandFailed(`${NAME}: --state takes one or several of: ${REPLAYABLE.join(", ")}; with commas between`);
  return states;
}

interface Window {
  readonly id: string;
  readonly since: string;
  readonly until: string;
  readonly states: readonly string[] | undefined;
}

/** Replays a window page by page, newest first. @returns how many are on their way again */
async function replayWindow(access: ApiAccess, { id, ...body }: Window): Promise<number> {
  const live = liveLine(process.stderr);
  let replayed = 0;
  let cursor: string | undefined;
  try {
    do {
      const page = await callApi(access, routes["replay-deliveries"], { params: { id }, body: { ...body, cursor } });
      replayed += page.replayed;
      cursor = page.cursor;
      live.show(`${counted(replayed, "delivery", "deliveries")} on their way again`);
    } while (cursor !== undefined);
  } catch (error) {
    if (!(error instanceof CommandFailed) || replayed === 0) throw error;
    const done = counted(replayed, "delivery", "deliveries");
    throw new CommandFailed(
      `${error.message} ${done} went before that; what is left, the same command sends`,
      error.exitCode,
    );
  } finally {
    live.clear();
  }
  return replayed;
}

export const replayDeliveries = defineCommand({
  words: ["deliveries", "replay"],
  summary: "Send a delivery again, or what failed for a subscription in a window of time.",
  arguments: ["[ID]"],
  options: {
    subscription: { type: "string", value: "ID", about: "instead of one delivery: those of this subscription" },
    since: { type: "string", value: "WHEN", about: "with --subscription: made from then on: 30d, 12h, 90m, or a time" },
    until: { type: "string", value: "WHEN", about: "with --subscription: made before then (default now)" },
    state: {
      type: "string",
      value: "A,B",
      about: `with --subscription: in these states, of ${REPLAYABLE.join(", ")} (default failed,cancelled)`,
    },
    ...API_OPTIONS,
  },
  about: [
    "Each comes under the `webhook-id` that it had, with ten new attempts: a receiver that keeps ids drops what it has. " +
      "Replays go by a queue of their own, so that nothing new waits for them. Enable a paused subscription first.",
  ],
  async run([id], { subscription, since, until, state, json, ...api }) {
    const isWindow = [subscription, since, until, state].some((given) => given !== undefined);
    if (id !== undefined && isWindow)
      throw new CommandFailed(`${NAME}: say either one delivery's ID or --subscription with --since`);
    if (id === undefined && subscription === undefined)
      throw new CommandFailed(`${NAME}: say which delivery, or --subscription ID with --since WHEN`);
    if (id !== undefined) {
      const made = await callApi(connect(api, "admin"), routes["replay-delivery"], { params: { id }, body: {} });
      print(json, made, deliveryLines(made));
      return EXIT.ok;
    }
    const now = new Date();
    const states = statesOf(state);
    // What happens from now on is not part of it, however many pages it takes.
    const window = { until: now.toISOString(), ...windowOf(NAME, { since, until }, now) };
    const replayed = await replayWindow(connect(api, "admin"), { id: subscription ?? "", ...window, states });
    print(json, { replayed }, [
      replayed === 0
        ? `nothing in that window is ${(states ?? ["failed", "cancelled"]).join(" or ")}`
        : `${counted(replayed, "delivery is", "deliveries are")} on ${replayed === 1 ? "its" : "their"} way again`,
    ]);
    return EXIT.ok;
  },
});
