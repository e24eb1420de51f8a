import { routes } from "../../shared/contracts/routes.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { defineCommand, EXIT } from "../command.ts";
import { print } from "../print.ts";
import { caseLines, claimLine } from "../views/case-view.ts";
import { LEASE_OPTION, minutesOf } from "./hold.ts";

export const next = defineCommand({
  words: ["next"],
  summary: "Claim the next case in fair order, and show it.",
  arguments: [],
  options: {
    queue: {
      type: "string",
      value: "QUEUE",
      about: "from this queue; without it, from all that the key's member works",
    },
    ...LEASE_OPTION,
    ...API_OPTIONS,
  },
  about: ["Nobody else is given the same case while the claim lasts. The exit code is 1 where nothing waits."],
  async run(_, { queue, minutes, json, ...api }) {
    const access = connect(api, "moderator");
    const body = { ...minutesOf("next", minutes), ...(queue === undefined ? {} : { queue }) };
    const { case: claimed } = await callApi(access, routes["next-case"], { body });
    if (!claimed) {
      print(json, {}, ["nothing waits"]);
      return EXIT.refused;
    }
    const found = await callApi(access, routes["get-case"], { params: { id: claimed.id } });
    print(json, found, [...caseLines(found), ...claimLine(claimed)]);
    return EXIT.ok;
  },
});
