import { routes } from "../../shared/contracts/routes.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { defineCommand, EXIT } from "../command.ts";
import { standingLine } from "../policy/policy-view.ts";
import { NOTE_OPTION, needNote, needVersion, VERSION_OPTION } from "../policy/version-option.ts";
import { print } from "../print.ts";

export const activatePolicy = defineCommand({
  words: ["policy", "activate"],
  summary: "Let a saved version of a policy decide; everywhere within a minute.",
  arguments: ["ID"],
  options: { ...VERSION_OPTION, ...NOTE_OPTION, ...API_OPTIONS },
  about: [
    "If another change wins the race, or an active policy that inherits from this one would break, the exit code is 1.",
  ],
  async run([id = ""], { version, note, json, ...api }) {
    const body = { version: needVersion("policy activate", version), note: needNote("policy activate", note) };
    const made = await callApi(connect(api, "admin"), routes["activate-policy"], { params: { id }, body });
    print(json, made, [standingLine(made)]);
    return EXIT.ok;
  },
});
