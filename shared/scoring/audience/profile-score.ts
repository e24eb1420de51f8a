import type * as z from "zod";
import type { profile as profileSchema } from "../../domain/item.ts";
import type { Reason } from "../../domain/label.ts";

export type Profile = z.infer<typeof profileSchema>;

export interface ProfileScore {
  /** That the profile is automated or fake, 0 to 1; the prior where nothing is known. Hand-set, not calibrated. */
  readonly probability: number;
  /** Share of the facts, by what they can tell, that the profile held: 0 to 1. */
  readonly certainty: number;
  /** What raised the probability, strongest first, at most 4. */
  readonly reasons: readonly Reason[];
}

/** Log-odds before anything is known: about one profile in ten. */
const PRIOR = -2.2;
const DAY_MS = 86_400_000;
const MOST_REASONS = 4;
/** Points from which a fact is named as a reason. */
const LEAST_NAMED = 0.2;
const LEAST_TO_LIKE = 50;
/** More posts than this for each liked one is rare among people. */
const POSTS_A_LIKE = 500;
const YOUNG_DAYS = 30;

interface Points {
  /** What the fact can tell at most; counts towards certainty. */
  readonly reach: number;
  /** Log-odds points, undefined where the fact is missing. */
  readonly points: number | undefined;
  /** Undefined where the fact never raises the probability by enough to be named. */
  readonly reason?: Reason;
}

/** The points of the first step whose limit lies above the value. */
const step = (value: number | undefined, steps: readonly (readonly [below: number, points: number])[]) =>
  value === undefined ? undefined : (steps.find(([below]) => value < below)?.[1] ?? 0);

const flag = (value: boolean | undefined, yes: number, no: number) =>
  value === undefined ? undefined : value ? yes : no;

/** Few posts and few followers tell half as much of an account that had no time for more. */
const soften = (points: number | undefined, ageDays: number | undefined): number | undefined =>
  points !== undefined && points > 0 && (ageDays ?? YOUNG_DAYS) < YOUNG_DAYS ? points / 2 : points;

const percent = (share: number): number => Math.round(share * 100);

/**
 * The points, set by hand and checked on labelled sets by eval/profiles.ts. They say what sellers' accounts lack:
 * someone who follows back, things liked, a biography, a picture, years. No point hangs on language, time zone, names
 * or creation year, which tell one collection from another rather than fake from genuine.
 */
function pointsOf(profile: Profile, ageDays: number | undefined): Points[] {
  const { followers, following, statuses, favourites, listed, handleDigits, handleLength } = profile;
  const ratio = followers === undefined || following === undefined ? undefined : (followers + 1) / (following + 1);
  const digits =
    handleDigits === undefined || handleLength === undefined || handleLength === 0
      ? undefined
      : handleDigits / handleLength;
  const inf = Number.POSITIVE_INFINITY;
  return [
    {
      reach: 1.5,
      points: step(favourites, [
        [1, 1.5],
        [10, 0.8],
        [100, 0],
        [inf, -1.2],
      ]),
      reason: { code: "profile.favourites", params: { count: favourites ?? 0 } },
    },
    {
      reach: 0.8,
      // Posts a lot and likes next to nothing, as accounts do that a program runs.
      points:
        favourites === undefined || statuses === undefined
          ? undefined
          : statuses >= LEAST_TO_LIKE && favourites * POSTS_A_LIKE < statuses
            ? 1
            : 0,
      reason: { code: "profile.never_likes", params: { statuses: statuses ?? 0, favourites: favourites ?? 0 } },
    },
    {
      reach: 1.2,
      // Whoever follows few people has no ratio worth reading.
      points:
        ratio !== undefined && (following ?? 0) < 20
          ? 0
          : step(ratio, [
              [0.1, 1.2],
              [0.3, 0.8],
              [0.6, 0.2],
              [inf, -0.5],
            ]),
      reason: { code: "profile.ratio", params: { followers: followers ?? 0, following: following ?? 0 } },
    },
    {
      reach: 1,
      points: soften(
        step(followers, [
          [30, 1],
          [100, 0.6],
          [500, 0],
          [inf, -0.6],
        ]),
        ageDays,
      ),
      reason: { code: "profile.followers", params: { count: followers ?? 0 } },
    },
    {
      reach: 1,
      points: soften(
        step(statuses, [
          [3, 1],
          [20, 0.6],
          [100, 0.3],
          [1000, -0.2],
          [inf, -0.8],
        ]),
        ageDays,
      ),
      reason: { code: "profile.statuses", params: { count: statuses ?? 0 } },
    },
    {
      reach: 0.4,
      points: step(listed, [
        [1, 0.2],
        [5, 0],
        [inf, -0.4],
      ]),
      reason: { code: "profile.listed" },
    },
    {
      reach: 1.5,
      points: flag(profile.defaultImage, 1.5, -0.2),
      reason: { code: "profile.no_picture" },
    },
    {
      reach: 0.7,
      points: step(profile.bioLength, [
        [1, 0.7],
        [20, 0],
        [inf, -0.4],
      ]),
      reason: { code: "profile.no_bio" },
    },
    {
      reach: 1.2,
      points: step(digits, [
        [0.01, -0.2],
        [0.15, 0.2],
        [0.3, 0.7],
        [inf, 1.2],
      ]),
      reason: { code: "profile.handle_digits", params: { percent: percent(digits ?? 0) } },
    },
    {
      reach: 1,
      points: step(ageDays, [
        [7, 1],
        [YOUNG_DAYS, 0.7],
        [365, 0],
        [inf, -0.2],
      ]),
      reason: { code: "profile.young", params: { days: Math.floor(ageDays ?? 0) } },
    },
    { reach: 0.4, points: flag(profile.hasUrl, -0.4, 0.1) },
    { reach: 0.2, points: flag(profile.defaultProfile, 0.2, -0.1), reason: { code: "profile.default_design" } },
    // Few accounts are verified, so that not being so tells nothing.
    { reach: 0, points: flag(profile.verified, -3, 0) },
  ];
}

/**
 * How far a profile looks automated or fake, from its facts alone. A missing fact adds no point and lowers the
 * certainty. `at`: when the profile was seen or followed, milliseconds since the epoch, for its age. Pure.
 */
export function scoreProfile(profile: Profile, at?: number): ProfileScore {
  const created = profile.createdAt === undefined ? undefined : Date.parse(profile.createdAt);
  const ageDays = created === undefined || at === undefined ? undefined : Math.max(0, (at - created) / DAY_MS);
  const all = pointsOf(profile, ageDays);
  let sum = PRIOR;
  let known = 0;
  let reach = 0;
  for (const one of all) {
    reach += one.reach;
    if (one.points === undefined) continue;
    known += one.reach;
    sum += one.points;
  }
  return {
    probability: 1 / (1 + Math.exp(-sum)),
    certainty: known / reach,
    reasons: all
      .filter(({ points }) => points !== undefined && points >= LEAST_NAMED)
      .toSorted((a, b) => (b.points ?? 0) - (a.points ?? 0))
      .flatMap(({ reason }) => reason ?? [])
      .slice(0, MOST_REASONS),
  };
}
