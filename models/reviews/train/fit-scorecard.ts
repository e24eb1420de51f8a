import type { RatingRow } from "../../../eval/reviews/rating-row.ts";
import { replay } from "../../../eval/reviews/replay.ts";
import { scoreReview } from "../../../shared/scoring/review/score-review.ts";
import { TERMS, type Weights } from "../../../shared/scoring/review/scorecard.ts";
import { fitLogistic } from "./logistic.ts";

/** Times in minutes since the epoch: reviews from `start` fit the weights, those from `calibrate` to `end` the rest. */
export interface Slices {
  readonly start: number;
  readonly calibrate: number;
  readonly end: number;
}

export interface ScorecardPlan extends Slices {
  readonly ridge: number;
  /** Share of presumed genuine reviews that may be flagged, at most. */
  readonly alpha: number;
}

const round = (value: number): number => Math.round(value * 1e4) / 1e4;

const among = (from: number, to: number) => (row: RatingRow) =>
  row.label !== undefined && row.at >= from && row.at < to;

interface Terms {
  readonly values: Float64Array;
  readonly truth: Uint8Array;
}

/** Values of every term of the rows that fit the weights, and of those that calibrate, row by row. */
function termsOf(rows: readonly RatingRow[], { start, calibrate, end }: Slices): { early: Terms; late: Terms } {
  const early = { keep: among(start, calibrate), values: [] as number[], truth: [] as number[] };
  const late = { keep: among(calibrate, end), values: [] as number[], truth: [] as number[] };
  replay(rows, (found, row) => {
    const slice = [early, late].find(({ keep }) => keep(row));
    if (!slice) return;
    for (const { value } of TERMS) slice.values.push(value(found));
    slice.truth.push(row.label ?? 0);
  });
  const packed = ({ values, truth }: typeof early): Terms => ({
    values: Float64Array.from(values),
    truth: Uint8Array.from(truth),
  });
  return { early: packed(early), late: packed(late) };
}

/**
 * The scorecard's weights from labelled reviews in the order of time: logistic regression on the bounded terms, none
 * below 0 (no sign may speak for its opposite), calibrated by a line on the later slice. The threshold is conformal:
 * the least probability that at most `alpha` of the later slice's presumed genuine reviews, and of `genuine`, exceed.
 * Deterministic.
 */
export function fitScorecard(rows: readonly RatingRow[], genuine: readonly RatingRow[], plan: ScorecardPlan): Weights {
  const columns = TERMS.length;
  const { early, late } = termsOf(rows, plan);
  const count = early.truth.length;
  const means = TERMS.map((_, place) => {
    let sum = 0;
    for (let row = 0; row < count; row++) sum += early.values[row * columns + place] ?? 0;
    return round(sum / count);
  });
  const notNegative = new Set(TERMS.keys());
  const line = fitLogistic(early.values, columns, early.truth, { ridge: plan.ridge, notNegative });
  const weights = TERMS.map((_, place) => round(line.weights[place] ?? 0));

  const sums = Float64Array.from(late.truth, (_, row) =>
    weights.reduce(
      (sum, weight, place) => sum + weight * ((late.values[row * columns + place] ?? 0) - (means[place] ?? 0)),
      0,
    ),
  );
  const platt = fitLogistic(sums, 1, late.truth, { ridge: 0 });
  const byName = (values: readonly number[]): Record<string, number> =>
    Object.fromEntries(TERMS.map(({ name }, place) => [name, values[place] ?? 0]));
  const unflagged: Weights = {
    terms: byName(weights),
    means: byName(means),
    slope: round(platt.weights[0] ?? 1),
    shift: round(platt.bias),
    flagFrom: 0,
  };
  return { ...unflagged, flagFrom: thresholdOf(rows, genuine, plan, unflagged) };
}

/** No flag on less than even odds, whatever the data allow. */
const LEAST_THRESHOLD = 0.5;

function thresholdOf(
  rows: readonly RatingRow[],
  genuine: readonly RatingRow[],
  plan: ScorecardPlan,
  weights: Weights,
): number {
  const highest = (some: readonly RatingRow[], keep: (row: RatingRow) => boolean): number[] => {
    const found: number[] = [];
    replay(some, (features, row) => {
      if (keep(row))
        found.push(Math.max(0, ...scoreReview({ features, weights }).labels.map((one) => one.probability)));
    });
    return found;
  };
  const late = among(plan.calibrate, plan.end);
  return Math.max(
    LEAST_THRESHOLD,
    conformalThreshold(
      highest(rows, (row) => row.label === 0 && late(row)),
      plan.alpha,
    ),
    conformalThreshold(
      highest(genuine, () => true),
      plan.alpha,
    ),
  );
}

/** The split-conformal quantile: a new score like these exceeds it with probability `alpha` at most. */
export function conformalThreshold(scores: readonly number[], alpha: number): number {
  const place = Math.ceil((scores.length + 1) * (1 - alpha)) - 1;
  return place >= scores.length ? 1 : (scores.toSorted((a, b) => a - b)[place] ?? 1);
}
