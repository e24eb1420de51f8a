import type { Interval } from "../../shared/scoring/statistics.ts";
import { bootstrap } from "../metrics/bootstrap.ts";
import { brierScore, calibrationError } from "../metrics/calibration.ts";
import { averagePrecision, type Ranked, rank, rocAuc } from "../metrics/ranking.ts";
import { atLeast, type Confusion, confusion, f1 } from "../metrics/threshold.ts";

export interface Estimate extends Interval {
  readonly value: number;
}

/** How well likelihoods tell the rows of a label from the others, with 95% bootstrap intervals. */
export interface Quality {
  readonly rows: number;
  readonly positives: number;
  /** Not a number where all rows are of one class. */
  readonly auc: Estimate;
  readonly averagePrecision: Estimate;
  readonly f1: Estimate;
  readonly calibrationError: Estimate;
  /** The same over bins of equal width. */
  readonly calibrationErrorByWidth: number;
  readonly brier: number;
  readonly atThreshold: Confusion;
  /** The best that any threshold does, chosen on these very rows. */
  readonly best: { readonly f1: number; readonly threshold: number };
}

function bestF1(scores: Float64Array, { order, runEnds, truth }: Ranked): Quality["best"] {
  const positives = truth.reduce((sum, one) => sum + one, 0);
  let best = { f1: 0, threshold: Number.POSITIVE_INFINITY };
  let hits = 0;
  let start = 0;
  for (const end of runEnds) {
    const threshold = scores[order[start] ?? 0] ?? 0;
    for (; start < end; start++) hits += truth[order[start] ?? 0] ?? 0;
    const here = (2 * hits) / (end + positives);
    if (here > best.f1) best = { f1: here, threshold };
  }
  return best;
}

/** Quality at a threshold of rows judged; resampled `rounds` times. */
export function qualityOf(
  likelihoods: Float64Array,
  truth: Uint8Array,
  threshold: number,
  options: { readonly rounds: number; readonly seed: number; readonly onRound?: (share: number) => void },
): Quality {
  const ranked = rank(likelihoods, truth);
  const found = atLeast(likelihoods, threshold);
  const statistics = {
    auc: (weights?: Uint32Array) => rocAuc(ranked, weights),
    averagePrecision: (weights?: Uint32Array) => averagePrecision(ranked, weights),
    f1: (weights?: Uint32Array) => f1(confusion(found, truth, weights)),
    calibrationError: (weights?: Uint32Array) =>
      calibrationError(likelihoods, ranked, weights === undefined ? {} : { weights }),
  };
  const intervals = bootstrap(truth.length, statistics, options);
  const estimate = (name: keyof typeof statistics): Estimate => ({ value: statistics[name](), ...intervals[name] });
  return {
    rows: truth.length,
    positives: truth.reduce((sum, one) => sum + one, 0),
    auc: estimate("auc"),
    averagePrecision: estimate("averagePrecision"),
    f1: estimate("f1"),
    calibrationError: estimate("calibrationError"),
    calibrationErrorByWidth: calibrationError(likelihoods, ranked, { by: "width" }),
    brier: brierScore(likelihoods, truth),
    atThreshold: confusion(found, truth),
    best: bestF1(likelihoods, ranked),
  };
}
