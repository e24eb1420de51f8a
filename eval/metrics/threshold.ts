import type { Weights } from "./ranking.ts";

/** What a yes/no judgement found among what is looked for and among the rest. */
export interface Confusion {
  readonly hits: number;
  readonly misses: number;
  readonly falseAlarms: number;
  readonly passes: number;
}

/** Counts of judgements (1 = found) against the truth (1 = looked for), both by row number. O(n). */
export function confusion(found: Uint8Array, truth: Uint8Array, weights?: Weights): Confusion {
  let hits = 0;
  let misses = 0;
  let falseAlarms = 0;
  let passes = 0;
  for (let row = 0; row < truth.length; row++) {
    const weight = weights ? (weights[row] ?? 0) : 1;
    if (truth[row] === 1) {
      if (found[row] === 1) hits += weight;
      else misses += weight;
    } else if (found[row] === 1) falseAlarms += weight;
    else passes += weight;
  }
  return { hits, misses, falseAlarms, passes };
}

/** 1 where the score reaches the threshold. */
export const atLeast = (scores: Float64Array, threshold: number): Uint8Array =>
  Uint8Array.from(scores, (score) => (score >= threshold ? 1 : 0));

/** Hits among all that was found; NaN where nothing was. */
export const precision = ({ hits, falseAlarms }: Confusion): number => hits / (hits + falseAlarms);

/** Hits among all that is looked for; NaN where nothing is. */
export const recall = ({ hits, misses }: Confusion): number => hits / (hits + misses);

/** False alarms among all that is not looked for; NaN where there is none. */
export const falsePositiveRate = ({ falseAlarms, passes }: Confusion): number => falseAlarms / (falseAlarms + passes);

/** The harmonic mean of precision and recall, 2h / (2h + misses + false alarms); NaN where nothing is looked for or found. */
export const f1 = ({ hits, misses, falseAlarms }: Confusion): number => (2 * hits) / (2 * hits + misses + falseAlarms);
