import type { Review } from "../../../../shared/domain/item.ts";
import { type AuthorState, emptyAuthor, observeAuthor } from "../../../../shared/scoring/review/author-state.ts";
import { features, type ReviewFacts, type SimilarText } from "../../../../shared/scoring/review/review-features.ts";
import { scoreReview } from "../../../../shared/scoring/review/score-review.ts";
import { emptyTarget, observeTarget, type TargetState } from "../../../../shared/scoring/review/target-state.ts";
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

/** Plays reviews in order through the reducers: each is scored by what was known before it. */
export function play(reviews: readonly StreamedReview[]): Score[] {
  const targets = new Map<string, TargetState>();
  const authors = new Map<string, AuthorState>();
  const bands = new Map<string, SimilarText[]>();
  return reviews.map((review, index) => {
    const target = targets.get(review.targetId) ?? emptyTarget();
    const author = authors.get(review.authorId) ?? emptyAuthor();
    const signature = review.text === undefined ? undefined : signText(review.text);
    const keys = (signature?.bands ?? []).map((band, place) => `${place}#${band}`);
    const similar = new Map(keys.flatMap((key) => (bands.get(key) ?? []).map((one) => [one.reviewId, one] as const)));
    const { text: _, ...own } = review;
    const facts: ReviewFacts = { reviewId: `r${index}`, ...own, minima: signature?.minima };
    const score = scoreReview({ features: features(facts, target, author, [...similar.values()]) });

    targets.set(review.targetId, observeTarget(target, { ...review, firstReview: author.count === 0 }));
    authors.set(review.authorId, observeAuthor(author, review));
    if (signature !== undefined) {
      const { reviewId, authorId, targetId } = facts;
      for (const key of keys) {
        const held = bands.get(key) ?? [];
        bands.set(key, [...held, { reviewId, authorId, targetId, minima: signature.minima }]);
      }
    }
    return score;
  });
}

export const labelsOf = (score: Score | undefined): string[] => (score?.labels ?? []).map(({ label }) => label);
