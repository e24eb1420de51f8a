import { type BoostedTrees, trainTrees, treeScores } from "../../models/reviews/train/boosted-trees.ts";
import { FEATURE_NAMES, vectorOf } from "../../models/reviews/train/feature-vector.ts";
import { rankReview } from "../../shared/scoring/review/rank-review.ts";
import { seeded } from "../metrics/seeded.ts";
import type { BitcoinOtc } from "./bitcoin-otc.ts";
import { replay } from "./replay.ts";

const FOLDS = 5;
const REPEATS = 5;
const KINDS = 3;
const OPTIONS = { trees: 200, depth: 2, rate: 0.05, leastWeight: 1, ridge: 2, rows: 0.7, cols: 0.2, seed: 1 };

/** Scores of raters, each rater by ratings that they gave and never by one that they got; higher is likelier fraudulent. */
export interface RatedRaters {
  readonly users: readonly string[];
  readonly truth: Uint8Array;
  /** By name; each in the order of `users`. */
  readonly scores: Readonly<Record<string, Float64Array>>;
}

interface Summary {
  count: number;
  readonly sums: Float64Array;
  readonly known: Float64Array;
  readonly most: Float64Array;
  readonly last: Float64Array;
  warm: number;
  fairness: number;
}

/** Raters of whom the truth is known and who gave a rating: mean, greatest and latest of what was known at each. */
export function rateRaters({ rows, truth }: BitcoinOtc): RatedRaters {
  const columns = FEATURE_NAMES.length;
  const vector = new Float64Array(columns);
  const summaries = new Map<string, Summary>();
  replay(rows, (found, { user }) => {
    if (!truth.has(user)) return;
    vectorOf(found, vector, 0);
    const own = summaries.get(user) ?? {
      count: 0,
      sums: new Float64Array(columns),
      known: new Float64Array(columns),
      most: new Float64Array(columns).fill(Number.NaN),
      last: new Float64Array(columns).fill(Number.NaN),
      warm: 0,
      fairness: 0,
    };
    own.count++;
    own.warm += rankReview(found).warm;
    own.fairness = found.trust.fairness;
    for (let place = 0; place < columns; place++) {
      const value = vector[place] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      const most = own.most[place] ?? Number.NaN;
      own.sums[place] = (own.sums[place] ?? 0) + value;
      own.known[place] = (own.known[place] ?? 0) + 1;
      own.most[place] = Number.isNaN(most) ? value : Math.max(most, value);
      own.last[place] = value;
    }
    summaries.set(user, own);
  });
  const users = [...summaries.keys()];
  const labels = Uint8Array.from(users, (user) => truth.get(user) ?? 0);
  const width = columns * KINDS;
  const values = new Float64Array(users.length * width);
  for (const [index, { sums, known, most, last }] of [...summaries.values()].entries()) {
    for (let place = 0; place < columns; place++) {
      values[index * width + place] = (sums[place] ?? 0) / (known[place] ?? 0);
      values[index * width + columns + place] = most[place] ?? Number.NaN;
      values[index * width + 2 * columns + place] = last[place] ?? Number.NaN;
    }
  }
  const lasting = /^(cold\.(author\.days|author\.reviews|pace|month)|author\.gap|target\.quiet|site\..*)$/;
  const kept = FEATURE_NAMES.flatMap((name, place) => (lasting.test(name) ? [] : [place]));
  const all = [...summaries.values()];
  return {
    users,
    truth: labels,
    scores: {
      "fewest ratings given": Float64Array.from(all, ({ count }) => -count),
      "reliability in one pass (REV2), no training": Float64Array.from(all, ({ fairness }) => -fairness),
      "shipped scorecard without cold-start, no training": Float64Array.from(
        all,
        ({ warm: sum, count }) => sum / count,
      ),
      "boosted trees, cross-validated": crossValidated(values, width, labels),
      "the same without times, tenure and number": crossValidated(
        values,
        width,
        labels,
        kept.flatMap((place) => [place, columns + place, 2 * columns + place]),
      ),
    },
  };
}

/** The mean rank that each row got in repeated five-fold cross-validation, by trees that never saw it. */
function crossValidated(
  values: Float64Array,
  columns: number,
  truth: Uint8Array,
  places?: readonly number[],
): Float64Array {
  const size = truth.length;
  const total = new Float64Array(size);
  for (let repeat = 1; repeat <= REPEATS; repeat++) {
    const random = seeded(repeat);
    const fold = Uint8Array.from(truth, () => Math.floor(random() * FOLDS));
    for (let out = 0; out < FOLDS; out++) {
      const pick = (keep: (index: number) => boolean): number[] => [...truth.keys()].filter(keep);
      const inside = pick((index) => fold[index] !== out);
      const outside = pick((index) => fold[index] === out);
      const part = (rows: readonly number[]) => ({ values: rowsOf(values, columns, rows), columns });
      const trees: BoostedTrees = trainTrees(
        part(inside),
        Uint8Array.from(inside, (index) => truth[index] ?? 0),
        {
          ...OPTIONS,
          ...(places ? { places } : {}),
        },
      );
      const scores = treeScores(trees, part(outside));
      for (const [place, index] of outside.entries())
        total[index] = (total[index] ?? 0) + (scores[place] ?? 0) / REPEATS;
    }
  }
  return total;
}

/** Some rows of a matrix, in the order asked for. */
export function rowsOf(values: Float64Array, columns: number, rows: readonly number[]): Float64Array {
  const part = new Float64Array(rows.length * columns);
  for (const [place, row] of rows.entries())
    part.set(values.subarray(row * columns, (row + 1) * columns), place * columns);
  return part;
}
