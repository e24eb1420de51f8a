import * as z from "zod";
import type { follower as followerSchema } from "../../domain/item.ts";
import { addCounts, noCounts, recentCounts } from "../recent-counts.ts";
import { followerSample, sampleFollowers } from "./follower-sample.ts";
import { type Profile, scoreProfile } from "./profile-score.ts";

export type Follower = z.infer<typeof followerSchema>;

export const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const KEEP = { slots: 14 * 24, ceiling: 999_999 };
const SNAPSHOTS_KEPT = 30;
/** A profile with less of its facts is counted as a follower but not judged. */
const LEAST_CERTAINTY = 0.25;
/** Percentage from which a profile counts as suspicious. */
export const SUSPICIOUS_FROM = 51;

/** Columns of `AudienceState.hours`. */
export const FOLLOWS = 0;
export const SCORED = 1;
export const SUSPICIOUS = 2;

/** What is remembered of an account's audience. At most 10 KB as JSON. */
export const audienceState = z.strictObject({
  v: z.literal(1),
  /** Follow events counted, of them with a judged profile, of them suspicious. */
  follows: z.int().min(0),
  scored: z.int().min(0),
  suspicious: z.int().min(0),
  /** Sum of the judged profiles' percentages: whole numbers add up the same in any order. */
  chanceSum: z.int().min(0),
  /** The recent 14 days by hour since the epoch: follows, judged, suspicious. */
  hours: recentCounts,
  sample: followerSample,
  /** The latest 30 counts the platform stated, by time in minutes since the epoch, oldest first. */
  snapshots: z.array(z.strictObject({ at: z.int(), followers: z.int().min(0) })).max(SNAPSHOTS_KEPT),
});
export type AudienceState = z.infer<typeof audienceState>;

/** A snapshot as the platform sent it: an item of kind `audience`. */
export interface Snapshot {
  /** RFC 3339. */
  readonly createdAt: string;
  readonly followerCount: number;
  readonly sample: readonly { readonly id: string; readonly profile: Profile }[];
}

export const emptyAudience = (): AudienceState => ({
  v: 1,
  follows: 0,
  scored: 0,
  suspicious: 0,
  chanceSum: 0,
  hours: noCounts(3),
  sample: { hashes: [], chances: [] },
  snapshots: [],
});

/** The percentage of a profile, or undefined where too little is known to judge it. */
function chanceOf(profile: Profile | undefined, at: number): number | undefined {
  if (profile === undefined) return undefined;
  const { probability, certainty } = scoreProfile(profile, at);
  return certainty < LEAST_CERTAINTY ? undefined : Math.round(probability * 100);
}

interface Judged {
  readonly id: string;
  readonly at: number;
  readonly chance: number | undefined;
}

/** One entry a follower: the earliest of the same id, the milder where they came together. */
function distinct(events: readonly Follower[]): Judged[] {
  const byId = new Map<string, Judged>();
  for (const { id, followedAt, profile } of events) {
    const at = Date.parse(followedAt);
    const next: Judged = { id, at, chance: chanceOf(profile, at) };
    const known = byId.get(id);
    if (known === undefined || at < known.at || (at === known.at && (next.chance ?? 101) < (known.chance ?? 101)))
      byId.set(id, next);
  }
  return [...byId.values()];
}

/**
 * The state after one message of follows. Commutative: the same messages in any order end in the same state. A follower
 * named twice in a message counts once; the sample knows each follower once whatever is sent again, the counts do not:
 * whoever stores the state must apply a message once.
 */
export function observeFollows(state: AudienceState, events: readonly Follower[], accountId: string): AudienceState {
  const followers = distinct(events);
  const byHour = new Map<number, [follows: number, scored: number, suspicious: number]>();
  let chanceSum = 0;
  for (const { at, chance } of followers) {
    const hour = Math.floor(at / HOUR_MS);
    const own = byHour.get(hour) ?? [0, 0, 0];
    own[FOLLOWS]++;
    if (chance !== undefined) {
      chanceSum += chance;
      own[SCORED]++;
      if (chance >= SUSPICIOUS_FROM) own[SUSPICIOUS]++;
    }
    byHour.set(hour, own);
  }
  let scored = 0;
  let suspicious = 0;
  for (const amounts of byHour.values()) {
    scored += amounts[SCORED];
    suspicious += amounts[SUSPICIOUS];
  }
  return {
    ...state,
    follows: state.follows + followers.length,
    scored: state.scored + scored,
    suspicious: state.suspicious + suspicious,
    chanceSum: state.chanceSum + chanceSum,
    hours: addCounts(state.hours, byHour, KEEP),
    sample: sampleFollowers(state.sample, followers, accountId),
  };
}

/**
 * The state after one snapshot. Commutative and idempotent. Its sampled profiles join the sketch; the estimate is as
 * good as the platform's sample is random.
 */
export function observeSnapshot(state: AudienceState, snapshot: Snapshot, accountId: string): AudienceState {
  const time = Date.parse(snapshot.createdAt);
  const at = Math.floor(time / MINUTE_MS);
  const known = state.snapshots.find((one) => one.at === at);
  const followers = Math.max(known?.followers ?? 0, snapshot.followerCount);
  return {
    ...state,
    snapshots: [...state.snapshots.filter((one) => one.at !== at), { at, followers }]
      .sort((a, b) => a.at - b.at)
      .slice(-SNAPSHOTS_KEPT),
    sample: sampleFollowers(
      state.sample,
      snapshot.sample.map(({ id, profile }) => ({ id, chance: chanceOf(profile, time) })),
      accountId,
    ),
  };
}
