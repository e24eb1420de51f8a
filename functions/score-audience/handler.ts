import { itemMessage } from "../../shared/contracts/messages.ts";
import { audienceJudge } from "../../shared/policy/judge-audience.ts";
import { sqsClient } from "../../shared/queue/item-queue.ts";
import { openNotes } from "../../shared/queue/open-notes.ts";
import { ownQueue } from "../../shared/queue/own-queue.ts";
import { snsClient, topic } from "../../shared/queue/topic.ts";
import { cachedPolicies } from "../../shared/runtime/cached-policies.ts";
import { systemClock } from "../../shared/runtime/clock.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { queueStack } from "../../shared/runtime/queue-stack.ts";
import { cachedSettings } from "../../shared/runtime/tenant-context.ts";
import { Unprocessable } from "../../shared/runtime/unprocessable.ts";
import { audienceStates } from "../../shared/store/audience-states.ts";
import { audienceVerdictStore } from "../../shared/store/audience-verdicts.ts";
import { authorStore } from "../../shared/store/authors.ts";
import { countedStates } from "../../shared/store/counted-states.ts";
import { sharedCohorts } from "../../shared/store/shared-cohorts.ts";
import { documentClient } from "../../shared/store/table.ts";
import { verdictStore } from "../../shared/store/verdicts.ts";
import { observeAndJudge } from "./observe-and-judge.ts";

const config = readConfig([
  "TABLE_VERDICTS",
  "TABLE_DIRECTORY",
  "TABLE_AUTHORS",
  "TABLE_SIGNALS",
  "TOPIC_VERDICTS",
  "TOPIC_EVENTS",
  "QUEUE_SELF",
  "QUEUE_DEAD",
]);
const client = documentClient();
const directory = { client, name: config.TABLE_DIRECTORY };
const verdicts = { client, name: config.TABLE_VERDICTS };
const signals = { client, name: config.TABLE_SIGNALS };
const sns = snsClient();
const { notes, quarantinesOf } = openNotes({
  verdicts,
  signals,
  sns,
  events: config.TOPIC_EVENTS,
  clock: systemClock,
});

export const handler = queueStack(
  itemMessage,
  ownQueue(sqsClient(), config.QUEUE_SELF, config.QUEUE_DEAD),
  observeAndJudge({
    settingsOf: cachedSettings(directory, systemClock),
    policiesOf: cachedPolicies(directory, systemClock, { quarantinesOf }),
    // No message of an audience is private, so none comes sealed, and this function has no right to a key.
    keys: {
      open: async () => {
        throw new Unprocessable("audience_came_sealed");
      },
    },
    authors: authorStore({ client, name: config.TABLE_AUTHORS }),
    verdicts: verdictStore(verdicts),
    states: audienceStates(countedStates(signals)),
    cohorts: sharedCohorts(signals),
    audiences: audienceVerdictStore(verdicts),
    topic: topic(sns, config.TOPIC_VERDICTS),
    notes,
    judge: audienceJudge(),
    clock: systemClock,
  }),
);
