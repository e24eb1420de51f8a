import type { Invocation } from "../../shared/analyzers/analyzer.ts";
import { readSecondOpinion } from "../../shared/analyzers/second-opinion.ts";
import { switchedPostJudge } from "../../shared/analyzers/switched-post-judge.ts";
import { routes } from "../../shared/contracts/routes.ts";
import { reviewJudge } from "../../shared/policy/judge-review.ts";
import { itemQueue, sqsClient } from "../../shared/queue/item-queue.ts";
import { cachedPolicies } from "../../shared/runtime/cached-policies.ts";
import { systemClock } from "../../shared/runtime/clock.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { cachedSettings, keysByKms } from "../../shared/runtime/tenant-context.ts";
import { loadTextResources } from "../../shared/scoring/text/load-text-resources.ts";
import { createTextEngine } from "../../shared/scoring/text/score-post.ts";
import { countedStates } from "../../shared/store/counted-states.ts";
import { quotaStore } from "../../shared/store/quotas.ts";
import { reviewSignals } from "../../shared/store/review-signals.ts";
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
const signals = reviewSignals(countedStates(states), textBandStore(states));
const engine = createTextEngine(loadTextResources(new URL("models/text/", import.meta.url)));
// Nothing is gathered: an environment has one request at a time.
const judgePost = switchedPostJudge(engine, readSecondOpinion(), { lingerMs: 0, reserveMs: 0 });
const judgeReview = reviewJudge(engine.score);

/** Milliseconds that a caller waits for a second opinion at most. */
const SECOND_OPINION_MS = 2_000;
const within = (milliseconds: number): Invocation => {
  const end = Date.now() + milliseconds;
  return { remainingMs: () => end - Date.now() };
};

export const handler = httpStack(
  routes.score,
  scoreItem({
    settingsOf: cachedSettings(directory, systemClock),
    policiesOf: cachedPolicies(directory, systemClock),
    quotas: quotaStore(directory),
    keys: keysByKms(directory, config.KEY_CONTENT, systemClock),
    verdicts: verdictStore({ client, name: config.TABLE_VERDICTS }),
    queue: itemQueue(sqsClient(), { post: config.QUEUE_POSTS, review: config.QUEUE_REVIEWS }),
    judge: async (item, question, settings) => {
      if (item.kind === "post") return judgePost({ ...question, post: item }, settings, within(SECOND_OPINION_MS));
      const look = await signals.look(question.tenant, [item], question.now);
      const { features } = look.situation(item);
      return judgeReview({ ...question, review: item, features });
    },
  }),
);
