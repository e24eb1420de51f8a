import { routes } from "../../shared/contracts/routes.ts";
import { snsClient, topic } from "../../shared/queue/topic.ts";
import { systemClock } from "../../shared/runtime/clock.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { keysByKms } from "../../shared/runtime/tenant-context.ts";
import { caseStore } from "../../shared/store/cases.ts";
import { decisionJournal } from "../../shared/store/decision-journal.ts";
import { documentClient } from "../../shared/store/table.ts";
import { decideCase } from "./decide-case.ts";

const config = readConfig(["TABLE_CASES", "TABLE_DIRECTORY", "TOPIC_DECISIONS", "KEY_CONTENT"]);
const client = documentClient();

export const handler = httpStack(
  routes.decide,
  decideCase({
    cases: caseStore({ client, name: config.TABLE_CASES }),
    keys: keysByKms({ client, name: config.TABLE_DIRECTORY }, config.KEY_CONTENT, systemClock),
    journal: decisionJournal({ client, name: config.TABLE_CASES }),
    decisions: topic(snsClient(), config.TOPIC_DECISIONS),
  }),
);
