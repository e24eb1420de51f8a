import { routes } from "../../shared/contracts/routes.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpRoutes } from "../../shared/runtime/http-routes.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { auditStore } from "../../shared/store/audit.ts";
import { memberStore } from "../../shared/store/members.ts";
import { subjectStore } from "../../shared/store/subjects.ts";
import { documentClient } from "../../shared/store/table.ts";
import { listMembers } from "./list-members.ts";
import { removeMember } from "./remove-member.ts";
import { setMember } from "./set-member.ts";

const config = readConfig(["TABLE_CASES", "TABLE_DIRECTORY"]);
const client = documentClient();
const directory = { client, name: config.TABLE_DIRECTORY };
const ports = {
  members: memberStore(directory),
  subjects: subjectStore(directory),
  audit: auditStore({ client, name: config.TABLE_CASES }),
};

export const handler = httpRoutes(
  httpStack(routes["list-members"], listMembers(ports)),
  httpStack(routes["set-member"], setMember(ports)),
  httpStack(routes["remove-member"], removeMember(ports)),
);
