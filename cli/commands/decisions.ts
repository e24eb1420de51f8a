import { routes } from "../../shared/contracts/routes.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { defineCommand, EXIT } from "../command.ts";
import { countOf } from "../count.ts";
import { print } from "../print.ts";
import { decisionTable } from "../views/author-view.ts";

export const decisions = defineCommand({
  words: ["decisions"],
  summary: "List the cases decided of late whose decision still holds, the latest first.",
  arguments: [],
  options: {
    by: { type: "string", value: "WHO", about: "by who decided them", choices: ["me", "others"] },
    limit: { type: "string", value: "N", about: "at most N, up to 50", default: "20" },
    ...API_OPTIONS,
  },
  async run(_, { by, limit, json, ...api }) {
    const most = Math.min(50, countOf("decisions", "limit", limit) ?? 0);
    const query = { by, limit: String(most) };
    const found = await callApi(connect(api, "moderator"), routes["list-decisions"], { query });
    print(json, found, decisionTable(found.decisions));
    return EXIT.ok;
  },
});
