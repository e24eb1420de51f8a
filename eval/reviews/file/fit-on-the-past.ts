import { type BoostedTrees, trainTrees, treeScores } from "../../../models/reviews/train/boosted-trees.ts";
import { FEATURE_NAMES, vectorOf } from "../../../models/reviews/train/feature-vector.ts";
import { rankReview } from "../../../shared/scoring/review/rank-review.ts";
import type { ReviewFeatures } from "../../../shared/scoring/review/review-features.ts";
import { TREE_OPTIONS } from "../fit-trees.ts";
import { HISTORY_NAMES, labelHistory } from "../label-history.ts";
import type { RatingRow } from "../rating-row.ts";
import { FileRefused } from "./columns.ts";

const FEWEST_OF_A_KIND = 50;

/**
 * Boosted trees that learn from the labelled rows before `until` (minutes since the epoch) and score those after it. Every
 * row passes once, in the order of time; later labels are never looked at.
 */
export function fitOnThePast(until: number) {
  const own = FEATURE_NAMES.length;
  const columns = own + HISTORY_NAMES.length;
  const history = labelHistory(until);
  const values: Float64Array[] = [];
  const truth: number[] = [];
  let trees: BoostedTrees | undefined;

  const columnsOf = (found: ReviewFeatures, row: RatingRow): Float64Array => {
    const vector = new Float64Array(columns);
    vectorOf(found, vector, 0);
    const expected = rankReview(found).probability;
    history.pass({ row, first: found.firstReview, expected }, vector, own);
    return vector;
  };
  const trained = (): BoostedTrees => {
    const fakes = truth.reduce((sum, one) => sum + one, 0);
    if (Math.min(fakes, truth.length - fakes) < FEWEST_OF_A_KIND)
      throw new FileRefused(
        `--fit needs at least ${FEWEST_OF_A_KIND} labelled rows of each kind before --score-from; found ${fakes} fake and ${truth.length - fakes} genuine`,
      );
    const all = new Float64Array(truth.length * columns);
    for (const [index, vector] of values.entries()) all.set(vector, index * columns);
    values.length = 0;
    return trainTrees({ values: all, columns }, Uint8Array.from(truth), TREE_OPTIONS);
  };
  return {
    /** A row before `until`: learnt from where it has a label. */
    learn(found: ReviewFeatures, row: RatingRow): void {
      const vector = columnsOf(found, row);
      if (row.label === undefined) return;
      values.push(vector);
      truth.push(row.label);
    },
    /**
     * The log-odds that a later row is fake. The first call trains.
     * @throws FileRefused where too few rows were labelled.
     */
    score(found: ReviewFeatures, row: RatingRow): number {
      trees ??= trained();
      return treeScores(trees, { values: columnsOf(found, row), columns })[0] ?? 0;
    },
  };
}
