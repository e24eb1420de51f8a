import { routes } from "../../shared/contracts/routes.ts";
import { itemQueue, sqsClient } from "../../shared/queue/item-queue.ts";
import { systemClock } from "../../shared/runtime/clock.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { cachedSettings, keysByKms } from "../../shared/runtime/tenant-context.ts";
import { quotaStore } from "../../shared/store/quotas.ts";
import { documentClient } from "../../shared/store/table.ts";
import { verdictStore } from "../../shared/store/verdicts.ts";
import { acceptItems } from "./accept-items.ts";

const config = readConfig([
  "TABLE_DIRECTORY",
  "TABLE_VERDICTS",
  "QUEUE_POSTS",
  "QUEUE_REVIEWS",
  "QUEUE_AUDIENCES",
  "KEY_CONTENT",
]);
const client = documentClient();
const directory = { client, name: config.TABLE_DIRECTORY };

export const handler = httpStack(
  routes.intake,
  acceptItems({
    settingsOf: cachedSettings(directory, systemClock),
    quotas: quotaStore(directory),
    keys: keysByKms(directory, config.KEY_CONTENT, systemClock),
    verdicts: verdictStore({ client, name: config.TABLE_VERDICTS }),
    queue: itemQueue(sqsClient(), {
      post: config.QUEUE_POSTS,
      review: config.QUEUE_REVIEWS,
      follow: config.QUEUE_AUDIENCES,
      audience: config.QUEUE_AUDIENCES,
    }),
  }),
);
