import { routes } from "../../shared/contracts/routes.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { defineCommand, EXIT } from "../command.ts";
import { print } from "../print.ts";
import { caseLines } from "../views/case-view.ts";

export const oneCase = defineCommand({
  words: ["case"],
  summary: "Show one case: what was written, where policy lets us keep it, and why it was flagged.",
  arguments: ["CASE"],
  options: API_OPTIONS,
  about: ["What people wrote is printed with control, direction and invisible characters made visible."],
  async run([id = ""], { json, ...api }) {
    const found = await callApi(connect(api, "moderator"), routes["get-case"], { params: { id } });
    print(json, found, caseLines(found));
    return EXIT.ok;
  },
});
