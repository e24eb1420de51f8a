import { itemMessage } from "../../shared/contracts/messages.ts";
import { defaultPolicy } from "../../shared/policy/default-policy.ts";
import { audienceJudge } from "../../shared/policy/judge-audience.ts";
import { sqsClient } from "../../shared/queue/item-queue.ts";
import { ownQueue } from "../../shared/queue/own-queue.ts";
import { snsClient, topic } from "../../shared/queue/topic.ts";
import { systemClock } from "../../shared/runtime/clock.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { queueStack } from "../../shared/runtime/queue-stack.ts";
import { cachedSettings } from "../../shared/runtime/tenant-context.ts";
import { Unprocessable } from "../../shared/runtime/unprocessable.ts";
import { audienceVerdictStore } from "../../shared/store/audience-verdicts.ts";
import { authorStore } from "../../shared/store/authors.ts";
import { signalStore } from "../../shared/store/signals.ts";
import { documentClient } from "../../shared/store/table.ts";
import { verdictStore } from "../../shared/store/verdicts.ts";
import { observeAndJudge } from "./observe-and-judge.ts";

const config = readConfig([
  "TABLE_VERDICTS",
  "TABLE_DIRECTORY",
  "TABLE_AUTHORS",
  "TABLE_SIGNALS",
  "TOPIC_VERDICTS",
  "QUEUE_SELF",
  "QUEUE_DEAD",
]);
const client = documentClient();
const directory = { client, name: config.TABLE_DIRECTORY };
const verdicts = { client, name: config.TABLE_VERDICTS };

export const handler = queueStack(
  itemMessage,
  ownQueue(sqsClient(), config.QUEUE_SELF, config.QUEUE_DEAD),
  observeAndJudge({
    settingsOf: cachedSettings(directory, systemClock),
    // No message of an audience is private, so none comes sealed, and this function has no right to a key.
    keys: {
      open: async () => {
        throw new Unprocessable("audience_came_sealed");
      },
    },
    authors: authorStore({ client, name: config.TABLE_AUTHORS }),
    verdicts: verdictStore(verdicts),
    signals: signalStore({ client, name: config.TABLE_SIGNALS }),
    audiences: audienceVerdictStore(verdicts),
    topic: topic(snsClient(), config.TOPIC_VERDICTS),
    judge: audienceJudge(defaultPolicy),
    clock: systemClock,
  }),
);
