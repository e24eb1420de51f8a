/** Rows in descending order of their score, with the ends of runs of equal scores: sorted once, used for every resample. */
export interface Ranked {
  /** Row numbers, highest score first. */
  readonly order: Uint32Array;
  /** Where each run of equal scores ends in `order`, exclusive. */
  readonly runEnds: Uint32Array;
  /** 1 where the row is what is looked for, by row number. */
  readonly truth: Uint8Array;
}

/**
 * Ranks rows by score, in O(n log n).
 * @throws RangeError where the lengths differ or a score is not a number.
 */
export function rank(scores: Float64Array, truth: Uint8Array): Ranked {
  if (scores.length !== truth.length) throw new RangeError(`${scores.length} scores for ${truth.length} rows`);
  if (scores.some(Number.isNaN)) throw new RangeError("a score is not a number");
  const order = Uint32Array.from(scores.keys()).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  const ends: number[] = [];
  for (let index = 1; index <= order.length; index++)
    if (index === order.length || scores[order[index] ?? 0] !== scores[order[index - 1] ?? 0]) ends.push(index);
  return { order, runEnds: Uint32Array.from(ends), truth };
}

/** How often each row counts, by row number; left out, once each. */
export type Weights = Uint32Array;

/**
 * The area under the ROC curve: the chance that a row that is looked for scores above one that is not; ties count half
 * (Mann and Whitney's U over the product of the class sizes). NaN where either class is empty. O(n).
 */
export function rocAuc({ order, runEnds, truth }: Ranked, weights?: Weights): number {
  let above = 0;
  let positives = 0;
  let negatives = 0;
  let start = 0;
  for (const end of runEnds) {
    let found = 0;
    let spared = 0;
    for (; start < end; start++) {
      const row = order[start] ?? 0;
      const weight = weights ? (weights[row] ?? 0) : 1;
      if (truth[row] === 1) found += weight;
      else spared += weight;
    }
    above += spared * (positives + found / 2);
    positives += found;
    negatives += spared;
  }
  return above / (positives * negatives);
}

/**
 * Average precision: the sum over distinct scores of precision there times the gain in recall, with no interpolation;
 * rows of one score enter together. NaN where nothing is looked for. O(n).
 */
export function averagePrecision({ order, runEnds, truth }: Ranked, weights?: Weights): number {
  let sum = 0;
  let positives = 0;
  let all = 0;
  let start = 0;
  for (const end of runEnds) {
    let found = 0;
    for (; start < end; start++) {
      const row = order[start] ?? 0;
      const weight = weights ? (weights[row] ?? 0) : 1;
      if (truth[row] === 1) found += weight;
      all += weight;
    }
    positives += found;
    if (found > 0) sum += (found * positives) / all;
  }
  return sum / positives;
}
