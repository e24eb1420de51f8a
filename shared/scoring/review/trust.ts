import type { AuthorState } from "./author-state.ts";
import { signedRating } from "./review-facts.ts";
import { type TargetState, TRUST_SCALE } from "./target-state.ts";

/** What an author without any review is taken for. */
const NEWCOMER = 0.75;

/** REV2 in one pass (Kumar et al., WSDM 2018), all from the states before the review. */
export interface Trust {
  /** How fair the author is: f_u = (.75 + Σ rel) / (1 + n), 0 to 1. */
  readonly fairness: number;
  /** How good the target is: g_p = Σ rel·r / (1 + n), −1 to 1. */
  readonly goodness: number;
  /** How reliable the review is: ½ (f_u + 1 − |r − g_p| / 2), 0 to 1. */
  readonly reliability: number;
}

export function trustOf(rating: number, author: AuthorState, target: TargetState, targetReviews: number): Trust {
  const fairness = (NEWCOMER + author.trust / TRUST_SCALE) / (1 + author.count);
  const goodness = target.trusted / TRUST_SCALE / (1 + targetReviews);
  const reliability = (fairness + 1 - Math.abs(signedRating(rating) - goodness) / 2) / 2;
  return { fairness, goodness, reliability };
}
