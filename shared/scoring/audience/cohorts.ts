import * as z from "zod";
import { hash42 } from "../hash.ts";

/** One follower in so many stands for a day's new followers: the same ones at every account. */
const ONE_IN = 64;
/** Followers that stand for one day at most, and the days that are kept. */
export const COHORT_SIZE = 16;
export const COHORT_DAYS = 14;

/**
 * Daily sketches of an account's new followers, latest day first: day since the epoch and up to 16 hashes, sorted. A hash
 * is of the follower alone, so that two accounts of one tenant can be compared; one follower in 64 gets in, whose hash says
 * so, and so the same followers stand for both.
 */
const cohort = z.strictObject({
  day: z.int(),
  hashes: z.array(z.int().min(0)).max(COHORT_SIZE),
  /** How many of them one other account gained in a suspicious time of its own, as far as was looked. */
  shared: z.int().min(1).max(COHORT_SIZE).optional(),
});
export const cohorts = z.array(cohort).max(COHORT_DAYS);
export type Cohorts = z.infer<typeof cohorts>;

/** The hash by which a follower stands for their day, or undefined for most. */
export function cohortMember(followerId: string): number | undefined {
  const hash = hash42(followerId);
  return hash % ONE_IN === 0 ? hash : undefined;
}

/**
 * The sketches with more followers (day and hash; and so on); the very same where they change nothing. Commutative and
 * idempotent.
 */
export function addToCohorts(known: Cohorts, added: readonly number[]): Cohorts {
  if (added.length === 0) return known;
  const byDay = new Map(known.map(({ day, hashes }) => [day, hashes] as const));
  const shares = new Map(known.map(({ day, shared }) => [day, shared] as const));
  let newest = known[0]?.day ?? Number.NEGATIVE_INFINITY;
  for (let at = 0; at < added.length; at += 2) newest = Math.max(newest, added[at] ?? 0);
  let changed = false;
  for (let at = 0; at < added.length; at += 2) {
    const day = added[at] ?? 0;
    const hash = added[at + 1] ?? 0;
    if (day <= newest - COHORT_DAYS) continue;
    const own = byDay.get(day) ?? [];
    if (own.includes(hash) || (own.length === COHORT_SIZE && hash > (own.at(-1) ?? 0))) continue;
    byDay.set(day, [...own, hash].sort((a, b) => a - b).slice(0, COHORT_SIZE));
    changed = true;
  }
  if (!changed) return known;
  return [...byDay]
    .filter(([day]) => day > newest - COHORT_DAYS)
    .sort(([a], [b]) => b - a)
    .map(([day, hashes]) => withShared({ day, hashes }, shares.get(day)));
}

const withShared = ({ day, hashes }: Cohorts[number], shared: number | undefined): Cohorts[number] => ({
  day,
  hashes,
  ...(shared === undefined ? {} : { shared }),
});

/** The sketches with what another account has in common with a day's; the very same where it is no more than was known. */
export function shareCohort(known: Cohorts, day: number, shared: number): Cohorts {
  const own = known.find((one) => one.day === day);
  if (!own || shared <= (own.shared ?? 0)) return known;
  return known.map((one) => (one === own ? withShared(own, Math.min(COHORT_SIZE, shared)) : one));
}

/** Followers of a day that one other account must share before it is said. */
const LEAST_SHARED = 3;
const LEAST_PART = 0.25;

/** Did another account gain the same followers? Days are since the epoch, `to` exclusive. */
export const isShared = (known: Cohorts, from: number, to: number): boolean =>
  known.some(
    ({ day, hashes, shared = 0 }) =>
      day >= from && day < to && shared >= LEAST_SHARED && shared >= LEAST_PART * hashes.length,
  );
