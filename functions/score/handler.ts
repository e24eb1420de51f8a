import { routes } from "../../shared/contracts/routes.ts";
import { defaultPolicy } from "../../shared/policy/default-policy.ts";
import { postJudge } from "../../shared/policy/judge-post.ts";
import { reviewJudge } from "../../shared/policy/judge-review.ts";
import { itemQueue, sqsClient } from "../../shared/queue/item-queue.ts";
import { systemClock } from "../../shared/runtime/clock.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { cachedSettings, keysByKms } from "../../shared/runtime/tenant-context.ts";
import { loadLexicon } from "../../shared/scoring/text/load-lexicon.ts";
import { createPostScorer } from "../../shared/scoring/text/score-post.ts";
import { quotaStore } from "../../shared/store/quotas.ts";
import { reviewSignals } from "../../shared/store/review-signals.ts";
import { signalStore } from "../../shared/store/signals.ts";
import { documentClient } from "../../shared/store/table.ts";
import { textBandStore } from "../../shared/store/text-bands.ts";
import { verdictStore } from "../../shared/store/verdicts.ts";
import { scoreItem } from "./score-item.ts";

const config = readConfig([
  "TABLE_DIRECTORY",
  "TABLE_VERDICTS",
  "TABLE_SIGNALS",
  "QUEUE_POSTS",
  "QUEUE_REVIEWS",
  "KEY_CONTENT",
]);
const client = documentClient();
const directory = { client, name: config.TABLE_DIRECTORY };
const states = { client, name: config.TABLE_SIGNALS };
const signals = reviewSignals(signalStore(states), textBandStore(states));
const scorer = createPostScorer(loadLexicon(new URL("models/text/", import.meta.url)));
const judgePost = postJudge(scorer, defaultPolicy);
const judgeReview = reviewJudge(scorer, defaultPolicy);

export const handler = httpStack(
  routes.score,
  scoreItem({
    settingsOf: cachedSettings(directory, systemClock),
    quotas: quotaStore(directory),
    keys: keysByKms(directory, config.KEY_CONTENT, systemClock),
    verdicts: verdictStore({ client, name: config.TABLE_VERDICTS }),
    queue: itemQueue(sqsClient(), { post: config.QUEUE_POSTS, review: config.QUEUE_REVIEWS }),
    judge: async (item, question) => {
      if (item.kind === "post") return judgePost({ ...question, post: item });
      const { features } = await signals.look(question.tenant, item, question.now);
      return judgeReview({ ...question, review: item, features });
    },
  }),
);
