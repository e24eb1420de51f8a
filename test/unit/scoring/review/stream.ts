import { reviewMemory } from "../../../../eval/reviews/review-memory.ts";
import type { Review } from "../../../../shared/domain/item.ts";
import type { ReviewFacts, TextFacts } from "../../../../shared/scoring/review/review-facts.ts";
import type { ReviewFeatures } from "../../../../shared/scoring/review/review-features.ts";
import { scoreReview } from "../../../../shared/scoring/review/score-review.ts";
import { signText } from "../../../../shared/scoring/review/text-signature.ts";
import type { Score } from "../../../../shared/scoring/score.ts";

export const DAY = 1440;
/** Some midnight, in minutes since the epoch. */
export const START = 20_000 * DAY;

export interface StreamedReview {
  readonly authorId: string;
  readonly targetId: string;
  readonly at: number;
  readonly rating: number;
  readonly text?: string;
  readonly accountCreated?: number;
  readonly verifiedPurchase?: boolean;
  readonly fingerprints?: Review["fingerprints"];
  readonly owner?: Review["target"]["owner"];
}

export interface Played {
  readonly features: ReviewFeatures;
  readonly score: Score;
}

/** Plays reviews in order through the reducers: each is scored by what was known before it. */
export function playAll(reviews: readonly (StreamedReview & { readonly words?: TextFacts })[]): Played[] {
  const memory = reviewMemory();
  return reviews.map((review, index) => {
    const signature = review.text === undefined ? undefined : signText(review.text);
    const { text: _, words, ...own } = review;
    const facts: ReviewFacts = { reviewId: `r${index}`, ...own, minima: signature?.minima, text: words };
    const { features, observe } = memory.look(facts, signature?.bands);
    observe();
    return { features, score: scoreReview({ features }) };
  });
}

export const play = (reviews: readonly StreamedReview[]): Score[] => playAll(reviews).map(({ score }) => score);

export const labelsOf = (score: Score | undefined): string[] => (score?.labels ?? []).map(({ label }) => label);
