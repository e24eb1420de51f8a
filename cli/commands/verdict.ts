import { routes } from "../../shared/contracts/routes.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { defineCommand, EXIT } from "../command.ts";
import { csvLine } from "../csv.ts";
import { print } from "../print.ts";
import { itemLines, VERDICT_COLUMNS, verdictRow } from "../views/verdict-view.ts";

export const verdict = defineCommand({
  words: ["verdict"],
  summary: "Show the verdicts of an item, newest first, with their reasons.",
  arguments: ["ID"],
  options: {
    kind: {
      type: "string",
      value: "KIND",
      about: "what the item is",
      choices: ["post", "review", "follow", "audience"],
      default: "post",
    },
    revision: { type: "string", value: "REVISION", about: "this revision only" },
    csv: { type: "boolean", about: "print CSV for spreadsheets, one line a verdict" },
    ...API_OPTIONS,
  },
  async run([id = ""], { kind, revision, csv, json, ...api }) {
    const access = connect(api, "platform");
    const found = await callApi(access, routes["get-verdict"], { params: { kind, id }, query: { revision } });
    const rows = () => [VERDICT_COLUMNS, ...found.verdicts.map(verdictRow)].map(csvLine);
    print(json, found, csv ? rows() : itemLines(found));
    return EXIT.ok;
  },
});
