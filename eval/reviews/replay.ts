import { readText } from "../../shared/scoring/review/read-text.ts";
import type { ReviewFacts } from "../../shared/scoring/review/review-facts.ts";
import type { ReviewFeatures } from "../../shared/scoring/review/review-features.ts";
import { signText } from "../../shared/scoring/review/text-signature.ts";
import type { RatingRow } from "./rating-row.ts";
import { type ReviewMemory, reviewMemory } from "./review-memory.ts";

type Score = (found: ReviewFeatures, row: RatingRow, index: number) => void;

/**
 * Takes reviews one by one, in the order of time, through the production reducers: each is scored by what was known
 * before it, then counted.
 */
export function replayer(score: Score, memory: ReviewMemory = reviewMemory()): (row: RatingRow) => void {
  let index = 0;
  return (row) => {
    const signature = row.text === undefined ? undefined : signText(row.text);
    const facts: ReviewFacts = {
      reviewId: `row-${row.row}`,
      authorId: row.user,
      targetId: row.target,
      at: row.at,
      rating: row.rating,
      verifiedPurchase: row.verified,
      minima: signature?.minima,
      text: row.text === undefined ? undefined : readText(row.text),
    };
    const seen = memory.look(facts, signature?.bands);
    score(seen.features, row, index);
    seen.observe();
    index++;
  };
}

/** Replays reviews that are all at hand, in the order of time. */
export function replay(rows: Iterable<RatingRow>, score: Score): void {
  const take = replayer(score);
  for (const row of rows) take(row);
}
