import { FEATURE_NAMES, vectorOf } from "../../models/reviews/train/feature-vector.ts";
import { builtInPolicies } from "../../shared/policy/compiled-policies.ts";
import { factsOfFindings } from "../../shared/policy/policy-facts.ts";
import { rankReview } from "../../shared/scoring/review/rank-review.ts";
import { scoreReview } from "../../shared/scoring/review/score-review.ts";
import type { RatingRow } from "./rating-row.ts";
import { replay } from "./replay.ts";

/** What a replay knew and said of each review, in the order of time. */
export interface Replayed {
  readonly rows: readonly RatingRow[];
  /** `FEATURE_NAMES.length` numbers a review. */
  readonly vectors: Float64Array;
  /** The uncapped ranking, and the same without cold-start evidence. */
  readonly ranking: Float64Array;
  readonly warm: Float64Array;
  /** The ranking with every family capped. */
  readonly capped: Float64Array;
  readonly probability: Float64Array;
  /** 1 where the shipped policy acts on the capped decision. */
  readonly flagged: Uint8Array;
  readonly first: Uint8Array;
  /** Earlier reviews of the author, of the target. */
  readonly authorReviews: Uint32Array;
  readonly targetReviews: Uint32Array;
  /** Reviews a second of this process's own time, features, scoring and counting included. */
  readonly perSecond: number;
}

/** Replays all rows, keeping what evaluations ask of each. */
export function replayAll(rows: readonly RatingRow[]): Replayed {
  const size = rows.length;
  const columns = FEATURE_NAMES.length;
  const made = {
    rows,
    vectors: new Float64Array(size * columns),
    ranking: new Float64Array(size),
    warm: new Float64Array(size),
    capped: new Float64Array(size),
    probability: new Float64Array(size),
    flagged: new Uint8Array(size),
    first: new Uint8Array(size),
    authorReviews: new Uint32Array(size),
    targetReviews: new Uint32Array(size),
  };
  const began = process.threadCpuUsage();
  replay(rows, (found, _row, index) => {
    const score = scoreReview({ features: found });
    const { sum, warm, capped, probability } = rankReview(found);
    vectorOf(found, made.vectors, index * columns);
    made.ranking[index] = sum;
    made.warm[index] = warm;
    made.capped[index] = capped;
    made.probability[index] = probability;
    made.flagged[index] = builtInPolicies.decide(factsOfFindings(score.labels)).action === "allow" ? 0 : 1;
    made.first[index] = found.firstReview ? 1 : 0;
    made.authorReviews[index] = found.authorReviews;
    made.targetReviews[index] = found.targetReviews;
  });
  const { user, system } = process.threadCpuUsage(began);
  return { ...made, perSecond: size / ((user + system) / 1e6) };
}
