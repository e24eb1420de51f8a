import type * as z from "zod";
import type { follower as followerSchema } from "../../domain/item.ts";
import { SUSPICIOUS_FROM } from "../../domain/suspicious-from.ts";
import { hash42 } from "../hash.ts";
import { ageBinOf } from "./account-ages.ts";
import { MOST_TIMES } from "./arrival-gaps.ts";
import { cohortMember } from "./cohorts.ts";
import { SAMPLE_SIZE, type SampleEntry, UNKNOWN } from "./follower-sample.ts";
import { type Profile, scoreProfile } from "./profile-score.ts";

export type Follower = z.infer<typeof followerSchema>;

export const SECOND_MS = 1_000;
export const TEN_MINUTES_MS = 600_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
export const TENS_AN_HOUR = 6;
export const TENS_A_DAY = 144;
/** A profile with less of its facts is counted as a follower but not judged. */
const LEAST_CERTAINTY = 0.25;

/** What a profile says, as the states keep it. */
export interface Judged {
  /** Percentage, `UNKNOWN` where too little is known. */
  readonly chance: number;
  readonly facts: number;
  /** Days since the epoch, `UNKNOWN` where not stated or impossible. */
  readonly born: number;
  readonly idle: number;
}

const NOTHING_KNOWN: Judged = { chance: UNKNOWN, facts: 0, born: UNKNOWN, idle: UNKNOWN };

/** @param at when the profile was seen or followed, in milliseconds since the epoch */
export function judgeProfile(profile: Profile | undefined, at: number): Judged {
  if (profile === undefined) return NOTHING_KNOWN;
  const { probability, certainty } = scoreProfile(profile, at);
  const created = profile.createdAt === undefined ? Number.NaN : Date.parse(profile.createdAt);
  // Nobody follows before they exist: then one of both times is wrong. A day is left for time zones.
  const born = created >= 0 && created <= at + DAY_MS ? Math.floor(created / DAY_MS) : UNKNOWN;
  const { statuses, favourites = 0 } = profile;
  return {
    chance: certainty < LEAST_CERTAINTY ? UNKNOWN : Math.round(probability * 100),
    facts: Math.round(certainty * 10),
    born,
    idle: statuses === undefined ? UNKNOWN : statuses === 0 && favourites === 0 ? 1 : 0,
  };
}

/**
 * What a message of follows adds to an account's counts: bounded by its followers, small where they came at one time, and
 * additive, so that it can wait in a log. Flat lists of whole numbers, because that is what is quick and packs well.
 */
export interface AudienceDelta {
  /** Ten-minute slot, follows, judged, suspicious; and so on. */
  readonly tens: readonly number[];
  /** Day, bin of age, judged followers; and so on. */
  readonly ages: readonly number[];
  /** Seconds since the epoch at which somebody followed, of hours that are not dense. */
  readonly times: readonly number[];
  /** Hours since the epoch with so many follows that gaps tell nothing. */
  readonly dense: readonly number[];
  readonly chanceSum: number;
  /** Followers that are the account itself. */
  readonly self: number;
  /** By first digit of their own follower counts. */
  readonly digits: readonly number[];
}

/** What a message says: to the counts, and of whom to the sample and the cohorts. */
export interface Observed {
  readonly delta: AudienceDelta;
  /** At most 256, by hash. */
  readonly entries: readonly SampleEntry[];
  /** Day and hash; and so on. */
  readonly cohort: readonly number[];
}

/** The sample's hash of a follower: salted with the account, so that samples of two accounts have nothing in common. */
export const followerHash = (accountId: string, followerId: string): number => hash42(`${accountId}#${followerId}`);

function firstDigit(count: number): number {
  let rest = count;
  while (rest >= 10) rest = Math.floor(rest / 10);
  return rest;
}

/** The earliest entry of each follower but the account itself; of two at one time the one with more facts. */
function distinct(followers: readonly Follower[], accountId: string): Map<string, Follower> {
  const byId = new Map<string, Follower>();
  for (const one of followers) {
    if (one.id === accountId) continue;
    const known = byId.get(one.id);
    if (known === undefined || comesBefore(one, known)) byId.set(one.id, one);
  }
  return byId;
}

/** A total order, so that it does not matter which came first in the message. */
function comesBefore(a: Follower, b: Follower): boolean {
  const earlier = Date.parse(a.followedAt) - Date.parse(b.followedAt);
  if (earlier !== 0) return earlier < 0;
  return JSON.stringify(a.profile ?? {}) > JSON.stringify(b.profile ?? {});
}

const byHash = (a: SampleEntry, b: SampleEntry): number => a[0] - b[0];

/**
 * What a message of follows says. A follower named twice counts once; the account itself is counted as such and nowhere
 * else. Pure. @param limit hash from which on nobody gets into the account's sample any more
 */
export function deltaOf(followers: readonly Follower[], accountId: string, limit = Number.POSITIVE_INFINITY): Observed {
  const tens = new Map<number, [follows: number, scored: number, suspicious: number]>();
  const ages = new Map<number, number>();
  const byHour = new Map<number, number[]>();
  const entries: SampleEntry[] = [];
  const cohort: number[] = [];
  const digits = new Array<number>(9).fill(0);
  let chanceSum = 0;
  for (const { id, followedAt, profile } of distinct(followers, accountId).values()) {
    const at = Date.parse(followedAt);
    const { chance, facts, born, idle } = judgeProfile(profile, at);
    const slot = Math.floor(at / TEN_MINUTES_MS);
    const day = Math.floor(at / DAY_MS);
    const hour = Math.floor(at / HOUR_MS);
    const own = tens.get(slot) ?? [0, 0, 0];
    tens.set(slot, own);
    own[0]++;
    if (chance !== UNKNOWN) {
      own[1]++;
      chanceSum += chance;
      if (chance >= SUSPICIOUS_FROM) own[2]++;
    }
    if (born !== UNKNOWN) {
      const place = day * 16 + ageBinOf(day - born);
      ages.set(place, (ages.get(place) ?? 0) + 1);
    }
    const times = byHour.get(hour);
    if (times === undefined) byHour.set(hour, [Math.floor(at / SECOND_MS)]);
    else if (times.length <= MOST_TIMES) times.push(Math.floor(at / SECOND_MS));
    const hash = followerHash(accountId, id);
    if (hash <= limit) entries.push([hash, chance, facts, hour, born, idle]);
    const member = cohortMember(id);
    if (member !== undefined) cohort.push(day, member);
    const count = profile?.followers;
    if (count !== undefined && count > 0) digits[firstDigit(count) - 1] = (digits[firstDigit(count) - 1] ?? 0) + 1;
  }
  const hours = [...byHour];
  return {
    delta: {
      tens: [...tens].flatMap(([slot, [follows, scored, suspicious]]) => [slot, follows, scored, suspicious]),
      ages: [...ages].flatMap(([place, count]) => [Math.floor(place / 16), place % 16, count]),
      times: hours.flatMap(([, times]) => (times.length > MOST_TIMES ? [] : times)),
      dense: hours.flatMap(([hour, times]) => (times.length > MOST_TIMES ? [hour] : [])),
      chanceSum,
      self: followers.some(({ id }) => id === accountId) ? 1 : 0,
      digits,
    },
    entries: entries.length > SAMPLE_SIZE ? entries.sort(byHash).slice(0, SAMPLE_SIZE) : entries,
    cohort,
  };
}
