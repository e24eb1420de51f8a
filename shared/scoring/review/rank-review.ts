import { CAPS, evidenceOf, type Family } from "./evidence.ts";
import type { ReviewFeatures } from "./review-features.ts";
import { contributionsOf, type FittedFamily, probabilityOf, shippedWeights, type Weights } from "./scorecard.ts";

const FITTED: readonly FittedFamily[] = ["coldStart", "rating", "tempo", "group", "company"];
/** Families of evidence that no public data holds: their hand-set weights join the ranking as they are. */
const HAND_SET: ReadonlySet<Family> = new Set(["identity", "payment", "device", "circle", "text", "lockstep"]);

/** Where a review stands among others: sums of evidence in nats against the average review. */
export interface Ranking {
  readonly sum: number;
  /** Without what says by itself that the author is new. */
  readonly warm: number;
  /** With no family counting for more than its cap, as in decisions. */
  readonly capped: number;
  /** Of `sum`, calibrated on the labels that the weights were fitted on. */
  readonly probability: number;
}

/**
 * Puts reviews in order. It decides nothing: the uncapped sum leans on newness as far as the data that fitted it did.
 */
export function rankReview(found: ReviewFeatures, weights: Weights = shippedWeights): Ranking {
  const families = new Map<Family, number>();
  const fitted = contributionsOf(found, weights);
  for (const family of FITTED) families.set(family, fitted[family]);
  for (const { family, weight } of evidenceOf(found, weights))
    if (HAND_SET.has(family)) families.set(family, (families.get(family) ?? 0) + weight);
  let sum = 0;
  let capped = 0;
  for (const [family, weight] of families) {
    sum += weight;
    capped += Math.min(CAPS[family], weight);
  }
  return { sum, warm: sum - fitted.coldStart, capped, probability: probabilityOf(sum, weights) };
}
