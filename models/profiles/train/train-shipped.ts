import type { LabelledProfile, ProfileSet } from "../../../eval/profiles/sets.ts";
import { type ProfileWeights, profileModel } from "../../../shared/scoring/audience/profile-model.ts";
import { fitLogistic } from "../../reviews/train/logistic.ts";
import { fitProfiles } from "./fit-profiles.ts";

/** Rows of each class that each source lends to the calibration: the smallest has 348. */
const ROWS_A_CLASS = 300;
/** Share of followers that are fake where nothing else is known: about one in five. */
const PRIOR = 0.2;

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

/** Every k-th of the rows, so that all parts of a set are in. */
const thinned = (rows: readonly LabelledProfile[]): LabelledProfile[] =>
  Array.from({ length: ROWS_A_CLASS }, (_, index) => rows[Math.floor((index * rows.length) / ROWS_A_CLASS)]).flatMap(
    (row) => row ?? [],
  );

/**
 * The weights that ship: trees from the `train` sets, and Platt's line from sources of followers that the trees which
 * score them never saw (of the train sets one is scored by trees of the others; the `tune` sets by all).
 */
export function trainShipped(sets: readonly ProfileSet[]): ProfileWeights {
  const train = sets.filter(({ use }) => use === "train");
  const weights = fitProfiles(train);
  const evidence: number[] = [];
  const truth: number[] = [];
  for (const set of sets) {
    if (set.use === "eval" || !set.ofFollowers) continue;
    const model = profileModel(set.use === "train" ? fitProfiles(train.filter((other) => other !== set)) : weights);
    for (const fake of [false, true])
      for (const { profile, seenAt } of thinned(set.rows.filter((row) => row.fake === fake))) {
        evidence.push(model.evidence(profile, seenAt).evidence);
        truth.push(Number(fake));
      }
  }
  const line = fitLogistic(Float64Array.from(evidence), 1, Uint8Array.from(truth), { ridge: 0.01 });
  return {
    ...weights,
    slope: rounded(line.weights[0] ?? 1),
    shift: rounded(line.bias),
    prior: PRIOR,
  };
}
