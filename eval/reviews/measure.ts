import type { Interval } from "../../shared/scoring/statistics.ts";
import { bootstrap } from "../metrics/bootstrap.ts";
import { averagePrecision, type Ranked, rank, rocAuc, type Weights } from "../metrics/ranking.ts";

/** A ranking's figures on some reviews; intervals are 95% bootstraps over authors. */
export interface Measures {
  readonly reviews: number;
  readonly positives: number;
  readonly auc: number;
  readonly ap: number;
  /** AP over the share of positives. */
  readonly lift: number;
  /** Share of positives among the highest hundredth. */
  readonly precisionAt1: number;
  /** Share of the positives found when a hundredth of the rest is. */
  readonly recallAt1: number;
  readonly intervals: Readonly<Record<"auc" | "ap" | "precisionAt1" | "recallAt1", Interval>>;
}

/** Share of positives among the highest-ranked `share` of the rows. */
function precisionAmong({ order, truth }: Ranked, share: number, weights?: Weights): number {
  let whole = 0;
  for (let row = 0; row < truth.length; row++) whole += weights ? (weights[row] ?? 0) : 1;
  let seen = 0;
  let found = 0;
  for (const row of order) {
    if (seen >= whole * share) break;
    const weight = weights ? (weights[row] ?? 0) : 1;
    seen += weight;
    found += weight * (truth[row] ?? 0);
  }
  return seen === 0 ? Number.NaN : found / seen;
}

/** Share of the positives above the score that `share` of the negatives exceed. */
function recallWith({ order, truth }: Ranked, share: number, weights?: Weights): number {
  let positives = 0;
  let negatives = 0;
  for (let row = 0; row < truth.length; row++) {
    const weight = weights ? (weights[row] ?? 0) : 1;
    if (truth[row] === 1) positives += weight;
    else negatives += weight;
  }
  let found = 0;
  let wrong = 0;
  for (const row of order) {
    const weight = weights ? (weights[row] ?? 0) : 1;
    if (truth[row] === 1) found += weight;
    else wrong += weight;
    if (wrong > negatives * share) break;
  }
  return positives === 0 ? Number.NaN : found / positives;
}

/** Numbers of 0 to n − 1 for equal strings. */
export function groupsOf(names: readonly string[]): Uint32Array {
  const places = new Map<string, number>();
  return Uint32Array.from(names, (name) => {
    const known = places.get(name);
    if (known !== undefined) return known;
    places.set(name, places.size);
    return places.size - 1;
  });
}

/** Figures of scores against the truth; equal strings in `authors` are drawn together. */
export function measure(
  scores: Float64Array,
  truth: Uint8Array,
  authors: readonly string[],
  { rounds, seed }: { readonly rounds: number; readonly seed: number },
): Measures {
  const ranked = rank(scores, truth);
  const statistics = {
    auc: (weights?: Weights) => rocAuc(ranked, weights),
    ap: (weights?: Weights) => averagePrecision(ranked, weights),
    precisionAt1: (weights?: Weights) => precisionAmong(ranked, 0.01, weights),
    recallAt1: (weights?: Weights) => recallWith(ranked, 0.01, weights),
  };
  const positives = truth.reduce((sum, one) => sum + one, 0);
  const ap = statistics.ap();
  return {
    reviews: truth.length,
    positives,
    auc: statistics.auc(),
    ap,
    lift: ap / (positives / truth.length),
    precisionAt1: statistics.precisionAt1(),
    recallAt1: statistics.recallAt1(),
    intervals: bootstrap(truth.length, statistics, { rounds, seed, groups: groupsOf(authors) }),
  };
}
