import { readFileSync } from "node:fs";
import { join } from "node:path";
import { MINUTES_A_DAY } from "../../shared/scoring/review/review-facts.ts";
import { inTimeOrder, minuteWithin, type RatingRow } from "./rating-row.ts";

const FILE = "amazon_all_beauty_5/All_Beauty_5.jsonl";

interface Line {
  readonly overall: number;
  readonly verified: boolean;
  readonly reviewerID: string;
  readonly asin: string;
  readonly reviewText?: string;
  readonly unixReviewTime: number;
}

/**
 * Amazon's beauty reviews in the order of time. Presumed genuine: nobody labelled them. Amazon shows one review under every
 * variant of an article; such rows (one reviewer, moment and text) are one review here, as a platform would send it once.
 */
export function readAmazonBeauty(data: string): RatingRow[] {
  const seen = new Set<string>();
  const rows: RatingRow[] = [];
  for (const [row, line] of readFileSync(join(data, FILE), "utf8").trimEnd().split("\n").entries()) {
    const { overall, verified, reviewerID, asin, reviewText, unixReviewTime } = JSON.parse(line) as Line;
    const once = JSON.stringify([reviewerID, unixReviewTime, reviewText]);
    if (seen.has(once)) continue;
    seen.add(once);
    const at = minuteWithin(Math.floor(unixReviewTime / 60 / MINUTES_A_DAY), reviewerID, asin);
    rows.push({ row, user: reviewerID, target: asin, rating: overall, at, verified, text: reviewText, label: 0 });
  }
  return inTimeOrder(rows);
}
