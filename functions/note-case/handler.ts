import { routes } from "../../shared/contracts/routes.ts";
import { systemClock } from "../../shared/runtime/clock.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { keysByKms } from "../../shared/runtime/tenant-context.ts";
import { auditStore } from "../../shared/store/audit.ts";
import { caseNoteStore } from "../../shared/store/case-notes.ts";
import { caseStore } from "../../shared/store/cases.ts";
import { documentClient } from "../../shared/store/table.ts";
import { noteCase } from "./note-case.ts";

const config = readConfig(["TABLE_CASES", "TABLE_DIRECTORY", "KEY_CONTENT"]);
const client = documentClient();
const table = { client, name: config.TABLE_CASES };

export const handler = httpStack(
  routes["note-case"],
  noteCase({
    cases: caseStore(table),
    notes: caseNoteStore(table),
    keys: keysByKms({ client, name: config.TABLE_DIRECTORY }, config.KEY_CONTENT, systemClock),
    audit: auditStore(table),
  }),
);
