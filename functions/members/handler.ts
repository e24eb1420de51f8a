import { endOwnership } from "../../shared/alerts/end-ownership.ts";
import { notePaused } from "../../shared/alerts/note-paused.ts";
import { routes } from "../../shared/contracts/routes.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpRoutes } from "../../shared/runtime/http-routes.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { alertStore } from "../../shared/store/alerts.ts";
import { auditStore } from "../../shared/store/audit.ts";
import { memberStore } from "../../shared/store/members.ts";
import { subjectStore } from "../../shared/store/subjects.ts";
import { subscriptionStore } from "../../shared/store/subscriptions.ts";
import { documentClient } from "../../shared/store/table.ts";
import { listMembers } from "./list-members.ts";
import { removeMember } from "./remove-member.ts";
import { setMember } from "./set-member.ts";

const config = readConfig(["TABLE_CASES", "TABLE_DIRECTORY", "TABLE_DELIVERIES"]);
const client = documentClient();
const directory = { client, name: config.TABLE_DIRECTORY };
const audit = auditStore({ client, name: config.TABLE_CASES });
const ports = {
  members: memberStore(directory),
  subjects: subjectStore(directory),
  audit,
  endOwnership: endOwnership({
    subscriptions: subscriptionStore(directory),
    audit,
    notePaused: notePaused({ alerts: alertStore({ client, name: config.TABLE_DELIVERIES }) }),
  }),
};

export const handler = httpRoutes(
  httpStack(routes["list-members"], listMembers(ports)),
  httpStack(routes["set-member"], setMember(ports)),
  httpStack(routes["remove-member"], removeMember(ports)),
);
