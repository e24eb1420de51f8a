import { routes } from "../../shared/contracts/routes.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { defineCommand, EXIT } from "../command.ts";
import { countOf } from "../count.ts";
import { print } from "../print.ts";
import { authorLines } from "../views/author-view.ts";

export const author = defineCommand({
  words: ["author"],
  summary:
    "Show an author's latest items: actions, labels, cases and what was decided; no words. That it was read is logged.",
  arguments: ["ID"],
  options: {
    limit: { type: "string", value: "N", about: "at most N items, up to 50", default: "20" },
    ...API_OPTIONS,
  },
  async run([id = ""], { limit, json, ...api }) {
    const most = Math.min(50, countOf("author", "limit", limit) ?? 0);
    const query = { limit: String(most) };
    const found = await callApi(connect(api, "moderator"), routes["get-author"], { params: { id }, query });
    print(json, found, authorLines(found));
    return EXIT.ok;
  },
});
