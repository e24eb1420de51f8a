import { postJudge } from "../policy/judge-post.ts";
import type { TextEngine } from "../scoring/text/score-post.ts";
import { type AnalysedPostJudge, analysedPostJudge } from "./analysed-post-judge.ts";
import { cascade } from "./cascade.ts";
import { type CallRules, openCaller } from "./comprehend/caller.ts";
import { comprehendAnalyzer } from "./comprehend/comprehend-analyzer.ts";
import { comprehendApi } from "./comprehend/comprehend-api.ts";
import { comprehendKnows, comprehendSeverity } from "./comprehend/labels.ts";
import { embeddedAnalyzer } from "./embedded-analyzer.ts";
import { functionMeter } from "./meter.ts";
import type { SecondOpinion } from "./second-opinion.ts";

const RULES: Omit<CallRules, "reserveMs"> = {
  circuit: { failures: 5, openMs: 10_000, longestOpenMs: 300_000, probeMs: 5_000 },
  retries: 4,
  attemptMs: 1_500,
  backoffMs: 100,
};

export interface Waiting {
  /** Milliseconds within which texts of one thread share their requests. */
  readonly lingerMs: number;
  /** Milliseconds of each invocation that are kept for what comes after the answer. */
  readonly reserveMs: number;
}

/**
 * The judge of posts of a function, as its switch stands: off, the embedded models alone, at once and without a promise;
 * on, the cascade over them and Comprehend.
 */
export function switchedPostJudge(
  engine: TextEngine,
  opinion: SecondOpinion,
  { lingerMs, reserveMs }: Waiting,
): AnalysedPostJudge {
  if (!opinion) return postJudge(engine.score);
  const caller = openCaller(
    { ...RULES, reserveMs },
    {
      meter: functionMeter,
      now: Date.now,
      sleep: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
      random: Math.random,
    },
  );
  const analyzer = cascade({
    first: embeddedAnalyzer(engine),
    second: comprehendAnalyzer(comprehendApi(), caller, { lingerMs }),
    known: comprehendKnows,
    severityOf: comprehendSeverity,
    band: opinion.band,
    meter: functionMeter,
  });
  return analysedPostJudge(analyzer);
}
