import type { Review } from "../domain/item.ts";
import type { Verdict } from "../domain/verdict.ts";
import type { ReviewFeatures } from "../scoring/review/review-features.ts";
import { scoreReview } from "../scoring/review/score-review.ts";
import type { Scorer } from "../scoring/score.ts";
import type { PostInput } from "../scoring/text/score-post.ts";
import { joinScores, type Question, textInputOf, verdictOf } from "./verdict-of.ts";

/** A review, what was known when it came, and its identity. */
export interface ReviewToJudge extends Question {
  readonly review: Review;
  readonly features: ReviewFeatures;
}

export type ReviewJudge = (question: ReviewToJudge) => Verdict;

/** One review in, its verdict out: how it was written by the text scorer, how it came by the review scorer. Pure. */
export const reviewJudge =
  (textScorer: Scorer<PostInput>): ReviewJudge =>
  ({ review, features, ...question }) => {
    const text = textScorer(textInputOf(review, review.text));
    // Spans point into the text, so a title is scored apart and its findings carry none.
    const title = review.title === undefined ? [] : [asTitle(textScorer(textInputOf(review, review.title)))];
    return verdictOf(question, review, joinScores([text, ...title, scoreReview({ features })]));
  };

const asTitle = (score: ReturnType<Scorer<PostInput>>): ReturnType<Scorer<PostInput>> => ({
  ...score,
  labels: score.labels.map((one) => ({ ...one, spans: [] })),
  // The text's own counts stand; a title's would overwrite them.
  features: {},
  models: [],
});

/** A label below this is shown beside a verdict that something else made. */
const SUSPECTED_FROM = 0.5;

/** Is a review consistent with fakery, so that the target's rating is also shown without it? */
export const isSuspected = (made: Pick<Verdict, "action" | "labels">): boolean =>
  made.action !== "allow" &&
  made.labels.some(({ label, probability }) => label.startsWith("fake_review.") && probability >= SUSPECTED_FROM);
