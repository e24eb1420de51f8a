import { seeded } from "../../../eval/metrics/seeded.ts";

/** Rows of features, one after the other; NaN where a value is missing. */
export interface Matrix {
  readonly values: Float64Array;
  readonly columns: number;
}

export interface TreeOptions {
  readonly trees: number;
  readonly depth: number;
  readonly rate: number;
  /** Least sum of p(1 − p) in a leaf. */
  readonly leastWeight: number;
  /** L2 on leaf values. */
  readonly ridge: number;
  /** Shares of rows and columns that each tree sees. */
  readonly rows: number;
  readonly cols: number;
  readonly seed: number;
  /** Columns that may be used; all where left out. */
  readonly places?: readonly number[];
  /** By column: 1 where the score may only rise with the value, −1 where it may only fall, else 0. */
  readonly monotone?: Int8Array;
  /** How much each row counts; 1 where left out. */
  readonly rowWeights?: Float64Array;
}

/** One tree as arrays in heap order: a node's children are 2n + 1 and 2n + 2; feature −1 marks a leaf. */
export interface Tree {
  readonly feature: Int16Array;
  readonly threshold: Float64Array;
  readonly value: Float64Array;
  /** Sum of p(1 − p) of the rows of the tree's sample that came to the node. */
  readonly mass: Float64Array;
}

export interface BoostedTrees {
  readonly bias: number;
  readonly trees: readonly Tree[];
}

const BINS = 64;

/** Cut points of a column so that bins hold about equally many rows; a value is in the bin of cuts below or at it. */
function cutsOf(values: Float64Array): Float64Array {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const cuts: number[] = [];
  for (let bin = 1; bin < BINS - 1; bin++) {
    const cut = sorted[Math.floor((bin * sorted.length) / (BINS - 1))];
    if (cut !== undefined && cut > (cuts.at(-1) ?? sorted[0] ?? 0)) cuts.push(cut);
  }
  return Float64Array.from(cuts);
}

