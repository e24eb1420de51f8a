import type { Profile } from "../../shared/scoring/audience/profile-score.ts";
import type { Chance } from "./chance.ts";

export type FullProfile = Required<Profile>;

/** What the people of one audience are like. Each audience differs, so that none is the profile scorer's average. */
export interface People {
  /** Shares of those who only read, and of those who have only just come. */
  readonly lurkers: number;
  readonly newcomers: number;
  /** Shifts of ln(activity) and ln(reach) against the average. */
  readonly activity: number;
  readonly reach: number;
  /** Mean age of a settled account in days. */
  readonly age: number;
  /** Share that wrote a biography. */
  readonly biography: number;
}

/** What one seller delivers. */
export interface Seller {
  /** Shares of kinds: dressed up, old and dormant, run by a program; the rest is thin. */
  readonly dressed: number;
  readonly dormant: number;
  readonly busy: number;
  /** Made on so few days that they stand in bands; undefined where they were collected over time. */
  readonly batch?: { readonly daysAgo: number; readonly days: number };
}

/** Which facts a platform sends: all; the counts and dates that most have; three facts; or next to nothing of nine in ten. */
export type Facts = "all" | "some" | "few" | "hidden";

const DAY = 86_400_000;
const whole = (value: number): number => Math.max(0, Math.round(value));
const iso = (at: number): string => new Date(at).toISOString();

export const somePeople = (draw: Chance): People => ({
  lurkers: draw.between(0.03, 0.2),
  newcomers: draw.between(0.02, 0.12),
  activity: 0.5 * draw.normal(),
  reach: 0.4 * draw.normal(),
  age: draw.between(700, 2_200),
  biography: draw.between(0.5, 0.9),
});

/** An audience from elsewhere: newer to the platform, quieter, with fewer followers. */
export const peopleElsewhere = (draw: Chance): People => ({
  ...somePeople(draw),
  lurkers: draw.between(0.1, 0.3),
  newcomers: draw.between(0.1, 0.25),
  activity: draw.between(-1, 0),
  reach: draw.between(-0.8, 0),
  age: draw.between(350, 1_000),
});

/** Mostly thin, as most of what is sold. */
export const someSeller = (draw: Chance): Seller => ({
  dressed: draw.between(0, 0.3),
  dormant: draw.between(0, 0.2),
  busy: draw.between(0, 0.1),
});

/** The dear kind: most of them pass for somebody at a glance. */
export const dearSeller = (draw: Chance): Seller => ({
  dressed: draw.between(0.4, 0.7),
  dormant: draw.between(0.05, 0.2),
  busy: draw.between(0, 0.1),
});

/** Made by the thousand on a few days. */
export const batchSeller = (draw: Chance): Seller => ({
  ...someSeller(draw),
  batch: { daysAgo: draw.between(5, 200), days: draw.between(1, 4) },
});

/** Most private collections of bots that follow everybody: any kind, made at any time. */
export const STRAY_BOTS: Seller = { dressed: 0.3, dormant: 0.2, busy: 0.2 };

/** Someone who follows at `at`, milliseconds since the epoch. */
export function person(people: People, at: number, draw: Chance): FullProfile {
  const newcomer = draw.happens(people.newcomers);
  const lurker = !newcomer && draw.happens(people.lurkers);
  const ageDays = newcomer ? 1 + 25 * draw.exponential() : 30 + people.age * draw.multiplier(2);
  const zeal = draw.normal();
  const activity = people.activity + 1.3 * zeal + 0.5 * Math.log(ageDays / 1_000) - (lurker ? 3 : newcomer ? 0.8 : 0);
  const reach = people.reach + 1.1 * draw.normal() + 0.4 * zeal + 0.4 * Math.log(ageDays / 1_000) - (lurker ? 1 : 0);
  const followers = whole(190 * Math.exp(reach));
  const handleLength = 5 + Math.floor(9 * draw.uniform());
  return {
    createdAt: iso(at - ageDays * DAY),
    followers,
    following: whole(280 * Math.exp(0.35 * reach + 0.8 * draw.normal())),
    statuses: whole(400 * Math.exp(activity + 0.9 * draw.normal())),
    favourites: whole(600 * Math.exp(activity + 1.1 * draw.normal())),
    listed: draw.poisson(Math.min(200, followers / 120)),
    defaultProfile: draw.happens(newcomer ? 0.85 : lurker ? 0.6 : 0.35),
    defaultImage: draw.happens(newcomer ? 0.2 : lurker ? 0.12 : 0.02),
    verified: draw.happens(followers > 5_000 ? 0.1 : 0.001),
    private: draw.happens(0.12),
    hasUrl: draw.happens(lurker || newcomer ? 0.05 : 0.3),
    nameLength: 4 + Math.floor(16 * draw.uniform()),
    handleLength,
    handleDigits: draw.happens(0.25) ? 1 + Math.floor(Math.min(4, handleLength - 2) * draw.uniform()) : 0,
    bioLength: draw.happens(people.biography * (lurker || newcomer ? 0.5 : 1)) ? whole(8 + 140 * draw.uniform()) : 0,
  };
}

