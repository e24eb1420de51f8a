import type { ReviewFeatures } from "../../../shared/scoring/review/review-features.ts";

type Column = readonly [name: string, value: (found: ReviewFeatures) => number];

const log = (value: number): number => Math.log2(1 + Math.max(0, value));
const missing = (value: number | undefined): number => value ?? Number.NaN;

/**
 * The behavioural features of a review as columns: no text, no fingerprints, no label, nothing from after the review.
 * `cold` columns say how new the author is; evaluations are made with them and without.
 */
const COLUMNS: readonly Column[] = [
  ["rating", (f) => f.rating],
  ["deviation", (f) => f.rating - f.targetMean],
  ["deviation.size", (f) => f.deviation],
  ["target.reviews", (f) => log(f.targetReviews)],
  ["target.mean", (f) => f.targetMean],
  ["target.entropy", (f) => f.targetEntropy],
  ["target.quiet", (f) => missing(f.targetQuiet)],
  ["target.age", (f) => missing(f.targetAge)],
  ["target.again", (f) => Number(f.targetAgain)],
  ["author.deviation", (f) => (f.firstReview ? Number.NaN : f.authorDeviation)],
  ["author.extreme", (f) => (f.firstReview ? Number.NaN : f.authorExtreme)],
  ["author.hour", (f) => f.authorHour],
  ["author.day", (f) => f.authorDay],
  ["author.gap", (f) => missing(f.shortestGap)],
  ["burst.day", (f) => f.burst.reviews],
  ["burst.usual", (f) => f.burst.usualPerDay],
  ["burst.one_star", (f) => f.burst.oneStar.share],
  ["burst.five_star", (f) => f.burst.fiveStar.share],
  ["burst.first", (f) => f.burst.firstTime.share],
  ["burst.first.usual", (f) => f.burst.firstTime.usual],
  ["surge.hour", (f) => log(f.surge.hour)],
  ["surge.day", (f) => log(f.surge.day)],
  ["surge.week", (f) => log(f.surge.week)],
  ["surge.mix", (f) => f.surge.mix],
  ["trust.goodness", (f) => f.trust.goodness],
  ["trust.reliability", (f) => f.trust.reliability],
  ["surprise.rating", (f) => f.surprise.rating],
  ["surprise.tempo", (f) => f.surprise.tempo],
  ["rhythm.burstiness", (f) => f.rhythm.burstiness],
  ["rhythm.entropy", (f) => f.rhythm.entropy],
  ["near.reviews", (f) => log(f.near.reviews)],
  ["near.first", (f) => f.near.first],
  ["near.experience", (f) => f.near.experience],
  ["near.experience.spread", (f) => f.near.experienceSpread],
  ["near.deviation", (f) => f.near.deviation],
  ["near.deviation.spread", (f) => f.near.deviationSpread],
  ["near.rating", (f) => f.near.rating],
  ["near.rating.spread", (f) => f.near.ratingSpread],
  ["near.trust", (f) => f.near.trust],
  ["near.haste", (f) => f.near.haste],
  ["own-near.rating", (f) => f.rating - f.near.rating],
  ["own-near.deviation", (f) => f.deviation - f.near.deviation],
  ["own-near.trust", (f) => f.trust.reliability - f.near.trust],
  ["around.rating", (f) => f.around.rating.mean],
  ["around.deviation", (f) => f.around.deviation.mean],
  ["around.deviation.most", (f) => f.around.deviation.most],
  ["around.reviews", (f) => f.around.reviews.mean],
  ["around.first", (f) => f.around.first.mean],
  ["around.first.most", (f) => f.around.first.most],
  ["around.mean", (f) => f.around.mean.mean],
  ["around.burst", (f) => f.around.burst.mean],
  ["own-around.rating", (f) => f.rating - f.around.rating.mean],
  ["own-around.deviation", (f) => f.deviation - f.around.deviation.mean],
  ["own-around.reviews", (f) => log(f.targetReviews) - f.around.reviews.mean],
  ["site.first", (f) => f.siteFirst],
  ["site.reviews", (f) => log(f.siteReviews)],
  ["lockstep.authors", (f) => f.lockstep.authors],
  ["lockstep.likeness", (f) => f.lockstep.likeness],
  ["shared.count", (f) => f.shared.count],
  ["shared.lift", (f) => f.shared.lift],
  ["steady.reviews", (f) => f.steady.reviews],
  ["steady.first", (f) => f.steady.first],
  ["steady.experience", (f) => f.steady.experience],
  ["steady.experienceSpread", (f) => f.steady.experienceSpread],
  ["steady.deviation", (f) => f.steady.deviation],
  ["steady.deviationSpread", (f) => f.steady.deviationSpread],
  ["steady.rating", (f) => f.steady.rating],
  ["steady.ratingSpread", (f) => f.steady.ratingSpread],
  ["steady.trust", (f) => f.steady.trust],
  ["steady.haste", (f) => f.steady.haste],
  ["lifetime.first", (f) => f.lifetime.first],
  ["lifetime.one_star", (f) => f.lifetime.oneStar],
  ["lifetime.five_star", (f) => f.lifetime.fiveStar],
  ["author.mean", (f) => (f.firstReview ? Number.NaN : f.authorMean)],
  ["own-author.mean", (f) => (f.firstReview ? Number.NaN : f.rating - f.authorMean)],
];

const COLD: readonly Column[] = [
  ["cold.first", (f) => Number(f.firstReview)],
  ["cold.author.reviews", (f) => log(f.authorReviews)],
  ["cold.author.days", (f) => log(f.authorDays)],
  ["cold.pace", (f) => f.rhythm.pace],
  ["cold.month", (f) => f.authorMonth],
  ["cold.fairness", (f) => f.trust.fairness],
  ["cold.own-near.experience", (f) => log(f.authorReviews) - f.near.experience],
];

const ALL: readonly Column[] = [...COLUMNS, ...COLD];

export const FEATURE_NAMES: readonly string[] = ALL.map(([name]) => name);

/** Of the target, the day and the rating; what tells anything of the author, if only by missing, is left out. */
const OF_TARGET =
  /^(rating|deviation|deviation\.size|target\.(reviews|mean|entropy|quiet|age)|burst\.(day|usual|one_star|five_star|first\.usual)|surge\.(hour|day|week)|trust\.goodness|near\..*|steady\..*|lifetime\..*|own-near\.(rating|deviation)|site\..*)$/;

/** Places of the columns that are blind to who wrote a review, and so to how new the author is. */
export const TARGET_PLACES: readonly number[] = COLUMNS.flatMap(([name], place) =>
  OF_TARGET.test(name) ? [place] : [],
);

/** One row of features, missing values as NaN. */
export function vectorOf(found: ReviewFeatures, into: Float64Array, from: number): void {
  for (let place = 0; place < ALL.length; place++) into[from + place] = ALL[place]?.[1](found) ?? Number.NaN;
}
