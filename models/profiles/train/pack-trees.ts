import type { BoostedTrees, Tree } from "../../reviews/train/boosted-trees.ts";

/** Trees as flat lists of numbers, each tree filled up to full depth: see ProfileWeights. */
export interface PackedTrees {
  readonly bias: number;
  readonly column: readonly number[];
  readonly threshold: readonly number[];
  readonly left: readonly number[];
  readonly leaf: readonly number[];
  readonly gain: readonly number[];
}

/** Down, as thresholds are values of rows, which must stay at or above them. */
const roundedDown = (value: number): number => Math.floor(value * 1e4) / 1e4;
const rounded = (value: number, digits: number): number => Number(value.toFixed(digits)) + 0;
/** Stands for −∞, which JSON cannot hold; no feature lies as low. */
const LOWEST = -1000;

/** Packs trees of one depth; `columns` is the number of features. Numbers are rounded so that the file stays small. */
export function packTrees({ bias, trees }: BoostedTrees, depth: number, columns: number): PackedTrees {
  const splits = 2 ** depth - 1;
  const column: number[] = [];
  const threshold: number[] = [];
  const left: number[] = [];
  const leaf: number[] = [];
  const gain = new Float64Array(columns);
  for (const tree of trees) {
    /** The node whose value each place has: itself, or the leaf above it where the tree ends early. */
    const source = new Uint16Array(2 * splits + 1);
    for (let node = 0; node < splits; node++) {
      const own = source[node] ?? 0;
      const ended = (tree.feature[own] ?? -1) < 0;
      source[2 * node + 1] = ended ? own : 2 * own + 1;
      source[2 * node + 2] = ended ? own : 2 * own + 2;
      const share = ended ? 0.5 : shareLeft(tree, own);
      column.push(ended ? 0 : (tree.feature[own] ?? 0));
      threshold.push(ended ? 0 : roundedDown(Math.max(LOWEST, tree.threshold[own] ?? 0)));
      left.push(rounded(share, 3));
      if (!ended) {
        const place = tree.feature[own] ?? 0;
        const change = meanOf(tree, 2 * own + 1) - meanOf(tree, 2 * own + 2);
        gain[place] = (gain[place] ?? 0) + (tree.mass[own] ?? 0) * share * (1 - share) * change ** 2;
      }
    }
    for (let node = splits; node <= 2 * splits; node++) leaf.push(rounded(tree.value[source[node] ?? 0] ?? 0, 4));
  }
  const whole = gain.reduce((sum, one) => sum + one, 0);
  return {
    bias: rounded(bias, 4),
    column,
    threshold,
    left,
    leaf,
    gain: Array.from(gain, (one) => rounded(one / whole, 4)),
  };
}

function shareLeft({ mass }: Tree, node: number): number {
  const whole = mass[node] ?? 0;
  return whole > 0 ? (mass[2 * node + 1] ?? 0) / whole : 0.5;
}

/** What a subtree comes to on average over the training mass. */
function meanOf(tree: Tree, node: number): number {
  if ((tree.feature[node] ?? -1) < 0) return tree.value[node] ?? 0;
  const share = shareLeft(tree, node);
  return share * meanOf(tree, 2 * node + 1) + (1 - share) * meanOf(tree, 2 * node + 2);
}