/** 0 for a missing value, else 1 + the number of cuts at or below it. */
function binOf(value: number, cuts: Float64Array): number {
  if (Number.isNaN(value)) return 0;
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cuts[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

/**
 * Gradient-boosted trees on the logistic loss with histograms (Friedman 2001; Ke et al. 2017), deterministic for a seed.
 * O(trees · depth · rows · columns). Missing values go with the lowest bin.
 */
export function trainTrees({ values, columns }: Matrix, truth: Uint8Array, options: TreeOptions): BoostedTrees {
  const size = truth.length;
  const random = seeded(options.seed);
  const places = options.places ?? Array.from({ length: columns }, (_, place) => place);
  const cuts = new Map<number, Float64Array>();
  const bins = new Map<number, Uint8Array>();
  for (const place of places) {
    const column = Float64Array.from({ length: size }, (_, row) => values[row * columns + place] ?? Number.NaN);
    const edges = cutsOf(column);
    cuts.set(place, edges);
    bins.set(
      place,
      Uint8Array.from(column, (value) => binOf(value, edges)),
    );
  }
  const positives = truth.reduce((sum, one) => sum + one, 0);
  const bias = Math.log((positives + 1) / (size - positives + 1));
  const logits = new Float64Array(size).fill(bias);
  const gradients = new Float64Array(size);
  const weights = new Float64Array(size);
  const node = new Uint16Array(size);
  const sample = new Uint32Array(size);
  const trees: Tree[] = [];
  for (let round = 0; round < options.trees; round++) {
    let drawn = 0;
    for (let row = 0; row < size; row++) {
      const p = sigmoid(logits[row] ?? 0);
      const counts = options.rowWeights?.[row] ?? 1;
      gradients[row] = counts * (p - (truth[row] ?? 0));
      weights[row] = counts * p * (1 - p);
      node[row] = 0;
      if (random() < options.rows) sample[drawn++] = row;
    }
    const chosen = places.filter(() => random() < options.cols);
    const rows = sample.subarray(0, drawn);
    const tree = growTree({ gradients, weights, node, rows, bins, cuts, places: chosen }, options);
    trees.push(tree);
    for (let row = 0; row < size; row++) logits[row] = (logits[row] ?? 0) + (tree.value[node[row] ?? 0] ?? 0);
  }
  return { bias, trees };
}

interface Growing {
  readonly gradients: Float64Array;
  readonly weights: Float64Array;
  /** The node in which each row lies, those outside of the sample too. */
  readonly node: Uint16Array;
  /** The rows of this tree's sample. */
  readonly rows: Uint32Array;
  readonly bins: ReadonlyMap<number, Uint8Array>;
  readonly cuts: ReadonlyMap<number, Float64Array>;
  readonly places: readonly number[];
}

interface Split {
  gain: number;
  place: number;
  bin: number;
  /** Between the values of its two sides, which no leaf below may cross where the column is monotone. */
  middle: number;
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

function growTree(data: Growing, options: TreeOptions): Tree {
  const { depth, rate, ridge, leastWeight, monotone } = options;
  const nodes = 2 ** (depth + 1) - 1;
  const feature = new Int16Array(nodes).fill(-1);
  const threshold = new Float64Array(nodes);
  const value = new Float64Array(nodes);
  const lowest = new Float64Array(nodes).fill(Number.NEGATIVE_INFINITY);
  const highest = new Float64Array(nodes).fill(Number.POSITIVE_INFINITY);
  const { gradients, weights, node, rows, bins, cuts, places } = data;
  for (let level = 0; level < depth; level++) {
    const first = 2 ** level - 1;
    const width = 2 ** level;
    const best = Array.from({ length: width }, (): Split => ({ gain: 1e-6, place: -1, bin: 0, middle: 0 }));
    const g = new Float64Array(width * BINS);
    const h = new Float64Array(width * BINS);
    for (const place of places) {
      const column = bins.get(place);
      if (!column) continue;
      const sign = monotone?.[place] ?? 0;
      g.fill(0);
      h.fill(0);
      for (let index = 0; index < rows.length; index++) {
        const row = rows[index] ?? 0;
        const own = (node[row] ?? 0) - first;
        if (own < 0) continue;
        const cell = own * BINS + (column[row] ?? 0);
        g[cell] = (g[cell] ?? 0) + (gradients[row] ?? 0);
        h[cell] = (h[cell] ?? 0) + (weights[row] ?? 0);
      }
      for (let own = 0; own < width; own++) {
        let wholeG = 0;
        let wholeH = 0;
        for (let bin = 0; bin < BINS; bin++) {
          wholeG += g[own * BINS + bin] ?? 0;
          wholeH += h[own * BINS + bin] ?? 0;
        }
        if (wholeH < 2 * leastWeight) continue;
        const whole = wholeG ** 2 / (wholeH + ridge);
        const found = best[own];
        if (!found) continue;
        let leftG = 0;
        let leftH = 0;
        for (let bin = 0; bin < BINS - 1; bin++) {
          leftG += g[own * BINS + bin] ?? 0;
          leftH += h[own * BINS + bin] ?? 0;
          if (leftH < leastWeight) continue;
          if (wholeH - leftH < leastWeight) break;
          const rightG = wholeG - leftG;
          const rightH = wholeH - leftH;
          const gain = leftG ** 2 / (leftH + ridge) + rightG ** 2 / (rightH + ridge) - whole;
          if (gain <= found.gain) continue;
          const left = -leftG / (leftH + ridge);
          const right = -rightG / (rightH + ridge);
          // Bin 0 alone on a side parts the missing from the known, which is neither rise nor fall.
          if (sign !== 0 && bin > 0 && sign * (right - left) < 0) continue;
          Object.assign(found, { gain, place, bin, middle: (left + right) / 2 });
        }
      }
    }
    for (let own = 0; own < width; own++) {
      const split = best[own];
      if (!split || split.place < 0) continue;
      const at = first + own;
      feature[at] = split.place;
      // Bin 0 is for missing values alone: −∞ sends them, and nothing else, to the left.
      threshold[at] =
        split.bin === 0
          ? Number.NEGATIVE_INFINITY
          : (cuts.get(split.place)?.[split.bin - 1] ?? Number.POSITIVE_INFINITY);
      const sign = split.bin === 0 ? 0 : (monotone?.[split.place] ?? 0);
      const low = lowest[at] ?? 0;
      const high = highest[at] ?? 0;
      const middle = clamp(split.middle, low, high);
      lowest[2 * at + 1] = sign < 0 ? middle : low;
      highest[2 * at + 1] = sign > 0 ? middle : high;
      lowest[2 * at + 2] = sign > 0 ? middle : low;
      highest[2 * at + 2] = sign < 0 ? middle : high;
    }
    for (let row = 0; row < node.length; row++) {
      const own = node[row] ?? 0;
      if (own < first) continue;
      const split = best[own - first];
      if (!split || split.place < 0) continue;
      node[row] = 2 * own + ((bins.get(split.place)?.[row] ?? 0) <= split.bin ? 1 : 2);
    }
  }
  const sums = new Float64Array(nodes);
  const masses = new Float64Array(nodes);
  for (const row of rows) {
    const own = node[row] ?? 0;
    sums[own] = (sums[own] ?? 0) + (gradients[row] ?? 0);
    masses[own] = (masses[own] ?? 0) + (weights[row] ?? 0);
  }
  for (let own = 0; own < nodes; own++)
    value[own] = rate * clamp(-(sums[own] ?? 0) / ((masses[own] ?? 0) + ridge), lowest[own] ?? 0, highest[own] ?? 0);
  for (let own = (nodes - 3) >> 1; own >= 0; own--)
    masses[own] = (masses[own] ?? 0) + (masses[2 * own + 1] ?? 0) + (masses[2 * own + 2] ?? 0);
  return { feature, threshold, value, mass: masses };
}

function leafOf({ feature, threshold, value }: Tree, values: Float64Array, from: number): number {
  let own = 0;
  for (;;) {
    const place = feature[own] ?? -1;
    if (place < 0) return value[own] ?? 0;
    const held = values[from + place] ?? Number.NaN;
    own = 2 * own + (Number.isNaN(held) || held < (threshold[own] ?? 0) ? 1 : 2);
  }
}

/** The log-odds of each row. */
export function treeScores({ bias, trees }: BoostedTrees, { values, columns }: Matrix): Float64Array {
  const size = values.length / columns;
  return Float64Array.from({ length: size }, (_, row) => {
    let sum = bias;
    for (const tree of trees) sum += leafOf(tree, values, row * columns);
    return sum;
  });
}
