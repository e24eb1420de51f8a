import { existsSync } from "node:fs";
import type { Profile } from "../../shared/scoring/audience/profile-score.ts";
import { type LabelledProfile, readProfileSets } from "../profiles/sets.ts";

/** Profiles of a public labelled set that no shipped weight was trained on, as they would be at `at`. */
export interface LabelledSet {
  readonly name: string;
  readonly genuine: readonly Profile[];
  readonly fakes: readonly Profile[];
}

/** The profile with its age kept: it was collected years before the simulated time. */
function movedTo(at: number, { profile, seenAt }: LabelledProfile): Profile {
  const created = Date.parse(profile.createdAt ?? "");
  if (seenAt === undefined || Number.isNaN(created)) return profile;
  return { ...profile, createdAt: new Date(created + at - seenAt).toISOString() };
}

/** The sets in a folder that may be used to tune, not to train. @throws where one of the public sets is missing */
export function labelledSets(folder: string | undefined, at: number): LabelledSet[] {
  if (folder === undefined || !existsSync(folder)) return [];
  return readProfileSets(folder)
    .filter(({ use, ofFollowers }) => use === "tune" && ofFollowers)
    .map(({ name, rows }) => ({
      name,
      genuine: rows.filter(({ fake }) => !fake).map((row) => movedTo(at, row)),
      fakes: rows.filter(({ fake }) => fake).map((row) => movedTo(at, row)),
    }));
}
