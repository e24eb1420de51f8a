import { fitProfiles } from "../../models/profiles/train/fit-profiles.ts";
import { profileModel } from "../../shared/scoring/audience/profile-model.ts";
import { hash32 } from "../../shared/scoring/hash.ts";
import type { LabelledProfile } from "./sets.ts";

const FOLDS = 5;

/** Profiles that are alike in all facts but their dates come into the same fold, whoever they are. */
function foldOf({ profile }: LabelledProfile): number {
  const { createdAt: _, ...facts } = profile;
  return hash32(JSON.stringify(facts), 5) % FOLDS;
}

/** Ranks rows: higher is more likely fake. */
export type Scorer = (rows: readonly LabelledProfile[]) => Float64Array;

/** What trees fitted on these sources make of rows. */
export function fittedOn(sources: readonly { readonly rows: readonly LabelledProfile[] }[]): Scorer {
  const model = profileModel(fitProfiles(sources));
  return (rows) => Float64Array.from(rows, ({ profile, seenAt }) => model.evidence(profile, seenAt).evidence);
}

/** Scores of every row of a set by the model that was fitted without its fold, other sources beside it. */
export function crossFitted(
  rows: readonly LabelledProfile[],
  others: readonly { readonly rows: readonly LabelledProfile[] }[],
): Float64Array {
  const folds = rows.map(foldOf);
  const scores = new Float64Array(rows.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const score = fittedOn([{ rows: rows.filter((_, row) => folds[row] !== fold) }, ...others]);
    const places = [...folds.keys()].filter((row) => folds[row] === fold);
    const found = score(places.flatMap((row) => rows[row] ?? []));
    places.forEach((row, index) => {
      scores[row] = found[index] ?? 0;
    });
  }
  return scores;
}

/**
 * Each group of fakes judged by a model that saw the other groups and other genuine accounts only: what is left when a
 * campaign is new. Scores of the group's fakes and the genuine that were kept back.
 */
export function withoutGroup(
  rows: readonly LabelledProfile[],
  group: string,
  others: readonly { readonly rows: readonly LabelledProfile[] }[],
): { readonly rows: readonly LabelledProfile[]; readonly scores: Float64Array } {
  const kept = (row: LabelledProfile): boolean => (row.fake ? row.group === group : foldOf(row) < 2);
  const score = fittedOn([{ rows: rows.filter((row) => !kept(row)) }, ...others]);
  const judged = rows.filter(kept);
  return { rows: judged, scores: score(judged) };
}
