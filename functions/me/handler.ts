import { routes } from "../../shared/contracts/routes.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { memberStore } from "../../shared/store/members.ts";
import { documentClient } from "../../shared/store/table.ts";
import { whoIsIt } from "./who-is-it.ts";

const { TABLE_DIRECTORY } = readConfig(["TABLE_DIRECTORY"]);

export const handler = httpStack(routes.me, whoIsIt(memberStore({ client: documentClient(), name: TABLE_DIRECTORY })));
