import weights from "../../../models/reviews/scorecard.json" with { type: "json" };
import type { ReviewFeatures } from "./review-features.ts";

/** Families of evidence whose weights data could fit. */
export type FittedFamily = "coldStart" | "rating" | "tempo" | "group" | "company";

interface Term {
  readonly name: string;
  readonly family: FittedFamily;
  /** Bounded, 0 where there is nothing to see. */
  readonly value: (found: ReviewFeatures) => number;
}

const clip = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** From how many earlier reviews on an author is new no longer; a longer history is neither for nor against anyone. */
const KNOWN_FROM = 7;

/**
 * What the scorecard weighs. Each term is a bounded shape chosen by hand from the literature; data sets one number a
 * term, its weight. More than seven earlier reviews change nothing: prolificness changes sign between sites.
 */
export const TERMS: readonly Term[] = [
  {
    name: "fewness",
    family: "coldStart",
    value: (f) => Math.max(0, 1 - Math.log2(1 + f.authorReviews) / Math.log2(1 + KNOWN_FROM)),
  },
  { name: "shortHistory", family: "coldStart", value: (f) => Math.max(0, 1 - Math.log2(1 + f.authorDays) / 10) },
  {
    name: "newAndFar",
    family: "coldStart",
    value: (f) => (f.firstReview ? Math.min(1, f.deviation / 4) : 0),
  },
  { name: "deviation", family: "rating", value: (f) => Math.min(1, f.deviation / 4) },
  { name: "below", family: "rating", value: (f) => clip((f.near.rating - f.rating) / 4, 0, 1) },
  { name: "distrust", family: "rating", value: (f) => clip(1 - f.trust.reliability, 0, 1) },
  { name: "ratingSurprise", family: "rating", value: (f) => Math.min(1, f.surprise.rating) },
  { name: "tempoSurprise", family: "tempo", value: (f) => Math.min(1, f.surprise.tempo) },
  { name: "sameDay", family: "tempo", value: (f) => Math.min(1, Math.log2(f.authorDay) / 3) },
  { name: "surge", family: "group", value: (f) => Math.min(1, Math.log2(1 + f.surge.day) / 8) },
  { name: "mixShift", family: "group", value: (f) => Math.min(1, f.surge.mix / 20) },
  { name: "nearFirst", family: "company", value: (f) => company(f.near.first, f.siteFirst, f.near.reviews) },
  { name: "steadyFirst", family: "company", value: (f) => company(f.steady.first, f.siteFirst, f.steady.reviews) },
  { name: "lifetimeFirst", family: "company", value: (f) => company(f.lifetime.first, f.siteFirst, f.targetReviews) },
  { name: "nearDeviation", family: "company", value: (f) => Math.min(1, f.steady.deviation / 2) },
  { name: "nearHaste", family: "company", value: (f) => Math.min(1, f.steady.haste) },
  { name: "early", family: "company", value: (f) => Math.max(0, 1 - Math.log2(1 + f.targetReviews) / 6) },
];

/** How far a share among a target's reviews lies above the site's, drawn to nothing while the reviews are few. */
const company = (share: number, usual: number, reviews: number): number =>
  clip(((share - usual) * reviews) / (reviews + 10), -0.5, 0.5);

/** What the trainer sets: one weight a term, and the line that calibrates the sum. */
export interface Weights {
  readonly terms: Readonly<Record<string, number>>;
  /** What each term is on average: a contribution is counted from there. */
  readonly means: Readonly<Record<string, number>>;
  /** Platt's line on a later slice: probability = σ(slope · sum + shift). */
  readonly slope: number;
  readonly shift: number;
  /** Probability of a capped decision from which a review is flagged, and the share of presumed genuine ones above it that set it. */
  readonly flagFrom: number;
}

export const shippedWeights: Weights = weights;

/** Natural logs of likelihood ratios against the average review, by family. */
export type Contributions = Readonly<Record<FittedFamily, number>>;

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** The calibrated probability of a sum of natural logs of likelihood ratios, 0 to 1. */
export const probabilityOf = (sum: number, { slope, shift }: Weights = shippedWeights): number =>
  sigmoid(slope * sum + shift);

/** What each family of fitted terms says of a review. */
export function contributionsOf(found: ReviewFeatures, { terms, means }: Weights = shippedWeights): Contributions {
  const sums = { coldStart: 0, rating: 0, tempo: 0, group: 0, company: 0 };
  for (const { name, family, value } of TERMS) sums[family] += (terms[name] ?? 0) * (value(found) - (means[name] ?? 0));
  return sums;
}
