import type { Profile } from "../../shared/scoring/audience/profile-features.ts";
import type { Interval } from "../../shared/scoring/statistics.ts";
import { bootstrap } from "../metrics/bootstrap.ts";
import { averagePrecision, rank, rocAuc } from "../metrics/ranking.ts";
import type { LabelledProfile } from "./sets.ts";

export interface Estimate extends Interval {
  readonly value: number;
}

export interface Quality {
  readonly auc: Estimate;
  readonly ap: Estimate;
}

const ROUNDS = 200;
const SEED = 7;

export const truthOfRows = (rows: readonly LabelledProfile[]): Uint8Array =>
  Uint8Array.from(rows, ({ fake }) => Number(fake));

export const aucOf = (scores: Float64Array, rows: readonly LabelledProfile[]): number =>
  rocAuc(rank(scores, truthOfRows(rows)));

/** AUC and average precision of scores by row (higher: more likely fake), with 95% bootstrap intervals over rows. */
export function qualityOf(scores: Float64Array, rows: readonly LabelledProfile[]): Quality {
  const ranked = rank(scores, truthOfRows(rows));
  const intervals = bootstrap(
    rows.length,
    { auc: (weights) => rocAuc(ranked, weights), ap: (weights) => averagePrecision(ranked, weights) },
    { rounds: ROUNDS, seed: SEED },
  );
  return {
    auc: { value: rocAuc(ranked), ...intervals.auc },
    ap: { value: averagePrecision(ranked), ...intervals.ap },
  };
}

/** One column alone, as a set gives it; NaN where it is missing. */
type Column = readonly [name: string, value: (profile: Profile) => number];

const known = (value: number | boolean | undefined): number => (value === undefined ? Number.NaN : Number(value));

const COLUMNS: readonly Column[] = [
  ["followers", ({ followers }) => known(followers)],
  ["following", ({ following }) => known(following)],
  ["followers/following", ({ followers, following }) => (known(followers) + 1) / (known(following) + 1)],
  ["statuses", ({ statuses }) => known(statuses)],
  ["favourites", ({ favourites }) => known(favourites)],
  ["favourites/statuses", ({ favourites, statuses }) => (known(favourites) + 1) / (known(statuses) + 1)],
  ["listed", ({ listed }) => known(listed)],
  ["bio length", ({ bioLength }) => known(bioLength)],
  ["handle digits", ({ handleDigits, handleLength }) => known(handleDigits) / (handleLength || Number.NaN)],
  ["name length", ({ nameLength }) => known(nameLength)],
  ["default image", ({ defaultImage }) => known(defaultImage)],
  ["default profile", ({ defaultProfile }) => known(defaultProfile)],
  ["verified", ({ verified }) => known(verified)],
  ["link", ({ hasUrl }) => known(hasUrl)],
  ["private", (profile) => known(profile.private)],
  ["creation date", ({ createdAt }) => (createdAt === undefined ? Number.NaN : Date.parse(createdAt))],
];

/** A single column and the way in which it points to fakes. */
export interface SingleColumn {
  readonly name: string;
  /** The scores that it gives rows; those that lack it stand in the middle. */
  readonly score: (rows: readonly LabelledProfile[]) => Float64Array;
}

/**
 * The single column that ranks these rows best, in its better direction. Names and language are no columns; the creation
 * date is one only here, as a warning of how much of a set it tells.
 */
export function bestColumn(rows: readonly LabelledProfile[], without: readonly string[] = []): SingleColumn {
  let best: { readonly auc: number; readonly column: SingleColumn } | undefined;
  for (const [name, value] of COLUMNS) {
    if (without.includes(name)) continue;
    for (const sign of [1, -1]) {
      const score = (some: readonly LabelledProfile[]): Float64Array => {
        const values = Float64Array.from(some, ({ profile }) => sign * value(profile));
        const held = values.filter((one) => !Number.isNaN(one)).sort();
        const middle = held[held.length >> 1] ?? 0;
        return values.map((one) => (Number.isNaN(one) ? middle : one));
      };
      const auc = aucOf(score(rows), rows);
      if (best === undefined || auc > best.auc)
        best = { auc, column: { name: `${sign > 0 ? "high" : "low"} ${name}`, score } };
    }
  }
  if (best === undefined) throw new RangeError("no column to choose from");
  return best.column;
}
