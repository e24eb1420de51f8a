import type { Reason } from "./label.ts";

type Params = NonNullable<Reason["params"]>;

const say = (params: Params, key: string): string => String(params[key] ?? "several");
const counted = (params: Params, one: string, more: string, key: string): string =>
  `${say(params, key)} ${params[key] === 1 ? one : more}`;

/** Reasons of audiences and of follower profiles. */
export const AUDIENCE_REASONS: Readonly<Record<string, (params: Params) => string>> = {
  "audience.spike": (p) =>
    `${say(p, "count")} new followers in ${say(p, "hours")} h from ${say(p, "from")} UTC (usual ${say(p, "usual")} an hour).`,
  "audience.worse_profiles": (p) =>
    `${say(p, "percent")}% of ${counted(p, "judged profile", "judged profiles", "of")} in it look automated (usual ${say(p, "usualPercent")}%): consistent with purchase.`,
  "audience.unjudged": (p) =>
    `Too few profiles are known to tell a purchase from sudden popularity (${say(p, "of")} judged).`,
  "audience.fake_share": (p) =>
    `About ${say(p, "percent")}% of the followers (${say(p, "low")}–${say(p, "high")}%) are consistent with automation, from a sample of ${say(p, "of")}.`,
  "profile.favourites": (p) => `Liked ${counted(p, "post", "posts", "count")}.`,
  "profile.never_likes": (p) => `Wrote ${say(p, "statuses")} posts and liked ${say(p, "favourites")}.`,
  "profile.ratio": (p) => `Follows ${say(p, "following")} and is followed by ${say(p, "followers")}.`,
  "profile.followers": (p) => `Has ${counted(p, "follower", "followers", "count")}.`,
  "profile.statuses": (p) => `Wrote ${counted(p, "post", "posts", "count")}.`,
  "profile.listed": () => "Stands on nobody's list.",
  "profile.no_picture": () => "Has no picture of its own.",
  "profile.no_bio": () => "Has no biography.",
  "profile.handle_digits": (p) => `${say(p, "percent")}% of the handle are digits.`,
  "profile.young": (p) => `The account was ${counted(p, "day", "days", "days")} old.`,
  "profile.default_design": () => "Uses the design that every account starts with.",
};
