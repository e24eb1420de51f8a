import { verdictMessage } from "../../shared/contracts/messages.ts";
import { sqsClient } from "../../shared/queue/item-queue.ts";
import { ownQueue } from "../../shared/queue/own-queue.ts";
import { systemClock } from "../../shared/runtime/clock.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { queueStack } from "../../shared/runtime/queue-stack.ts";
import { authorStore } from "../../shared/store/authors.ts";
import { caseStore } from "../../shared/store/cases.ts";
import { documentClient } from "../../shared/store/table.ts";
import { openCase } from "./open-case.ts";

const config = readConfig(["TABLE_CASES", "TABLE_AUTHORS", "QUEUE_SELF", "QUEUE_DEAD"]);
const client = documentClient();

export const handler = queueStack(
  verdictMessage,
  ownQueue(sqsClient(), config.QUEUE_SELF, config.QUEUE_DEAD),
  openCase({
    cases: caseStore({ client, name: config.TABLE_CASES }),
    authors: authorStore({ client, name: config.TABLE_AUTHORS }),
    clock: systemClock,
  }),
);
