import { randomUUID } from "node:crypto";
import { routes } from "../../shared/contracts/routes.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { defineCommand, EXIT } from "../command.ts";
import { print } from "../print.ts";

export const note = defineCommand({
  words: ["note"],
  summary: "Add a note to a case, for others at the desk; sealed where it is stored.",
  arguments: ["CASE", "TEXT"],
  options: API_OPTIONS,
  async run([id = "", text = ""], { json, ...api }) {
    const body = { id: randomUUID(), text };
    const added = await callApi(connect(api, "moderator"), routes["note-case"], { params: { id }, body });
    print(json, added, [`noted on ${id}`]);
    return EXIT.ok;
  },
});
