import * as z from "zod";

/** Followers kept in the sample. */
export const SAMPLE_SIZE = 256;

/** Stands for what is not known of a sampled follower. */
export const UNKNOWN = -1;

const column = (most: number) =>
  z.custom<number[]>(
    (value) =>
      Array.isArray(value) &&
      value.length <= SAMPLE_SIZE &&
      value.every((one) => Number.isSafeInteger(one) && (one as number) >= UNKNOWN && (one as number) <= most),
    `at most ${SAMPLE_SIZE} whole numbers up to ${most}`,
  );

/**
 * A bottom-k sketch: the followers with the smallest hashes, which is a uniform sample of all distinct followers seen.
 * Columns of equal length, sorted by hash; −1 where something is not known.
 */
export const followerSample = z.strictObject({
  hashes: column(2 ** 42),
  /** Percentage that the profile is automated or fake. */
  chances: column(100),
  /** Share of the facts that the profile held, in tenths. */
  facts: column(10),
  /** When they followed, in hours since the epoch. */
  hours: column(10_000_000),
  /** When their account was made, in days since the epoch. */
  born: column(1_000_000),
  /** 1 where the account never posted nor liked anything, 0 where it did. */
  idle: column(1),
});
export type FollowerSample = z.infer<typeof followerSample>;

/** One follower as the sample keeps it, in the order of the columns. */
export type SampleEntry = readonly [
  hash: number,
  chance: number,
  facts: number,
  hour: number,
  born: number,
  idle: number,
];

export const emptySample = (): FollowerSample => ({
  hashes: [],
  chances: [],
  facts: [],
  hours: [],
  born: [],
  idle: [],
});

/** The hash from which on nobody gets into a sample. */
export const sampleLimit = ({ hashes }: FollowerSample): number =>
  hashes.length < SAMPLE_SIZE ? Number.POSITIVE_INFINITY : (hashes[SAMPLE_SIZE - 1] ?? 0);

/** Of two things known of one follower the smaller stands, whatever came first; anything known beats nothing. */
const smaller = (a: number, b: number): number => (a === UNKNOWN ? b : b === UNKNOWN ? a : Math.min(a, b));

/** Milder chance, more facts, earlier follow, earlier birth, less idle: the same whatever came first. */
const joined = (a: SampleEntry, b: SampleEntry): SampleEntry => [
  a[0],
  smaller(a[1], b[1]),
  Math.max(a[2], b[2]),
  smaller(a[3], b[3]),
  smaller(a[4], b[4]),
  smaller(a[5], b[5]),
];

const same = (a: SampleEntry, b: SampleEntry): boolean => a.every((value, index) => value === b[index]);

/** The entry at a place. */
export const entryAt = ({ hashes, chances, facts, hours, born, idle }: FollowerSample, at: number): SampleEntry => [
  hashes[at] ?? 0,
  chances[at] ?? UNKNOWN,
  facts[at] ?? 0,
  hours[at] ?? UNKNOWN,
  born[at] ?? UNKNOWN,
  idle[at] ?? UNKNOWN,
];

/** The sample with more followers; the very same where they change nothing. Idempotent per follower and commutative. */
export function sampleFollowers(sample: FollowerSample, entries: readonly SampleEntry[]): FollowerSample {
  const limit = sampleLimit(sample);
  const candidates = entries.filter(([hash]) => hash <= limit);
  if (candidates.length === 0) return sample;
  const byHash = new Map(sample.hashes.map((hash, index) => [hash, entryAt(sample, index)] as const));
  let changed = false;
  for (const entry of candidates) {
    const own = byHash.get(entry[0]);
    const next = own === undefined ? entry : joined(own, entry);
    if (own !== undefined && same(own, next)) continue;
    byHash.set(entry[0], next);
    changed = true;
  }
  if (!changed) return sample;
  const kept = [...byHash.values()].sort((a, b) => a[0] - b[0]).slice(0, SAMPLE_SIZE);
  return {
    hashes: kept.map((one) => one[0]),
    chances: kept.map((one) => one[1]),
    facts: kept.map((one) => one[2]),
    hours: kept.map((one) => one[3]),
    born: kept.map((one) => one[4]),
    idle: kept.map((one) => one[5]),
  };
}
