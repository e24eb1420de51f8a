import { routes } from "../../shared/contracts/routes.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, type ApiAccess, connect } from "../api/connect.ts";
import { CommandFailed, defineCommand, EXIT } from "../command.ts";
import { checkedPolicy } from "../policy/checked-policy.ts";
import { stalledLine, waitForJob } from "../policy/wait-for-job.ts";
import { WINDOW_OPTIONS } from "../policy/window-options.ts";
import { print } from "../print.ts";
import { windowOf } from "../time-window.ts";
import { type Backtest, backtestLines, backtestTable } from "../views/backtest-view.ts";

const NAME = "policy backtest";

/** `house-rules@3` is a saved version; everything else is a file. */
async function candidateOf(access: ApiAccess, given: string, json: boolean) {
  const [, id, version] = /^([a-z0-9-]{1,40})@([1-9]\d{0,7})$/.exec(given) ?? [];
  if (id !== undefined) return { policy: { id, version: Number(version) } };
  const { document } = await checkedPolicy(access, given, { command: NAME, undone: "nothing was tried", json });
  return { document };
}

const minutesOf = (given: string): string => {
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(given))
    throw new CommandFailed(`${NAME}: --minutes-per-case takes minutes such as 1.5`);
  return given;
};

export const backtestPolicy = defineCommand({
  words: ["policy", "backtest"],
  summary: "Say what a candidate policy would have done with the verdicts of the last days.",
  arguments: ["[CANDIDATE]"],
  options: {
    ...WINDOW_OPTIONS,
    "minutes-per-case": {
      type: "string",
      value: "N",
      about: "minutes that a moderator needs for a case",
      default: "1",
    },
    "no-wait": { type: "boolean", about: "print its id at once instead of waiting for the report" },
    id: { type: "string", value: "ID", about: "look at this backtest again" },
    cancel: { type: "boolean", about: "with --id: stop it" },
    resume: { type: "boolean", about: "with --id: let a cancelled or stalled one go on" },
    ...API_OPTIONS,
  },
  about: [
    "CANDIDATE is a file (YAML or JSON), or ID@VERSION of a saved version. Stored verdicts are evaluated again by what is " +
      "active now and by the same with the candidate in its place; nothing is scored again and nothing changes. Without " +
      "CANDIDATE and --id, lists the backtests of the last 30 days. Ctrl-C cancels.",
  ],
  async run([candidate], { since, until, id, cancel, resume, json, ...rest }) {
    const { "minutes-per-case": minutes, "no-wait": noWait, ...api } = rest;
    const query = { minutesPerCase: minutesOf(minutes) };
    const access = connect(api, "admin");
    const ask = (of: string): Promise<Backtest> =>
      callApi(access, routes["get-backtest"], { params: { id: of }, query });
    const stop = (of: string) => callApi(access, routes["cancel-backtest"], { params: { id: of }, body: {} });
    const show = (view: Backtest): number => {
      print(json, view, view.state === "stalled" ? [...backtestLines(view), stalledLine(view)] : backtestLines(view));
      return EXIT.ok;
    };
    const finish = async (begun: Backtest): Promise<number> => {
      const again = `${NAME} --id ${begun.id}`;
      if (noWait) {
        print(json, begun, [`${begun.id}; \`${again}\` shows it`]);
        return EXIT.ok;
      }
      const over = await waitForJob(NAME, begun, { ask: () => ask(begun.id), cancel: () => stop(begun.id), again });
      return show(over.report ? over : await ask(begun.id));
    };
    if (id !== undefined) {
      if (cancel) return show(await stop(id));
      if (resume) return finish(await callApi(access, routes["resume-backtest"], { params: { id }, body: {} }));
      return show(await ask(id));
    }
    if (cancel || resume) throw new CommandFailed(`${NAME}: say which with --id ID`);
    if (candidate === undefined) {
      const { backtests } = await callApi(access, routes["list-backtests"], { query: {} });
      print(json, { backtests }, backtestTable(backtests));
      return EXIT.ok;
    }
    const window = windowOf(NAME, { since, until }, new Date());
    const body = { ...(await candidateOf(access, candidate, json)), ...window };
    return finish(await callApi(access, routes["start-backtest"], { body }));
  },
});
