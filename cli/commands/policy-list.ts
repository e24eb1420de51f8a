import { routes } from "../../shared/contracts/routes.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { defineCommand, EXIT } from "../command.ts";
import { policyListLines } from "../policy/policy-view.ts";
import { print } from "../print.ts";

export const listPolicies = defineCommand({
  words: ["policy", "list"],
  summary: "List the tenant's policies: which version of each decides, since when, and what runs in shadow.",
  arguments: [],
  options: API_OPTIONS,
  async run(_, { json, ...api }) {
    const found = await callApi(connect(api, "admin"), routes["list-policies"]);
    print(json, found, policyListLines(found));
    return EXIT.ok;
  },
});
