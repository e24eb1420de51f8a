import { routes } from "../../shared/contracts/routes.ts";
import type { Member } from "../../shared/domain/member.ts";
import { ROLES, type Role } from "../../shared/domain/tenant.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { CommandFailed, defineCommand, EXIT } from "../command.ts";
import { print } from "../print.ts";
import { table } from "../views/table.ts";

/** In the place of a subject. */
const NOBODY = "none";

interface Given {
  readonly role: string | undefined;
  readonly subject: string | undefined;
  readonly suspended: string | undefined;
  readonly brands: string | undefined;
  readonly languages: string | undefined;
  readonly skills: string | undefined;
  readonly queues: string | undefined;
}

export const members = defineCommand({
  words: ["members"],
  summary: "List who works at the desk. Needs a lead's key.",
  arguments: [],
  options: API_OPTIONS,
  async run(_, { json, ...api }) {
    const found = await callApi(connect(api, "lead"), routes["list-members"]);
    const rows = found.members.map(({ id, role, languages, skills, queues, ...one }) => [
      id,
      role,
      one.suspended ? "suspended" : one.subject ? "yes" : "no",
      languages.join(" "),
      skills.join(" "),
      queues.join(" "),
    ]);
    print(
      json,
      found,
      rows.length === 0 ? ["no members"] : table(["member", "role", "signs in", "languages", "skills", "queues"], rows),
    );
    return EXIT.ok;
  },
});

const list = (written: string): string[] => (written === "" ? [] : written.split(","));

/** What is left out stays as it is. */
const changed = (known: Member | undefined, id: string, given: Given): Member => {
  const { languages = [], skills = [], queues = [] } = known ?? {};
  const asked = given.role ?? known?.role;
  if (asked === undefined) throw new CommandFailed(`members set: say --role, one of: ${ROLES.join(", ")}`);
  const whose = given.subject === undefined ? known?.subject : given.subject === NOBODY ? undefined : given.subject;
  const isOut = given.suspended === undefined ? known?.suspended : given.suspended === "yes";
  const brands = given.brands === undefined ? known?.brands : list(given.brands);
  return {
    id,
    ...(known?.version !== undefined && { version: known.version }),
    // The option's choices are the roles.
    role: asked as Role,
    languages: given.languages === undefined ? languages : list(given.languages),
    skills: given.skills === undefined ? skills : list(given.skills),
    queues: given.queues === undefined ? queues : list(given.queues),
    ...(asked === "brand" && brands && { brands }),
    ...(whose && { subject: whose }),
    ...(isOut && { suspended: true }),
  };
};

export const setMember = defineCommand({
  words: ["members", "set"],
  summary: "Add a member, or change what is given of one. Needs an admin's key.",
  arguments: ["MEMBER"],
  options: {
    role: { type: "string", value: "ROLE", about: "what they do", choices: ROLES },
    subject: {
      type: "string",
      value: "CODE",
      about: `who they are: the code that the console shows to one who is no member; ${NOBODY}: nobody signs in as them`,
    },
    suspended: { type: "string", value: "yes|no", about: "keep them out for now", choices: ["yes", "no"] },
    brands: { type: "string", value: "A,B", about: "with the role brand: whose cases they may read" },
    languages: { type: "string", value: "A,B", about: "languages that they know" },
    skills: { type: "string", value: "A,B", about: "skills that queues ask for" },
    queues: { type: "string", value: "A,B", about: "queues that they work; without any, all that their skills open" },
    ...API_OPTIONS,
  },
  about: [
    "MEMBER is a pseudonym for somebody who signs in, or key:ID for whoever uses the API key ID. What a key may do is said by the key, not here.",
  ],
  async run([id = ""], { json, role, subject, suspended, brands, languages, skills, queues, ...api }) {
    const access = connect(api, "admin");
    const { members: all } = await callApi(access, routes["list-members"]);
    const known = all.find((one) => one.id === id);
    const given = { role, subject, suspended, brands, languages, skills, queues };
    const set = await callApi(access, routes["set-member"], { body: changed(known, id, given) });
    print(json, set, [`${set.id} is a ${set.role}${set.suspended ? ", suspended" : ""}`]);
    return EXIT.ok;
  },
});

export const removeMember = defineCommand({
  words: ["members", "remove"],
  summary: "Remove a member, who is out at once. Needs an admin's key.",
  arguments: ["MEMBER"],
  options: API_OPTIONS,
  async run([id = ""], { json, ...api }) {
    const removed = await callApi(connect(api, "admin"), routes["remove-member"], { params: { id }, body: {} });
    print(json, removed, [`${removed.id} is no member any more`]);
    return EXIT.ok;
  },
});
