import { randomUUID } from "node:crypto";
import { routes } from "../../shared/contracts/routes.ts";
import { DECISION_REASONS } from "../../shared/domain/case.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { CommandFailed, defineCommand, EXIT } from "../command.ts";
import { print } from "../print.ts";

export const decide = defineCommand({
  words: ["decide"],
  summary: "Uphold or overturn what the policy did with a case.",
  arguments: ["CASE", "uphold|overturn"],
  options: {
    reason: {
      type: "string",
      value: "REASON",
      about: "why, as the statement of reasons will say it",
      choices: DECISION_REASONS,
    },
    note: { type: "string", value: "TEXT", about: "a note for other moderators; sealed where it is stored" },
    ...API_OPTIONS,
  },
  about: ["A case that someone else decided first stays as they decided it; the exit code is then 1."],
  async run([id = "", outcome = ""], { reason, note, json, ...api }) {
    if (outcome !== "uphold" && outcome !== "overturn")
      throw new CommandFailed("decide: say uphold or overturn after the case");
    if (reason === undefined)
      throw new CommandFailed(`decide: say why with --reason, one of: ${DECISION_REASONS.join(", ")}`);
    const access = connect(api, "moderator");
    const seen = await callApi(access, routes["get-case"], { params: { id } });
    const body = { id: randomUUID(), outcome, reason, version: seen.version, ...(note === undefined ? {} : { note }) };
    const decided = await callApi(access, routes.decide, { params: { id }, body });
    const done = outcome === "uphold" ? "upheld" : "overturned";
    print(json, decided, [`${done} ${decided.id}: ${decided.decision.reason}`]);
    return EXIT.ok;
  },
});
