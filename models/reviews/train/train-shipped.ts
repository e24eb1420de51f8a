import { readAmazonBeauty } from "../../../eval/reviews/amazon-beauty.ts";
import { dayNumber, readYelpChi } from "../../../eval/reviews/yelpchi.ts";
import { hash32 } from "../../../shared/scoring/hash.ts";
import { MINUTES_A_DAY } from "../../../shared/scoring/review/review-facts.ts";
import type { Weights } from "../../../shared/scoring/review/scorecard.ts";
import { fitScorecard } from "./fit-scorecard.ts";

const day = (date: string): number => dayNumber(date) * MINUTES_A_DAY;

/** Reviewers of the genuine set who set the threshold; the others are kept for the evaluation of false flags. */
export const setsThreshold = (user: string): boolean => hash32(user, 17) % 2 === 0;

/**
 * The weights that ship, from the folder of public sets. All reviews are of before 2011, so that the last year of the
 * public copy stays for evaluation.
 */
export function trainShipped(data: string): Weights {
  const rows = readYelpChi(data).filter(({ at }) => at < day("2011-01-01"));
  const genuine = readAmazonBeauty(data).filter(({ user }) => setsThreshold(user));
  return fitScorecard(rows, genuine, {
    start: day("2006-01-01"),
    calibrate: day("2010-07-01"),
    end: day("2011-01-01"),
    ridge: 5,
    alpha: 0.005,
  });
}
