import { routes } from "../../shared/contracts/routes.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { defineCommand, EXIT } from "../command.ts";
import { standingLine } from "../policy/policy-view.ts";
import { NOTE_OPTION, needNote } from "../policy/version-option.ts";
import { print } from "../print.ts";

export const rollBackPolicy = defineCommand({
  words: ["policy", "rollback"],
  summary: "Go back to the version of a policy that was active before; everywhere within a minute.",
  arguments: ["ID"],
  options: { ...NOTE_OPTION, ...API_OPTIONS },
  about: [
    "One step each time: the version before, and before the first one none. A rollback never leads forward again; " +
      "activate the version for that. A deactivation is rolled back to what was active.",
  ],
  async run([id = ""], { note, json, ...api }) {
    const body = { note: needNote("policy rollback", note) };
    const made = await callApi(connect(api, "admin"), routes["roll-back-policy"], { params: { id }, body });
    print(json, made, [standingLine(made)]);
    return EXIT.ok;
  },
});

export const deactivatePolicy = defineCommand({
  words: ["policy", "deactivate"],
  summary: "End a policy: its items fall to what it inherits from.",
  arguments: ["ID"],
  options: { ...NOTE_OPTION, ...API_OPTIONS },
  async run([id = ""], { note, json, ...api }) {
    const body = { note: needNote("policy deactivate", note) };
    const made = await callApi(connect(api, "admin"), routes["deactivate-policy"], { params: { id }, body });
    print(json, made, [standingLine(made)]);
    return EXIT.ok;
  },
});
