/** Levels of splits of every tree: fixed, as the sum is written out level by level. */
export const DEPTH = 3;
export const SPLITS = 2 ** DEPTH - 1;
export const LEAVES = 2 ** DEPTH;

/** Full trees in heap order, one after the other. */
export interface FullTrees {
  /** Of every split: its column, its threshold (lower goes left), the share of training mass that went left. */
  readonly column: Uint8Array;
  readonly threshold: Float64Array;
  readonly left: Float64Array;
  /** Of every leaf. */
  readonly leaf: Float64Array;
}

/** Trees over the known columns only: full ones again, so that all take the same steps. */
export interface Forest extends Omit<FullTrees, "left"> {
  /** What the trees with no known split come to. */
  readonly constant: number;
}

type Branch =
  | number
  | { readonly column: number; readonly threshold: number; readonly left: Branch; readonly right: Branch };

const plus = (branch: Branch, value: number): Branch =>
  typeof branch === "number"
    ? branch + value
    : { ...branch, left: plus(branch.left, value), right: plus(branch.right, value) };

/** Adds branches up: all that is constant goes into the first of the others. */
function gathered(branches: readonly Branch[]): Branch[] {
  let constant = 0;
  const rest: Branch[] = [];
  for (const branch of branches) {
    if (typeof branch === "number") constant += branch;
    else rest.push(branch);
  }
  const [first, ...others] = rest;
  return first === undefined ? [constant] : [plus(first, constant), ...others];
}

/**
 * The trees as they are for profiles of which only the columns in `known` (a bit each) are known: a split on another
 * one counts both its sides by the shares of training mass that went there. Exact: the sum of the branches is that
 * average, and a profile with few facts costs no more than a full one.
 */
export function collapseTrees({ column, threshold, left, leaf }: FullTrees, known: number): Forest {
  const branchesOf = (tree: number, node: number, weight: number): Branch[] => {
    if (node >= SPLITS) return [weight * (leaf[tree * LEAVES + node - SPLITS] ?? 0)];
    const at = tree * SPLITS + node;
    const place = column[at] ?? 0;
    const share = left[at] ?? 0;
    if (((known >> place) & 1) === 0)
      return gathered([
        ...branchesOf(tree, 2 * node + 1, weight * share),
        ...branchesOf(tree, 2 * node + 2, weight * (1 - share)),
      ]);
    const below = branchesOf(tree, 2 * node + 1, weight);
    const above = branchesOf(tree, 2 * node + 2, weight);
    return Array.from({ length: Math.max(below.length, above.length) }, (_, index): Branch => {
      const low = below[index] ?? 0;
      const high = above[index] ?? 0;
      return low === high ? low : { column: place, threshold: threshold[at] ?? 0, left: low, right: high };
    });
  };
  const columns: number[] = [];
  const thresholds: number[] = [];
  const leaves: number[] = [];
  /** Fills the tree up: below a leaf that stands higher both sides are the same. */
  const lay = (branch: Branch): void => {
    let level: Branch[] = [branch];
    for (let step = 0; step < DEPTH; step++) {
      for (const one of level) {
        columns.push(typeof one === "number" ? 0 : one.column);
        thresholds.push(typeof one === "number" ? 0 : one.threshold);
      }
      level = level.flatMap((one) => (typeof one === "number" ? [one, one] : [one.left, one.right]));
    }
    for (const one of level) leaves.push(typeof one === "number" ? one : 0);
  };
  let constant = 0;
  for (let tree = 0; tree * SPLITS < column.length; tree++)
    for (const branch of branchesOf(tree, 0, 1)) {
      if (typeof branch === "number") constant += branch;
      else lay(branch);
    }
  return {
    constant,
    column: Uint8Array.from(columns),
    threshold: Float64Array.from(thresholds),
    leaf: Float64Array.from(leaves),
  };
}

/**
 * The sum of the trees for features of which those are known that the forest was made for. Every profile of every follow
 * goes through here, hence no loop over levels and no test whether places are within the lists, which they are by how
 * the lists were made: both together would more than double the time.
 */
export function forestSum({ constant, column, threshold, leaf }: Forest, features: Float64Array): number {
  const side = (at: number): number => ((features[column[at] as number] as number) < (threshold[at] as number) ? 1 : 2);
  const trees = leaf.length / LEAVES;
  let sum = constant;
  for (let tree = 0; tree < trees; tree++) {
    const root = tree * SPLITS;
    let node = side(root);
    node = 2 * node + side(root + node);
    node = 2 * node + side(root + node);
    sum += leaf[tree * LEAVES + node - SPLITS] as number;
  }
  return sum;
}
