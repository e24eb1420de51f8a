import * as z from "zod";
import { hash42 } from "../hash.ts";

/** Followers kept in the sample. */
const SAMPLE_SIZE = 64;

/** Not scored: nothing was known of the profile. */
const UNKNOWN = -1;

/**
 * A bottom-k sketch: the followers with the smallest hashes, which is a uniform sample of all distinct followers seen.
 * `chances[i]` is the percentage 0–100 that follower `hashes[i]` is automated or fake, −1 where nothing is known.
 * Sorted by hash.
 */
export const followerSample = z.strictObject({
  hashes: z.array(z.int().min(0)).max(SAMPLE_SIZE),
  chances: z.array(z.int().min(UNKNOWN).max(100)).max(SAMPLE_SIZE),
});
export type FollowerSample = z.infer<typeof followerSample>;

export interface SampledFollower {
  readonly id: string;
  /** Percentage, undefined where nothing is known of the profile. */
  readonly chance: number | undefined;
}

/** Of two things known of one follower the milder stands, whatever came first; anything known beats nothing. */
const milder = (a: number, b: number): number => (a === UNKNOWN ? b : b === UNKNOWN ? a : Math.min(a, b));

/** The sample with more followers. Idempotent per follower and commutative. @param accountId salts the choice. */
export function sampleFollowers(
  sample: FollowerSample,
  followers: readonly SampledFollower[],
  accountId: string,
): FollowerSample {
  const chances = new Map(sample.hashes.map((hash, index) => [hash, sample.chances[index] ?? UNKNOWN] as const));
  const largest = sample.hashes.length < SAMPLE_SIZE ? Number.POSITIVE_INFINITY : (sample.hashes.at(-1) ?? 0);
  let changed = false;
  for (const { id, chance } of followers) {
    const hash = hash42(`${accountId}#${id}`);
    if (hash > largest) continue;
    const own = chances.get(hash);
    const next = own === undefined ? (chance ?? UNKNOWN) : milder(own, chance ?? UNKNOWN);
    if (own === next) continue;
    chances.set(hash, next);
    changed = true;
  }
  if (!changed) return sample;
  const kept = [...chances].sort(([a], [b]) => a - b).slice(0, SAMPLE_SIZE);
  return { hashes: kept.map(([hash]) => hash), chances: kept.map(([, chance]) => chance) };
}

/** Chances of the sampled followers of whom something is known. */
export const knownChances = ({ chances }: FollowerSample): number[] => chances.filter((chance) => chance !== UNKNOWN);
