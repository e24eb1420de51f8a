import type { LabelledProfile } from "../../../eval/profiles/sets.ts";
import { DEPTH } from "../../../shared/scoring/audience/collapse-trees.ts";
import { FEATURES, type Feature, profileFeatures } from "../../../shared/scoring/audience/profile-features.ts";
import type { ProfileWeights } from "../../../shared/scoring/audience/profile-model.ts";
import { trainTrees } from "../../reviews/train/boosted-trees.ts";
import { packTrees } from "./pack-trees.ts";

/** How much the points set by hand count beside the trees: chosen by leaving whole sources out, see the card. */
const POINTS = 0.35;

/**
 * Which way more of a feature may move the chance of a fake. The others may move it either way: sold followers post
 * little and have few followers, programs post a lot and may have many.
 */
const DIRECTION: Readonly<Partial<Record<Feature, 1 | -1>>> = {
  favourites: -1,
  ratio: -1,
  bio: -1,
  digits: 1,
  age: -1,
  image: 1,
  design: 1,
  verified: -1,
  url: -1,
};

/** Rows of one source. */
export interface Source {
  readonly rows: readonly LabelledProfile[];
}

/** The features of rows, one after the other. */
function featuresOf(rows: readonly LabelledProfile[]): Float64Array {
  const values = new Float64Array(rows.length * FEATURES.length);
  rows.forEach(({ profile, seenAt }, row) => {
    profileFeatures(profile, seenAt, values.subarray(row * FEATURES.length, (row + 1) * FEATURES.length));
  });
  return values;
}

/**
 * Every source counts the same, in it fakes as much as genuine accounts, and among those a group (a campaign) by the
 * root of its size: the largest campaign of the largest set is not what all fakes look like.
 */
function balance(sources: readonly Source[]): Float64Array {
  const all = sources.reduce((sum, { rows }) => sum + rows.length, 0);
  return Float64Array.from(
    sources.flatMap(({ rows }) => {
      const sizes = new Map<string, number>();
      const keyOf = ({ fake, group }: LabelledProfile): string => `${fake} ${group}`;
      for (const row of rows) sizes.set(keyOf(row), (sizes.get(keyOf(row)) ?? 0) + 1);
      const mass = (fake: boolean): number =>
        [...sizes].reduce((sum, [key, size]) => (key.startsWith(`${fake} `) ? sum + Math.sqrt(size) : sum), 0);
      const masses = { fake: mass(true), genuine: mass(false) };
      return rows.map((row) => {
        const size = sizes.get(keyOf(row)) ?? 1;
        return all / sources.length / 2 / (row.fake ? masses.fake : masses.genuine) / Math.sqrt(size);
      });
    }),
  );
}

/** Fits the trees on the sources, deterministic; the line of calibration is left at evidence = log-odds. */
export function fitProfiles(sources: readonly Source[]): ProfileWeights {
  const rows = sources.flatMap((source) => source.rows);
  const trees = trainTrees(
    { values: featuresOf(rows), columns: FEATURES.length },
    Uint8Array.from(rows, ({ fake }) => Number(fake)),
    {
      trees: 200,
      depth: DEPTH,
      rate: 0.07,
      leastWeight: 10,
      ridge: 20,
      rows: 0.7,
      cols: 0.3,
      seed: 3,
      monotone: Int8Array.from(FEATURES, (name) => DIRECTION[name] ?? 0),
      rowWeights: balance(sources),
    },
  );
  return {
    version: 1,
    features: FEATURES,
    depth: DEPTH,
    ...packTrees(trees, DEPTH, FEATURES.length),
    points: POINTS,
    slope: 1,
    shift: 0,
    prior: 0.5,
  };
}
