import { seeded } from "../../local/sample/seeded.ts";
import { before, idOf, type Random } from "./words.ts";

/** Followers in one message. */
export const FOLLOWERS = 100;
/** Messages an account. */
const PER_ACCOUNT = 10;
/** One account in this many bought its followers. */
const BOUGHT = 20;
const DAY = 86_400;

const genuine = (now: Date, random: Random) => ({
  createdAt: before(now, (200 + random() * 2_500) * DAY),
  followers: Math.floor(50 + random() ** 3 * 3_000),
  following: Math.floor(80 + random() * 700),
  statuses: Math.floor(random() * 4_000),
  favourites: Math.floor(random() * 2_000),
  defaultProfile: random() < 0.3,
  defaultImage: random() < 0.02,
  hasUrl: random() < 0.3,
  bioLength: Math.floor(random() * 140),
});

const bought = (now: Date, random: Random) => ({
  createdAt: before(now, (5 + random() * 40) * DAY),
  followers: Math.floor(random() * 20),
  following: Math.floor(900 + random() * 3_000),
  statuses: Math.floor(random() * 3),
  favourites: 0,
  defaultProfile: true,
  defaultImage: random() < 0.7,
  hasUrl: false,
  bioLength: 0,
});

/**
 * `count` follow messages of 100 followers with their profiles, account after account, ten messages each, as a
 * platform's export has them; one account in twenty bought what it has. The same seed gives the same.
 */
export function benchFollows(count: number, seed: number, now: Date): unknown[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, index) => {
    const account = Math.floor(index / PER_ACCOUNT);
    const profileOf = account % BOUGHT === 0 ? bought : genuine;
    const hoursAgo = 24 * (count - index);
    return {
      kind: "follow",
      id: idOf("f", index),
      createdAt: before(now, hoursAgo * 3_600),
      account: { id: idOf("account-", account) },
      followers: Array.from({ length: FOLLOWERS }, (_, follower) => ({
        id: idOf(`u${index}-`, follower),
        followedAt: before(now, hoursAgo * 3_600 - follower),
        profile: profileOf(now, random),
      })),
    };
  });
}
