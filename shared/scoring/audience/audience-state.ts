import * as z from "zod";
import type { audience as audienceItem } from "../../domain/item.ts";
import { type AudienceCounts, addDeltas, audienceCounts, emptyCounts } from "./audience-counts.ts";
import { addSnapshot, MINUTE_MS, snapshots } from "./audience-snapshots.ts";
import { addToCohorts, cohorts, shareCohort } from "./cohorts.ts";
import { deltaOf, type Follower, followerHash, judgeProfile, type Observed } from "./follow-delta.ts";
import {
  emptySample,
  followerSample,
  type SampleEntry,
  sampleFollowers,
  sampleLimit,
  UNKNOWN,
} from "./follower-sample.ts";

export type { Follower } from "./follow-delta.ts";

/**
 * The part of an audience's state that changes seldom, commutes and may be given the same again: who stands for the
 * followers, who for each day's new ones, and what the platform stated.
 */
export const audienceSample = z.strictObject({
  v: z.literal(2),
  /** Of those who were seen following. */
  followers: followerSample,
  /** Of all followers at a time, in minutes since the epoch: the latest that the platform drew and that is large enough. */
  stated: z.strictObject({ at: z.int(), followers: followerSample }).optional(),
  cohorts,
  snapshots,
});
export type AudienceSample = z.infer<typeof audienceSample>;

/** What is remembered of an account's audience. */
export interface AudienceState {
  /** Changed by every message of follows; each must be counted once. */
  readonly counts: AudienceCounts;
  readonly sample: AudienceSample;
}

/** A snapshot as the platform sent it: an item of kind `audience`. */
export type Snapshot = Pick<z.infer<typeof audienceItem>, "createdAt" | "followerCount" | "engagement" | "sample">;

/** Additions to the seldom changing part. Flat, so that they pack well. */
export interface SampleDelta {
  readonly entries: readonly SampleEntry[];
  readonly cohort: readonly number[];
  /** Another account has so many followers of a day's sketch. */
  readonly shared?: { readonly day: number; readonly count: number };
  readonly snapshot?: {
    readonly at: number;
    readonly followers: number;
    readonly engagement?: number;
    readonly sample: readonly SampleEntry[];
  };
}

/** Followers of a snapshot that are kept, and from which number on they stand before those of an earlier one. */
const STATED_SIZE = 128;
const STATED_ENOUGH = 30;

export const emptyAudienceSample = (): AudienceSample => ({
  v: 2,
  followers: emptySample(),
  cohorts: [],
  snapshots: [],
});

export const emptyAudience = (): AudienceState => ({ counts: emptyCounts(), sample: emptyAudienceSample() });

type Stated = NonNullable<AudienceSample["stated"]>;

/** Of two drawn samples the one that stands; those of one minute are one. The same whichever came first. */
function later(known: Stated | undefined, at: number, entries: readonly SampleEntry[]): Stated | undefined {
  if (entries.length === 0) return known;
  if (known?.at === at) {
    const followers = sampleFollowers(known.followers, entries);
    return followers === known.followers ? known : { at, followers };
  }
  const rank = (count: number): number => (count >= STATED_ENOUGH ? 1 : 0);
  const better = known === undefined ? 1 : rank(entries.length) - rank(known.followers.hashes.length) || at - known.at;
  return better > 0 ? { at, followers: sampleFollowers(emptySample(), entries) } : known;
}

/** The sample with some additions; the very same where they change nothing. */
export function addToSample(sample: AudienceSample, added: readonly SampleDelta[]): AudienceSample {
  let { followers, stated, cohorts: days, snapshots: counts } = sample;
  for (const { entries, cohort, shared, snapshot } of added) {
    followers = sampleFollowers(followers, entries);
    days = addToCohorts(days, cohort);
    if (shared) days = shareCohort(days, shared.day, shared.count);
    if (!snapshot) continue;
    const { sample: drawn, ...count } = snapshot;
    counts = addSnapshot(counts, count);
    stated = later(stated, count.at, drawn);
  }
  const isSame =
    followers === sample.followers &&
    stated === sample.stated &&
    days === sample.cohorts &&
    counts === sample.snapshots;
  return isSame ? sample : { v: 2, followers, ...(stated ? { stated } : {}), cohorts: days, snapshots: counts };
}

/** What a message of follows says, as far as it can change the given sample. */
export const observedIn = (sample: AudienceSample, followers: readonly Follower[], accountId: string): Observed =>
  deltaOf(followers, accountId, sampleLimit(sample.followers));

/** What a snapshot says. The estimate is as good as the platform's choice of its sample is random. */
export function snapshotDelta(snapshot: Snapshot, accountId: string): SampleDelta {
  const time = Date.parse(snapshot.createdAt);
  const { likes, replies, shares } = snapshot.engagement ?? {};
  const stated = [likes, replies, shares].flatMap((count) => count ?? []);
  const drawn = snapshot.sample
    .filter(({ id }) => id !== accountId)
    .map(({ id, profile }): SampleEntry => {
      const { chance, facts, born, idle } = judgeProfile(profile, time);
      return [followerHash(accountId, id), chance, facts, UNKNOWN, born, idle];
    })
    .sort((a, b) => a[0] - b[0])
    .slice(0, STATED_SIZE);
  return {
    entries: [],
    cohort: [],
    snapshot: {
      at: Math.floor(time / MINUTE_MS),
      followers: snapshot.followerCount,
      sample: drawn,
      ...(stated.length > 0 ? { engagement: stated.reduce((sum, count) => sum + count, 0) } : {}),
    },
  };
}

/**
 * The state after one message of follows. A follower named twice in a message counts once; the sample knows each follower
 * once whatever is sent again, the counts do not: whoever stores the state must apply a message once. In any order the same,
 * as far as `audienceCounts` says.
 */
export function observeFollows(state: AudienceState, followers: readonly Follower[], accountId: string): AudienceState {
  const observed = observedIn(state.sample, followers, accountId);
  return { counts: addDeltas(state.counts, [observed.delta]), sample: addToSample(state.sample, [observed]) };
}

/** The state after one snapshot. Commutative and idempotent. */
export const observeSnapshot = (state: AudienceState, snapshot: Snapshot, accountId: string): AudienceState => ({
  counts: state.counts,
  sample: addToSample(state.sample, [snapshotDelta(snapshot, accountId)]),
});

/** A state as stored. @throws where it is not one */
export const parseAudience = (stored: { readonly counts: unknown; readonly sample: unknown }): AudienceState => ({
  counts: audienceCounts.parse(stored.counts),
  sample: audienceSample.parse(stored.sample),
});
