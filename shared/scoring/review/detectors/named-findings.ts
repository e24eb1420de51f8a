import type { LabelName, LabelScore, Reason } from "../../../domain/label.ts";
import { ratingClass } from "../review-facts.ts";
import type { ReviewFeatures } from "../review-features.ts";

const SOURCE = "review-detectors";
export const DETECTORS_VERSION = "1";

/** Ratings of one star in a day before one speaks of a storm. */
const LEAST_STORM = 10;
/** So many, and nearly all of them, need no history to compare with. */
const LEAST_WITHOUT_HISTORY = 50;
const NEARLY_ALL = 0.8;
/** A target with fewer reviews has no reputation that a changed listing could take over. */
const LEAST_REPUTATION = 5;
/** What a passage of text, read without its context, is worth: enough to show to a person, not more. */
const BY_WORDS = 0.6;
const BY_TITLE = 0.7;
const MOST_CERTAIN = 0.98;
const CALM_RATING = 3;

const round = (value: number): number => Math.round(value * 1000) / 1000;

const finding = (label: LabelName, severity: number, probability: number, reason: Reason): LabelScore => ({
  label,
  score: round(probability),
  probability: round(probability),
  severity,
  spans: [],
  reasons: [reason],
  source: SOURCE,
  version: DETECTORS_VERSION,
});

/**
 * Review bombing: many more ratings of one star in a day than the target is used to. It says nothing against the one who
 * wrote this review; angry customers of a true scandal look the same. So it is no `fake_review` label, and the policy
 * holds the display back instead of flagging authors.
 */
function stormOf({ rating, burst }: ReviewFeatures): LabelScore[] {
  const { oneStar, unusual, usualPerDay } = burst;
  if (ratingClass(rating) !== 1 || oneStar.count < LEAST_STORM) return [];
  const beyondUsual = unusual && oneStar.shifted;
  const beyondAny = oneStar.count >= LEAST_WITHOUT_HISTORY && oneStar.share >= NEARLY_ALL;
  if (!beyondUsual && !beyondAny) return [];
  const expected = usualPerDay * oneStar.usual;
  const probability = Math.min(MOST_CERTAIN, 1 - expected / oneStar.count);
  const params = { stars: oneStar.count, usual: Math.round(expected * 10) / 10 };
  return [finding("rating_storm", 2, probability, { code: "review.storm", params })];
}

/** A listing that was reviewed as one thing and is now called another, on the first review that shows it. */
function hijackOf({ formerTitleDays, targetReviews }: ReviewFeatures): LabelScore[] {
  if (formerTitleDays === undefined || targetReviews < LEAST_REPUTATION) return [];
  const params = { days: Math.round(formerTitleDays), reviews: targetReviews };
  return [finding("hijacked_listing", 3, BY_TITLE, { code: "review.title_changed", params })];
}

/** Words that hold a low rating against a demand. Customers who were wronged write so, too: only a person can tell. */
function extortionOf({ said, rating }: ReviewFeatures): LabelScore[] {
  if (said.demanded === 0 || rating > CALM_RATING) return [];
  return [finding("extortion", 3, BY_WORDS, { code: "review.demand", params: { count: said.demanded } })];
}

/** What is wrong with a review's situation rather than with the review: a storm, another listing, a demand. */
export const namedFindings = (features: ReviewFeatures): LabelScore[] => [
  ...stormOf(features),
  ...hijackOf(features),
  ...extortionOf(features),
];
