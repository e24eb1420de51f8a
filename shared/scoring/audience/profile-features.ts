import type * as z from "zod";
import type { profile as profileSchema } from "../../domain/item.ts";

export type Profile = z.infer<typeof profileSchema>;

const DAY_MS = 86_400_000;
/** An older account is not told from one of this age: what lies further back tells when a set was made. */
const OLDEST_DAYS = 1460;
/** Added to an age before anything is divided by it: the first days of an account are no rate. */
const SETTLED_DAYS = 30;
const UNKNOWN = Number.NaN;

/**
 * What a profile is judged by, in the order of the trees' columns. Counts are log2(1 + n); ratios and rates a day are
 * log2 too, so that platforms of different size lie a shift apart. No name, language, time zone or creation date.
 */
export const FEATURES = [
  "favourites",
  "favouritesPerStatus",
  "favouritesPerDay",
  "ratio",
  "followers",
  "following",
  "followersPerDay",
  "followingPerDay",
  "statuses",
  "statusesPerDay",
  "statusesPerFollowing",
  "listed",
  "bio",
  "digits",
  "age",
  "image",
  "design",
  "verified",
  "url",
] as const;

export type Feature = (typeof FEATURES)[number];

/** The column of each feature. */
export const PLACE = Object.fromEntries(FEATURES.map((name, place) => [name, place])) as Readonly<
  Record<Feature, number>
>;

const count = (value: number): number => Math.log2(1 + value);
const flag = (value: boolean | undefined): number => (value === undefined ? UNKNOWN : value ? 1 : 0);

/** Age in days when seen `at` (milliseconds since the epoch), not below 0; NaN where either is not known. */
export const ageInDays = ({ createdAt }: Profile, at: number | undefined): number =>
  createdAt === undefined || at === undefined ? UNKNOWN : Math.max(0, (at - Date.parse(createdAt)) / DAY_MS);

/** Writes the features of a profile into the first places of `into`; NaN where a fact is missing. */
export function profileFeatures(profile: Profile, at: number | undefined, into: Float64Array): void {
  const favourites = profile.favourites ?? UNKNOWN;
  const followers = profile.followers ?? UNKNOWN;
  const following = profile.following ?? UNKNOWN;
  const statuses = profile.statuses ?? UNKNOWN;
  const { handleLength } = profile;
  const days = ageInDays(profile, at);
  const logDays = Math.log2(days + SETTLED_DAYS);
  const logFavourites = count(favourites);
  const logFollowers = count(followers);
  const logFollowing = count(following);
  const logStatuses = count(statuses);
  into[PLACE.favourites] = logFavourites;
  into[PLACE.favouritesPerStatus] = logFavourites - Math.log2(statuses + 10);
  into[PLACE.favouritesPerDay] = logFavourites - logDays;
  into[PLACE.ratio] = Math.log2((followers + 5) / (following + 5));
  into[PLACE.followers] = logFollowers;
  into[PLACE.following] = logFollowing;
  into[PLACE.followersPerDay] = logFollowers - logDays;
  into[PLACE.followingPerDay] = logFollowing - logDays;
  into[PLACE.statuses] = logStatuses;
  into[PLACE.statusesPerDay] = logStatuses - logDays;
  into[PLACE.statusesPerFollowing] = logStatuses - Math.log2(following + 5);
  into[PLACE.listed] = count(profile.listed ?? UNKNOWN);
  into[PLACE.bio] = count(profile.bioLength ?? UNKNOWN);
  into[PLACE.digits] = handleLength ? (profile.handleDigits ?? UNKNOWN) / handleLength : UNKNOWN;
  into[PLACE.age] = count(Math.min(days, OLDEST_DAYS));
  into[PLACE.image] = flag(profile.defaultImage);
  into[PLACE.design] = flag(profile.defaultProfile);
  into[PLACE.verified] = flag(profile.verified);
  into[PLACE.url] = flag(profile.hasUrl);
}
