import { routes } from "../../shared/contracts/routes.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { defineCommand, EXIT } from "../command.ts";
import { NOTE_OPTION, needNote } from "../policy/version-option.ts";
import { print } from "../print.ts";
import { quarantineLines } from "../views/quarantine-view.ts";

export const listQuarantines = defineCommand({
  words: ["policy", "quarantines"],
  summary: "List the rules and labels that the flood breaker holds at flag, and what it did lately.",
  arguments: [],
  options: API_OPTIONS,
  async run(_, { json, ...api }) {
    const found = await callApi(connect(api, "admin"), routes["list-quarantines"]);
    print(json, found, quarantineLines(found));
    return EXIT.ok;
  },
});

export const resetQuarantine = defineCommand({
  words: ["policy", "reset"],
  summary:
    "Say that a held rule's share is right as it is: it acts again within a minute, and its usual share is learned anew.",
  arguments: ["NAME"],
  options: { label: { type: "boolean", about: "NAME is a label, not a rule" }, ...NOTE_OPTION, ...API_OPTIONS },
  about: ["For a day after that the breaker leaves it alone."],
  async run([name = ""], { label, note, json, ...api }) {
    const body = {
      subject: label ? ("label" as const) : ("rule" as const),
      name,
      note: needNote("policy reset", note),
    };
    const made = await callApi(connect(api, "admin"), routes["reset-quarantine"], { body });
    const lines = made.closed.length === 0 ? "was reset before; nothing was changed" : "is held no longer";
    print(json, made, [`${body.subject} ${name} ${lines}`]);
    return EXIT.ok;
  },
});
