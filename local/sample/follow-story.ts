import type * as z from "zod";
import type { audience, follow } from "../../shared/domain/item.ts";
import { ordinary, type ProfileMaker } from "./profiles.ts";
import { seeded, seedOf } from "./seeded.ts";

type FollowInput = z.input<typeof follow>;
type AudienceInput = z.input<typeof audience>;
type FollowerInput = FollowInput["followers"][number];
/** Follows or a snapshot of an account, as a platform would send them to `POST /v1/items`. */
export type AudienceItem = FollowInput | AudienceInput;

/** Many followers at once. */
export interface Spike {
  /** UTC, such as 2025-11-03T13:04. */
  readonly from: string;
  readonly minutes: number;
  readonly followers: number;
  readonly profile: ProfileMaker;
  /** Even, as a machine delivers, or most at first and ever fewer, as attention fades. */
  readonly pace: "even" | "fading";
}

/** The growth of one account. */
export interface FollowStory {
  readonly name: string;
  readonly account: { readonly id: string; readonly createdAt: string };
  /** UTC midnight of the first day. */
  readonly begins: string;
  readonly days: number;
  /** New followers on an ordinary day. */
  readonly perDay: number;
  /** Followers before the first day. */
  readonly before: number;
  readonly spikes: readonly Spike[];
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Followers in one message at most, how long a platform gathers them, and how often it states their number. */
const MOST = 250;
const GATHERED = DAY;
const STATED = 2 * DAY;
/** Profiles that come with the first snapshot. */
const SAMPLED = 40;

const time = (at: number): string => new Date(Math.floor(at / 1000) * 1000).toISOString();

/** A day's share by hour: asleep at four, awake at sixteen. They sum to 1. */
const shareOf = (hour: number): number => (1 + 0.8 * Math.cos(((hour - 16) / 12) * Math.PI)) / 24;

function ordinaryGrowth({ begins, days, perDay }: FollowStory, random: () => number): number[] {
  const start = Date.parse(begins);
  return Array.from({ length: days * 24 }, (_, hour) => {
    const expected = perDay * shareOf(hour % 24) * (0.6 + 0.8 * random());
    const count = Math.floor(expected + random());
    return Array.from({ length: count }, () => start + (hour + random()) * HOUR);
  }).flat();
}

const spikeTimes = ({ from, minutes, followers, pace }: Spike, random: () => number): number[] =>
  Array.from({ length: followers }, () => {
    const share = pace === "even" ? random() : 1 - Math.sqrt(random());
    return Date.parse(`${from}:00Z`) + share * minutes * 60_000;
  });

/** Messages of followers in the order of time: full, or of a day. */
function messagesOf(followers: readonly FollowerInput[]): FollowerInput[][] {
  const messages: FollowerInput[][] = [];
  for (const one of followers) {
    const last = messages.at(-1);
    const first = last?.[0];
    const fits =
      last && first && last.length < MOST && Date.parse(one.followedAt) - Date.parse(first.followedAt) < GATHERED;
    if (fits) last.push(one);
    else messages.push([one]);
  }
  return messages;
}

/** The follows and snapshots of a story in the order of time; the same in every run. */
export function followItems(story: FollowStory): AudienceItem[] {
  const { name, account, begins, days, before, spikes } = story;
  const random = seeded(seedOf(name));
  const gained = [
    ...ordinaryGrowth(story, random).map((at) => ({ at, profile: ordinary })),
    ...spikes.flatMap((spike) => spikeTimes(spike, random).map((at) => ({ at, profile: spike.profile }))),
  ].sort((a, b) => a.at - b.at);
  const followers = gained.map(({ at, profile }, index) => ({
    id: `${name}.follower-${before + index + 1}`,
    followedAt: time(at),
    profile: profile(at, random),
  }));

  const follows = messagesOf(followers).map(
    (some, index): FollowInput => ({
      kind: "follow",
      id: `${name}.follow-${String(index + 1).padStart(2, "0")}`,
      createdAt: some.at(-1)?.followedAt ?? begins,
      account,
      followers: some,
    }),
  );
  const snapshots = Array.from({ length: Math.floor((days * DAY) / STATED) + 1 }, (_, index): AudienceInput => {
    const at = Date.parse(begins) + index * STATED;
    const followerCount = before + gained.filter((one) => one.at < at).length;
    const likes = Math.round(followerCount * (0.02 + 0.01 * random()));
    return {
      kind: "audience",
      id: `${name}.snapshot-${String(index + 1).padStart(2, "0")}`,
      createdAt: time(at),
      account,
      followerCount,
      engagement: { likes, replies: Math.round(likes * 0.08) },
      ...(index > 0
        ? {}
        : {
            sample: Array.from({ length: SAMPLED }, (_, place) => ({
              id: `${name}.follower-${1 + Math.floor((place / SAMPLED) * before)}`,
              profile: ordinary(at, random),
            })),
          }),
    };
  });
  return [...follows, ...snapshots].sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt));
}
