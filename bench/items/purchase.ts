import { seeded } from "../../local/sample/seeded.ts";

/** The account that buys its followers. */
export const BUYER = "buyer";
/** Followers of an ordinary hour, and the days of them before the purchase. */
const PER_HOUR = 8;
const CALM_DAYS = 14;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const iso = (time: number): string => new Date(Math.floor(time)).toISOString();

const ordinary = (at: number, random: () => number) => ({
  createdAt: iso(at - (200 + random() * 2_500) * DAY),
  followers: Math.floor(50 + random() ** 3 * 3_000),
  following: Math.floor(80 + random() * 700),
  statuses: Math.floor(20 + random() * 4_000),
  favourites: Math.floor(10 + random() * 2_000),
  listed: Math.floor(random() * 6),
  defaultProfile: random() < 0.3,
  defaultImage: random() < 0.02,
  hasUrl: random() < 0.3,
  handleLength: 11,
  handleDigits: random() < 0.2 ? 2 : 0,
  bioLength: Math.floor(10 + random() * 130),
});

const sold = (at: number, random: () => number) => ({
  createdAt: iso(at - (5 + random() * 40) * DAY),
  followers: Math.floor(random() * 20),
  following: Math.floor(900 + random() * 3_000),
  statuses: Math.floor(random() * 3),
  favourites: 0,
  listed: 0,
  defaultProfile: true,
  defaultImage: random() < 0.7,
  hasUrl: false,
  handleLength: 13,
  handleDigits: Math.floor(random() * 6),
  bioLength: 0,
});

const message = (id: string, followers: readonly { readonly followedAt: string }[]) => ({
  kind: "follow",
  id,
  createdAt: followers.at(-1)?.followedAt,
  account: { id: BUYER },
  followers,
});

/** Two weeks like any other, a message a day, up to the hour at which the purchase begins. */
export function calmFollows(begins: number, seed: number): unknown[] {
  const random = seeded(seed);
  return Array.from({ length: CALM_DAYS }, (_, day) => {
    const from = begins - (CALM_DAYS - day) * DAY;
    const times = Array.from({ length: PER_HOUR * 24 }, () => from + random() * DAY).sort((a, b) => a - b);
    return message(
      `calm-${day}`,
      times.map((at, index) => ({ id: `calm-${day}-${index}`, followedAt: iso(at), profile: ordinary(at, random) })),
    );
  });
}

/** Message number `index` of so many of a purchase that is delivered within the hour after `begins`. */
export function purchasedFollows(begins: number, index: number, messages: number, size: number): unknown {
  const random = seeded(index + 1);
  return message(
    `bought-${index}`,
    Array.from({ length: size }, (_, place) => {
      const at = begins + ((index + place / size) / messages) * HOUR;
      return { id: `bought-${index}-${place}`, followedAt: iso(at), profile: sold(at, random) };
    }),
  );
}