/** What a seller's kinds have in common, and where they part: means of counts, chances of flags. */
interface Make {
  readonly ageDays: readonly [least: number, most: number];
  readonly followers: number;
  readonly following: number;
  readonly statuses: number;
  readonly favourites: number;
  readonly noPicture: number;
  readonly noBiography: number;
  readonly digits: number;
  readonly hasUrl: number;
}
const MAKES: Readonly<Record<"thin" | "dressed" | "dormant" | "busy", Make>> = {
  thin: {
    ageDays: [2, 120],
    followers: 8,
    following: 900,
    statuses: 3,
    favourites: 1,
    noPicture: 0.45,
    noBiography: 0.85,
    digits: 0.6,
    hasUrl: 0,
  },
  dressed: {
    ageDays: [60, 900],
    followers: 70,
    following: 700,
    statuses: 45,
    favourites: 30,
    noPicture: 0.02,
    noBiography: 0.25,
    digits: 0.35,
    hasUrl: 0.05,
  },
  // People's accounts that their owners lost or left years ago.
  dormant: {
    ageDays: [900, 3_600],
    followers: 50,
    following: 1_200,
    statuses: 25,
    favourites: 6,
    noPicture: 0.12,
    noBiography: 0.5,
    digits: 0.2,
    hasUrl: 0.03,
  },
  busy: {
    ageDays: [30, 600],
    followers: 150,
    following: 1_500,
    statuses: 3_000,
    favourites: 4,
    noPicture: 0.03,
    noBiography: 0.2,
    digits: 0.3,
    hasUrl: 0.35,
  },
};

/** One of a seller's accounts, which follows at `at`. */
export function soldFollower(seller: Seller, at: number, draw: Chance): FullProfile {
  const turn = draw.uniform();
  const { dressed, dormant, busy, batch } = seller;
  const make =
    MAKES[
      turn < dressed
        ? "dressed"
        : turn < dressed + dormant
          ? "dormant"
          : turn < dressed + dormant + busy
            ? "busy"
            : "thin"
    ];
  const count = (mean: number): number => whole(mean * draw.multiplier(1) - 0.3);
  const ageDays = batch === undefined ? draw.logBetween(...make.ageDays) : batch.daysAgo + batch.days * draw.uniform();
  const handleLength = 8 + Math.floor(7 * draw.uniform());
  return {
    createdAt: iso(at - ageDays * DAY),
    followers: count(make.followers),
    following: count(make.following) + 40,
    statuses: count(make.statuses),
    favourites: count(make.favourites),
    listed: draw.happens(0.03) ? 1 : 0,
    defaultProfile: draw.happens(0.75),
    defaultImage: draw.happens(make.noPicture),
    verified: false,
    private: draw.happens(0.03),
    hasUrl: draw.happens(make.hasUrl),
    nameLength: 5 + Math.floor(10 * draw.uniform()),
    handleLength,
    handleDigits: draw.happens(make.digits) ? 2 + Math.floor(4 * draw.uniform()) : 0,
    bioLength: draw.happens(make.noBiography) ? 0 : whole(10 + 70 * draw.uniform()),
  };
}

/** Of whom a platform that hides profiles says nothing. */
const HIDDEN = 0.9;

/** What of a profile the platform sends; undefined where it sends nothing. */
export function sent(profile: FullProfile, facts: Facts, draw: Chance): Profile | undefined {
  if (facts === "all") return profile;
  if (facts === "hidden") return draw.happens(HIDDEN) ? undefined : profile;
  const { createdAt, followers, following } = profile;
  if (facts === "few") return { createdAt, followers, following };
  const { statuses, favourites, defaultImage, bioLength } = profile;
  return { createdAt, followers, following, statuses, favourites, defaultImage, bioLength };
}
