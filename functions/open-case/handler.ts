import { verdictMessage } from "../../shared/contracts/messages.ts";
import { sqsClient } from "../../shared/queue/item-queue.ts";
import { ownQueue } from "../../shared/queue/own-queue.ts";
import { snsClient, topic } from "../../shared/queue/topic.ts";
import { systemClock } from "../../shared/runtime/clock.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { expiringCache } from "../../shared/runtime/expiring-cache.ts";
import { queueStack } from "../../shared/runtime/queue-stack.ts";
import { cachedSettings } from "../../shared/runtime/tenant-context.ts";
import { authorStore } from "../../shared/store/authors.ts";
import { caseStore } from "../../shared/store/cases.ts";
import { clusterStore } from "../../shared/store/clusters.ts";
import { depthStore } from "../../shared/store/depths.ts";
import { routingStore } from "../../shared/store/routings.ts";
import { documentClient } from "../../shared/store/table.ts";
import { openCase } from "./open-case.ts";

const config = readConfig([
  "TABLE_CASES",
  "TABLE_AUTHORS",
  "TABLE_DIRECTORY",
  "TOPIC_EVENTS",
  "QUEUE_SELF",
  "QUEUE_DEAD",
]);
const client = documentClient();
const directory = { client, name: config.TABLE_DIRECTORY };
const cases = { client, name: config.TABLE_CASES };
/** Seconds for which a changed rule may not be followed yet. */
const RULES_SECONDS = 30;

export const handler = queueStack(
  verdictMessage,
  ownQueue(sqsClient(), config.QUEUE_SELF, config.QUEUE_DEAD),
  openCase({
    cases: caseStore(cases),
    clusters: clusterStore(cases),
    depths: depthStore(cases),
    routingOf: expiringCache(routingStore(directory).get, RULES_SECONDS, systemClock),
    authors: authorStore({ client, name: config.TABLE_AUTHORS }),
    settingsOf: cachedSettings(directory, systemClock),
    events: topic(snsClient(), config.TOPIC_EVENTS),
    clock: systemClock,
  }),
);
