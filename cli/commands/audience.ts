import { routes } from "../../shared/contracts/routes.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { defineCommand, EXIT } from "../command.ts";
import { print } from "../print.ts";
import { audienceLines } from "../views/audience-view.ts";

export const audience = defineCommand({
  words: ["audience"],
  summary: "Show what is known of an account's followers: the share that is fake, and unusual bursts.",
  arguments: ["ID"],
  options: API_OPTIONS,
  async run([id = ""], { json, ...api }) {
    const found = await callApi(connect(api, "platform"), routes["get-audience"], { params: { id } });
    print(json, found, audienceLines(found));
    return EXIT.ok;
  },
});
