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
  "audience.drip": (p) =>
    `${say(p, "count")} new followers in ${counted(p, "day", "days", "days")} from ${say(p, "from")} UTC (usual ${say(p, "usual")} a day).`,
  "audience.added": (p) =>
    `About ${say(p, "count")} of them (${say(p, "low")}–${say(p, "high")}) are consistent with purchase.`,
  "audience.batch_made": () => "Accounts of one age stand out among them, as where they were made together.",
  "audience.even_pace": () => "They came at an even pace, day and night, as a metered delivery does.",
  "audience.shared_cohort": () => "Other accounts gained the same followers in such a time of their own.",
  "audience.note_unjudged": (p) =>
    `Too little is known of ${say(p, "percent")}% of ${say(p, "of")} sampled followers to judge them; the share takes them to be like the others.`,
  "audience.note_few_facts": (p) =>
    `Profiles came with ${say(p, "percent")}% of the facts on average: the intervals are wider for it.`,
  "audience.note_unseen": (p) =>
    `The shares are of ${say(p, "percent")}% of the followers: of the others no follow and no sample was sent.`,
  "audience.note_self": (p) =>
    `The account was said to follow itself in ${counted(p, "message", "messages", "count")}; that is not counted.`,
  "audience.note_resent": (p) =>
    `${say(p, "count")} follows were sent of about ${say(p, "distinct")} different followers: some came more than once.`,
  "audience.note_shrunk": (p) => `The platform's count fell from ${say(p, "before")} to ${say(p, "count")}.`,
  "audience.unjudged": (p) =>
    `Too few profiles are known to tell a purchase from sudden popularity (${say(p, "of")} judged).`,
  "audience.fake_share": (p) =>
    `About ${say(p, "percent")}% of the followers (${say(p, "low")}–${say(p, "high")}%) are consistent with automation, from a sample of ${say(p, "of")}.`,
  "profile.favourites": (p) => `Liked ${counted(p, "post", "posts", "count")}.`,
  "profile.never_likes": (p) => `Wrote ${say(p, "statuses")} posts and liked ${say(p, "favourites")}.`,
  "profile.ratio": (p) => `Follows ${say(p, "following")} and is followed by ${say(p, "followers")}.`,
  "profile.followers": (p) => `Has ${counted(p, "follower", "followers", "count")}.`,
  "profile.statuses": (p) => `Wrote ${counted(p, "post", "posts", "count")}.`,
  "profile.listed": (p) =>
    (p.count ?? 0) === 0 ? "Stands on nobody's list." : `Stands on ${counted(p, "list", "lists", "count")}.`,
  "profile.no_picture": () => "Has no picture of its own.",
  "profile.no_bio": () => "Has no biography.",
  "profile.handle_digits": (p) => `${say(p, "percent")}% of the handle are digits.`,
  "profile.young": (p) => `The account was ${counted(p, "day", "days", "days")} old.`,
  "profile.default_design": () => "Uses the design that every account starts with.",
};
