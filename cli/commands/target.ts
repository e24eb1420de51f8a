import { routes } from "../../shared/contracts/routes.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { defineCommand, EXIT } from "../command.ts";
import { print } from "../print.ts";
import { targetLines } from "../views/target-view.ts";

export const target = defineCommand({
  words: ["target"],
  summary: "Show the ratings of a target with and without the reviews that are consistent with fakery.",
  arguments: ["ID"],
  options: API_OPTIONS,
  async run([id = ""], { json, ...api }) {
    const found = await callApi(connect(api, "platform"), routes["get-target"], { params: { id } });
    print(json, found, targetLines(found));
    return EXIT.ok;
  },
});
