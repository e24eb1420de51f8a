import { routes } from "../../shared/contracts/routes.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { defineCommand, EXIT } from "../command.ts";
import { print } from "../print.ts";
import { matchLines } from "../views/author-view.ts";

export const search = defineCommand({
  words: ["search"],
  summary:
    "Say what an id is: a post, review, author, target, account with an audience, or case. That it was asked is logged.",
  arguments: ["ID"],
  options: API_OPTIONS,
  async run([id = ""], { json, ...api }) {
    const found = await callApi(connect(api, "moderator"), routes.search, { query: { id } });
    print(json, found, matchLines(found.matches));
    return found.matches.length > 0 ? EXIT.ok : EXIT.refused;
  },
});
