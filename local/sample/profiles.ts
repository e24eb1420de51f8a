import type * as z from "zod";
import type { profile } from "../../shared/domain/item.ts";

export type ProfileInput = z.input<typeof profile>;
/** A profile of someone who follows at `at` (milliseconds since the epoch). */
export type ProfileMaker = (at: number, random: () => number) => ProfileInput;

const DAY = 86_400_000;

const whole = (value: number): number => Math.max(0, Math.round(value));
/** Few large, many small: what counts of followers and posts look like. */
const skewed = (middle: number, random: () => number): number =>
  whole(middle * Math.exp(2.6 * (random() + random() - 1)));
const before = (at: number, days: number): string => new Date(at - days * DAY).toISOString();

/** People: most have used their account for years, some have only just come, a few never say or like anything. */
export const ordinary: ProfileMaker = (at, random) => {
  const newcomer = random() < 0.06;
  const lurker = random() < 0.08;
  const handleLength = 6 + whole(random() * 9);
  return {
    createdAt: before(at, newcomer ? 1 + random() * 40 : 120 + random() * 3200),
    followers: newcomer ? whole(random() * 25) : skewed(210, random),
    following: newcomer ? whole(20 + random() * 80) : skewed(290, random),
    statuses: lurker ? whole(random() * 4) : skewed(newcomer ? 12 : 620, random),
    favourites: lurker ? whole(random() * 60) : skewed(newcomer ? 30 : 900, random),
    listed: random() < 0.3 ? whole(random() * 9) : 0,
    defaultProfile: random() < (newcomer ? 0.8 : 0.3),
    defaultImage: random() < (newcomer ? 0.25 : 0.03),
    verified: random() < 0.004,
    private: random() < 0.12,
    hasUrl: random() < 0.22,
    nameLength: 4 + whole(random() * 16),
    handleLength,
    handleDigits: random() < 0.25 ? Math.min(handleLength - 3, 2 + whole(random() * 2)) : 0,
    bioLength: random() < 0.2 ? 0 : whole(10 + random() * 140),
  };
};

/**
 * What is sold by the thousand: accounts of weeks that follow hundreds, are followed by nobody and have said nothing;
 * a few of them are dressed up with a picture, a sentence and some posts.
 */
export const thin: ProfileMaker = (at, random) => {
  const dressed = random() < 0.1;
  const handleLength = 10 + whole(random() * 5);
  return {
    createdAt: before(at, dressed ? 90 + random() * 500 : 3 + random() * 45),
    followers: whole(random() ** 2 * (dressed ? 160 : 14)),
    following: whole(180 + random() * 1900),
    statuses: whole(random() ** 2 * (dressed ? 120 : 6)),
    favourites: dressed ? whole(random() * 90) : random() < 0.8 ? 0 : whole(random() * 8),
    listed: 0,
    defaultProfile: random() < (dressed ? 0.5 : 0.95),
    defaultImage: !dressed && random() < 0.6,
    verified: false,
    private: false,
    hasUrl: dressed && random() < 0.2,
    nameLength: 6 + whole(random() * 8),
    handleLength,
    handleDigits: random() < (dressed ? 0.4 : 0.75) ? 3 + whole(random() * 4) : 0,
    bioLength: dressed ? whole(12 + random() * 60) : random() < 0.85 ? 0 : whole(random() * 18),
  };
};
