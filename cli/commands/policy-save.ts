import { routes } from "../../shared/contracts/routes.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { defineCommand, EXIT } from "../command.ts";
import { checkedPolicy } from "../policy/checked-policy.ts";
import { print } from "../print.ts";

export const savePolicy = defineCommand({
  words: ["policy", "save"],
  summary: "Check a policy and save it as its next version; it decides nothing until it is activated.",
  arguments: ["FILE"],
  options: { note: { type: "string", value: "TEXT", about: "what this version is for" }, ...API_OPTIONS },
  about: [
    "FILE is YAML or JSON. It is checked against what it inherits from as that stands on the server; where it does not " +
      "pass, nothing is saved, each fault is printed with its place in the file, and the exit code is 1. A file that says " +
      "what the newest version says is that version.",
  ],
  async run([file = ""], { note, json, ...api }) {
    const access = connect(api, "admin");
    const said = { command: "policy save", undone: "nothing was saved", json };
    const { document, warnings, lines } = await checkedPolicy(access, file, said);
    const body = { document, ...(note === undefined ? {} : { note }) };
    const saved = await callApi(access, routes["save-policy"], { params: { id: document.id }, body });
    const { id, version, isNew } = saved;
    print(json, { ...saved, warnings }, [
      ...lines,
      isNew
        ? `saved ${id} as version ${version}; \`policy activate ${id} --version ${version} --note TEXT\` lets it decide`
        : `${id} is the same as version ${version} already; nothing was saved`,
    ]);
    return EXIT.ok;
  },
});
