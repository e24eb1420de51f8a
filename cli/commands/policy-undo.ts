import { routes } from "../../shared/contracts/routes.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { CommandFailed, defineCommand, EXIT } from "../command.ts";
import { NOTE_OPTION, needNote } from "../policy/version-option.ts";
import { stalledLine, waitForJob } from "../policy/wait-for-job.ts";
import { WINDOW_OPTIONS } from "../policy/window-options.ts";
import { print } from "../print.ts";
import { windowOf } from "../time-window.ts";
import { type Undo, undoLines, undoTable } from "../views/undo-view.ts";

const NAME = "policy undo";

interface Named {
  readonly rule: string | undefined;
  readonly policy: string | undefined;
  readonly label: string | undefined;
  readonly model: string | undefined;
}

function causeOf({ rule, policy, label, model }: Named) {
  const [, id, version] = /^([a-z0-9-]{1,40})(?:@([1-9]\d{0,7}))?$/.exec(policy ?? "") ?? [];
  if (policy !== undefined && id === undefined)
    throw new CommandFailed(`${NAME}: --policy takes ID or ID@VERSION, such as house-rules@3`);
  return {
    ...(rule === undefined ? {} : { rule }),
    ...(id === undefined ? {} : { policy: { id, ...(version === undefined ? {} : { version: Number(version) }) } }),
    ...(label === undefined ? {} : { label }),
    ...(model === undefined ? {} : { model }),
  };
}

export const undoCause = defineCommand({
  words: ["policy", "undo"],
  summary: "Find every verdict that rests on a rule, label or analyzer that was wrong, and take it back.",
  arguments: [],
  options: {
    rule: { type: "string", value: "NAME", about: "verdicts that this rule decided" },
    policy: {
      type: "string",
      value: "ID[@VERSION]",
      about: "of this policy only; without --rule: whatever it decided",
    },
    label: { type: "string", value: "LABEL", about: "verdicts that would be milder without this label" },
    model: {
      type: "string",
      value: "S@V",
      about: "verdicts that would be milder without what this analyzer's version found",
    },
    ...WINDOW_OPTIONS,
    "dry-run": { type: "boolean", about: "find and count them; nothing changes" },
    run: { type: "string", value: "ID", about: "take back what this dry run found" },
    note: { ...NOTE_OPTION.note, about: "why, with --run; needed" },
    "no-wait": { type: "boolean", about: "print its id at once instead of waiting" },
    id: { type: "string", value: "ID", about: "look at this undo again" },
    cancel: { type: "boolean", about: "with --id: stop it; what is taken back stays so" },
    resume: { type: "boolean", about: "with --id: let a cancelled or stalled one go on" },
    ...API_OPTIONS,
  },
  about: [
    "First a dry run, then --run with its id: that does what the dry run showed and nothing else. Open cases are closed as " +
      "overturned (or stay open with a milder action, where another rule still asks for a person), platforms are told " +
      "through the topic `decisions`, and what a person decided stays. There is no undo of an undo. Without options, lists " +
      "the undos of the last 30 days.",
  ],
  async run(_, { rule, policy, label, model, since, until, run, note, id, cancel, resume, json, ...rest }) {
    const { "dry-run": dryRun, "no-wait": noWait, ...api } = rest;
    const access = connect(api, "admin");
    const ask = (of: string): Promise<Undo> => callApi(access, routes["get-undo"], { params: { id: of } });
    const stop = (of: string) => callApi(access, routes["cancel-undo"], { params: { id: of }, body: {} });
    const show = (view: Undo): number => {
      print(json, view, view.state === "stalled" ? [...undoLines(view), stalledLine(view)] : undoLines(view));
      return EXIT.ok;
    };
    const finish = async (begun: Undo): Promise<number> => {
      const again = `${NAME} --id ${begun.id}`;
      if (noWait) {
        print(json, begun, [`${begun.id}; \`${again}\` shows it`]);
        return EXIT.ok;
      }
      const over = await waitForJob(NAME, begun, { ask: () => ask(begun.id), cancel: () => stop(begun.id), again });
      return show(over.result ? over : await ask(begun.id));
    };
    if (id !== undefined) {
      if (cancel) return show(await stop(id));
      if (resume) return finish(await callApi(access, routes["resume-undo"], { params: { id }, body: {} }));
      return show(await ask(id));
    }
    if (cancel || resume) throw new CommandFailed(`${NAME}: say which with --id ID`);
    if (run !== undefined) {
      if (dryRun) throw new CommandFailed(`${NAME}: either --dry-run or --run ID`);
      const body = { dryRun: false, of: run, note: needNote(NAME, note) };
      return finish(await callApi(access, routes["start-undo"], { body }));
    }
    const cause = causeOf({ rule, policy, label, model });
    if (Object.keys(cause).length === 0) {
      const { undos } = await callApi(access, routes["list-undos"], { query: {} });
      print(json, { undos }, undoTable(undos));
      return EXIT.ok;
    }
    if (!dryRun) throw new CommandFailed(`${NAME}: first look at what it would do with --dry-run, then --run its id`);
    const body = { dryRun: true, cause, ...windowOf(NAME, { since, until }, new Date()) };
    return finish(await callApi(access, routes["start-undo"], { body }));
  },
});
