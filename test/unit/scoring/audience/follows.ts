import {
  type AudienceState,
  emptyAudience,
  type Follower,
  observeFollows,
} from "../../../../shared/scoring/audience/audience-state.ts";
import type { Profile } from "../../../../shared/scoring/audience/profile-score.ts";

export const HOUR = 3_600_000;
/** Some midnight, in milliseconds since the epoch. */
export const START = Date.UTC(2026, 0, 1);

/** Numbers 0 to 1 that are the same in every run (Park and Miller). */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

export const person = (random: () => number): Profile => ({
  createdAt: new Date(START - (200 + random() * 3000) * 24 * HOUR).toISOString(),
  followers: Math.round(80 + random() ** 3 * 3000),
  following: Math.round(100 + random() * 600),
  statuses: Math.round(30 + random() ** 2 * 9000),
  favourites: Math.round(20 + random() ** 2 * 5000),
  listed: Math.round(random() * 6),
  defaultImage: random() < 0.03,
  hasUrl: random() < 0.3,
  handleLength: 11,
  handleDigits: random() < 0.2 ? 2 : 0,
  bioLength: random() < 0.15 ? 0 : Math.round(random() * 150),
});

/** What sellers deliver: new accounts with nothing in them. */
export const thin = (random: () => number): Profile => ({
  createdAt: new Date(START - random() * 20 * 24 * HOUR).toISOString(),
  followers: Math.round(random() * 6),
  following: Math.round(300 + random() * 1700),
  statuses: Math.round(random() * 4),
  favourites: 0,
  listed: 0,
  defaultImage: random() < 0.6,
  hasUrl: false,
  handleLength: 13,
  handleDigits: Math.round(random() * 6),
  bioLength: 0,
});

/** A Poisson number by Knuth's product; for small means. */
function poisson(mean: number, random: () => number): number {
  let count = -1;
  for (let product = 1; product > Math.exp(-mean); count++) product *= random();
  return count;
}

export interface Stretch {
  /** Hours after START. */
  readonly from: number;
  readonly hours: number;
  readonly perHour: number;
  readonly profile?: ((random: () => number) => Profile) | undefined;
  /** Share of thin profiles among them. */
  readonly thinShare?: number;
}

let serial = 0;
/** Follows of a stretch of time; followers are new in every call. */
export function follows({ from, hours, perHour, profile, thinShare = 0 }: Stretch, random: () => number): Follower[] {
  return Array.from({ length: hours }, (_, hour) =>
    Array.from({ length: perHour > 100 ? perHour : poisson(perHour, random) }, () => ({
      id: `follower${serial++}`,
      followedAt: new Date(START + (from + hour + random()) * HOUR).toISOString(),
      ...(profile === undefined ? {} : { profile: random() < thinShare ? thin(random) : profile(random) }),
    })),
  ).flat();
}

/** Sends follows in messages of up to 500, in the order given. */
export function observe(events: readonly Follower[], state: AudienceState = emptyAudience()): AudienceState {
  let next = state;
  for (let start = 0; start < events.length; start += 500)
    next = observeFollows(next, events.slice(start, start + 500), "account");
  return next;
}
