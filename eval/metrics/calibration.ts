import type { Ranked, Weights } from "./ranking.ts";

/** Bins that hold equally many rows, or that span equally wide ranges of probability. */
export type Binning = "mass" | "width";

/**
 * The expected calibration error: over bins of rows with similar probability, the mean distance between the mean
 * probability and the share that is true, weighted by the rows in the bin (Naeini, Cooper, Hauskrecht 2015). Bins of
 * equal mass never split rows of equal probability. `ranked` ranks the rows by these probabilities. NaN where there are
 * no rows. O(n).
 */
export function calibrationError(
  probabilities: Float64Array,
  { order, runEnds, truth }: Ranked,
  { bins = 15, by = "mass", weights }: { bins?: number; by?: Binning; weights?: Weights } = {},
): number {
  const total = weights ? weights.reduce((sum, weight) => sum + weight, 0) : order.length;
  const binOf = (probability: number): number => Math.min(bins - 1, Math.floor(probability * bins));
  let error = 0;
  let seen = 0;
  let sure = 0;
  let found = 0;
  let mass = 0;
  let bin = 0;
  const close = (): void => {
    error += Math.abs(sure - found);
    sure = 0;
    found = 0;
    mass = 0;
  };
  let start = 0;
  for (const end of runEnds) {
    const probability = probabilities[order[start] ?? 0] ?? 0;
    if (by === "width" && mass > 0 && binOf(probability) !== bin) close();
    bin = binOf(probability);
    for (; start < end; start++) {
      const row = order[start] ?? 0;
      const weight = weights ? (weights[row] ?? 0) : 1;
      mass += weight;
      sure += weight * probability;
      if (truth[row] === 1) found += weight;
    }
    if (by === "mass" && seen + mass >= (Math.floor((seen * bins) / total + 1e-9) + 1) * (total / bins) - 1e-9) {
      seen += mass;
      close();
    }
  }
  close();
  return error / total;
}

/** Brier's score: the mean squared distance of probability and truth (0 or 1). NaN where there are no rows. O(n). */
export function brierScore(probabilities: Float64Array, truth: Uint8Array, weights?: Weights): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < truth.length; row++) {
    const weight = weights ? (weights[row] ?? 0) : 1;
    sum += weight * ((probabilities[row] ?? 0) - (truth[row] ?? 0)) ** 2;
    total += weight;
  }
  return sum / total;
}
