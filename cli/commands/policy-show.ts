import { routes } from "../../shared/contracts/routes.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { defineCommand, EXIT } from "../command.ts";
import { policyLines, versionLines } from "../policy/policy-view.ts";
import { needVersion } from "../policy/version-option.ts";
import { print } from "../print.ts";

export const showPolicy = defineCommand({
  words: ["policy", "show"],
  summary: "Show a policy: its rules, its versions, and what was done with it by whom and why.",
  arguments: ["ID"],
  options: {
    version: { type: "string", value: "N", about: "show this version only, as it was saved" },
    ...API_OPTIONS,
  },
  async run([id = ""], { version, json, ...api }) {
    const access = connect(api, "admin");
    if (version === undefined) {
      const found = await callApi(access, routes["get-policy"], { params: { id } });
      print(json, found, policyLines(found));
      return EXIT.ok;
    }
    const params = { id, version: String(needVersion("policy show", version)) };
    const found = await callApi(access, routes["get-policy-version"], { params });
    print(json, found, versionLines(found));
    return EXIT.ok;
  },
});
