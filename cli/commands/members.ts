import { routes } from "../../shared/contracts/routes.ts";
import { ROLES } from "../../shared/domain/tenant.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { CommandFailed, defineCommand, EXIT } from "../command.ts";
import { print } from "../print.ts";
import { table } from "../views/table.ts";

export const members = defineCommand({
  words: ["members"],
  summary: "List who works at the desk. Needs a lead's key.",
  arguments: [],
  options: API_OPTIONS,
  async run(_, { json, ...api }) {
    const found = await callApi(connect(api, "lead"), routes["list-members"]);
    const rows = found.members.map(({ id, role, languages, skills, queues }) => [
      id,
      role,
      languages.join(" "),
      skills.join(" "),
      queues.join(" "),
    ]);
    print(
      json,
      found,
      rows.length === 0 ? ["no members"] : table(["member", "role", "languages", "skills", "queues"], rows),
    );
    return EXIT.ok;
  },
});

const list = (written: string | undefined): string[] => (written ? written.split(",") : []);

export const setMember = defineCommand({
  words: ["members", "set"],
  summary: "Add a member, or change one. Needs an admin's key.",
  arguments: ["MEMBER"],
  options: {
    role: { type: "string", value: "ROLE", about: "what they do", choices: ROLES },
    languages: { type: "string", value: "A,B", about: "languages that they know" },
    skills: { type: "string", value: "A,B", about: "skills that queues ask for" },
    queues: { type: "string", value: "A,B", about: "queues that they work; without it, all that their skills open" },
    ...API_OPTIONS,
  },
  about: ["MEMBER is key:ID for whoever uses the API key ID. What a key may do is said by the key, not here."],
  async run([id = ""], { role, languages, skills, queues, json, ...api }) {
    if (role === undefined) throw new CommandFailed(`members set: say --role, one of: ${ROLES.join(", ")}`);
    const body = { id, role, languages: list(languages), skills: list(skills), queues: list(queues) };
    const set = await callApi(connect(api, "admin"), routes["set-member"], { body });
    print(json, set, [`${set.id} is a ${set.role}`]);
    return EXIT.ok;
  },
});
