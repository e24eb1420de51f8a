import { readSecondOpinion } from "../../shared/analyzers/second-opinion.ts";
import { switchedPostJudge } from "../../shared/analyzers/switched-post-judge.ts";
import { itemMessage } from "../../shared/contracts/messages.ts";
import { authorKeys } from "../../shared/keys/author-keys.ts";
import { sqsClient } from "../../shared/queue/item-queue.ts";
import { openNotes } from "../../shared/queue/open-notes.ts";
import { ownQueue } from "../../shared/queue/own-queue.ts";
import { snsClient, topic } from "../../shared/queue/topic.ts";
import { cachedPolicies } from "../../shared/runtime/cached-policies.ts";
import { systemClock } from "../../shared/runtime/clock.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { queueStack } from "../../shared/runtime/queue-stack.ts";
import { cachedSettings, keysByKms } from "../../shared/runtime/tenant-context.ts";
import { loadTextResources } from "../../shared/scoring/text/load-text-resources.ts";
import { createTextEngine } from "../../shared/scoring/text/score-post.ts";
import { authorStore } from "../../shared/store/authors.ts";
import { contentStore } from "../../shared/store/contents.ts";
import { documentClient } from "../../shared/store/table.ts";
import { verdictStore } from "../../shared/store/verdicts.ts";
import { judgeAndRecord } from "./judge-and-record.ts";

const config = readConfig([
  "TABLE_VERDICTS",
  "TABLE_CONTENT",
  "TABLE_DIRECTORY",
  "TABLE_AUTHORS",
  "TABLE_SIGNALS",
  "TOPIC_VERDICTS",
  "TOPIC_EVENTS",
  "KEY_CONTENT",
  "QUEUE_SELF",
  "QUEUE_DEAD",
]);
const client = documentClient();
const authors = authorStore({ client, name: config.TABLE_AUTHORS });
const directory = { client, name: config.TABLE_DIRECTORY };
const verdicts = { client, name: config.TABLE_VERDICTS };
const sns = snsClient();
const { notes, quarantinesOf } = openNotes({
  verdicts,
  signals: { client, name: config.TABLE_SIGNALS },
  sns,
  events: config.TOPIC_EVENTS,
  clock: systemClock,
});
const keys = keysByKms(directory, config.KEY_CONTENT, systemClock);
const engine = createTextEngine(loadTextResources(new URL("models/text/", import.meta.url)));
// The messages of a batch are judged within a few milliseconds of each other.
const judge = switchedPostJudge(engine, readSecondOpinion(), { lingerMs: 15, reserveMs: 5_000 });

export const handler = queueStack(
  itemMessage,
  ownQueue(sqsClient(), config.QUEUE_SELF, config.QUEUE_DEAD),
  judgeAndRecord({
    settingsOf: cachedSettings(directory, systemClock),
    policiesOf: cachedPolicies(directory, systemClock, { quarantinesOf }),
    keys,
    authors,
    verdicts: verdictStore(verdicts),
    contents: contentStore({ client, name: config.TABLE_CONTENT }, authorKeys(authors, keys), keys),
    topic: topic(sns, config.TOPIC_VERDICTS),
    notes,
    judge,
    clock: systemClock,
  }),
);
