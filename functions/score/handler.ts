import { routes } from "../../shared/contracts/routes.ts";
import { defaultPolicy } from "../../shared/policy/default-policy.ts";
import { postJudge } from "../../shared/policy/judge-post.ts";
import { itemQueue, sqsClient } from "../../shared/queue/item-queue.ts";
import { systemClock } from "../../shared/runtime/clock.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { cachedSettings, keysByKms } from "../../shared/runtime/tenant-context.ts";
import { loadLexicon } from "../../shared/scoring/text/load-lexicon.ts";
import { createPostScorer } from "../../shared/scoring/text/score-post.ts";
import { quotaStore } from "../../shared/store/quotas.ts";
import { documentClient } from "../../shared/store/table.ts";
import { verdictStore } from "../../shared/store/verdicts.ts";
import { scoreItem } from "./score-item.ts";

const config = readConfig(["TABLE_DIRECTORY", "TABLE_VERDICTS", "QUEUE_POSTS", "KEY_CONTENT"]);
const client = documentClient();
const directory = { client, name: config.TABLE_DIRECTORY };

export const handler = httpStack(
  routes.score,
  scoreItem({
    settingsOf: cachedSettings(directory, systemClock),
    quotas: quotaStore(directory),
    keys: keysByKms(directory, config.KEY_CONTENT, systemClock),
    verdicts: verdictStore({ client, name: config.TABLE_VERDICTS }),
    queue: itemQueue(sqsClient(), { post: config.QUEUE_POSTS }),
    judge: postJudge(createPostScorer(loadLexicon(new URL("models/text/", import.meta.url))), defaultPolicy),
  }),
);
