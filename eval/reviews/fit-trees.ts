import { type TreeOptions, trainTrees, treeScores } from "../../models/reviews/train/boosted-trees.ts";
import { FEATURE_NAMES, TARGET_PLACES } from "../../models/reviews/train/feature-vector.ts";
import { HISTORY_NAMES, labelHistory } from "./label-history.ts";
import { rowsOf } from "./rate-raters.ts";
import type { Replayed } from "./replayed.ts";

/** Chosen on 2010, trained to September 2009. */
export const TREE_OPTIONS: TreeOptions = {
  trees: 300,
  depth: 4,
  rate: 0.03,
  leastWeight: 10,
  ridge: 20,
  rows: 0.5,
  cols: 0.25,
  seed: 1,
};

export interface TreesPlan {
  /** Reviews from `start` to before `until` (minutes since the epoch) train, those with a label. */
  readonly start: number;
  readonly until: number;
  /** With what earlier labels of the target say (see `labelHistory`), none from `until` on. */
  readonly history: boolean;
  /** Blind to who wrote a review, so that nobody's newness can count. */
  readonly blind?: boolean;
  /** Targets whose reviews don't train. */
  readonly without?: (target: string) => boolean;
  /** Other labels than the rows' own, by row: for controls. */
  readonly labels?: Uint8Array;
  /** Only these columns. */
  readonly columns?: readonly string[];
}

/** Log-odds of every review from boosted trees that saw labels before `until` only. */
export function fitTrees(replayed: Replayed, plan: TreesPlan): Float64Array {
  const { rows, vectors, first, probability } = replayed;
  const own = FEATURE_NAMES.length;
  const more = plan.history ? HISTORY_NAMES.length : 0;
  const columns = own + more;
  const values = new Float64Array(rows.length * columns);
  const history = labelHistory(plan.until);
  for (const [index, row] of rows.entries()) {
    values.set(vectors.subarray(index * own, (index + 1) * own), index * columns);
    const expected = probability[index] ?? 0;
    if (plan.history) history.pass({ row, first: first[index] === 1, expected }, values, index * columns + own);
  }
  const train = [...rows.keys()].filter((index) => {
    const row = rows[index];
    if (row?.label === undefined || plan.without?.(row.target)) return false;
    return row.at >= plan.start && row.at < plan.until;
  });
  const truth = Uint8Array.from(train, (index) => plan.labels?.[index] ?? rows[index]?.label ?? 0);
  const named = plan.columns?.map((name) => FEATURE_NAMES.indexOf(name));
  const extra = Array.from({ length: more }, (_, place) => own + place);
  const places = named ?? (plan.blind ? [...TARGET_PLACES, ...extra] : undefined);
  const trees = trainTrees({ values: rowsOf(values, columns, train), columns }, truth, {
    ...TREE_OPTIONS,
    ...(places ? { places } : {}),
  });
  return treeScores(trees, { values, columns });
}
