import { routes } from "../../shared/contracts/routes.ts";
import { REOPEN_REASONS } from "../../shared/domain/case.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { CommandFailed, defineCommand, EXIT } from "../command.ts";
import { print } from "../print.ts";

export const undo = defineCommand({
  words: ["undo"],
  summary: "Take back the decision of a case, within ten minutes.",
  arguments: ["CASE"],
  options: API_OPTIONS,
  about: ["Your own; with a lead's key anybody's. Whoever was told of the decision is told that it no longer holds."],
  async run([id = ""], { json, ...api }) {
    const access = connect(api, "moderator");
    const seen = await callApi(access, routes["get-case"], { params: { id } });
    const standing = seen.decision ?? seen.escalation;
    if (!standing) throw new CommandFailed("undo: nobody has decided this case", EXIT.refused);
    const body = { decision: standing.id };
    const undone = await callApi(access, routes["undo-decision"], { params: { id }, body });
    print(json, undone, [`undone ${undone.id}: it waits in ${undone.queue} again`]);
    return EXIT.ok;
  },
});

export const reopen = defineCommand({
  words: ["reopen"],
  summary: "Open a decided case again, for a reason. Needs a senior's or a lead's key.",
  arguments: ["CASE"],
  options: {
    reason: { type: "string", value: "REASON", about: "why", choices: REOPEN_REASONS },
    ...API_OPTIONS,
  },
  async run([id = ""], { reason, json, ...api }) {
    if (reason === undefined)
      throw new CommandFailed(`reopen: say why with --reason, one of: ${REOPEN_REASONS.join(", ")}`);
    const access = connect(api, "lead");
    const seen = await callApi(access, routes["get-case"], { params: { id } });
    const body = { reason, version: seen.version };
    const open = await callApi(access, routes["reopen-case"], { params: { id }, body });
    print(json, open, [`reopened ${open.id}: it waits in ${open.queue} again`]);
    return EXIT.ok;
  },
});
