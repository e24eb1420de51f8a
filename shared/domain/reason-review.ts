import type { Reason } from "./label.ts";

type Params = NonNullable<Reason["params"]>;

const say = (params: Params, key: string): string => String(params[key] ?? "several");
/** "1 review", "4 reviews". */
const counted = (params: Params, one: string, more: string, key = "count"): string =>
  `${say(params, key)} ${params[key] === 1 ? one : more}`;

const burst = (params: Params, stars: string): string =>
  `${counted(params, "review", "reviews")} of the target in ${counted(params, "hour", "hours", "hours")} (usual ${say(params, "usual")} a day), ${say(params, "stars")} of them with ${stars} (usual ${say(params, "usualPercent")}%).`;

const entity = (params: Params, what: string): string =>
  `Came from a ${what} that ${counted(params, "author", "authors")} used, ${say(params, "here")} more of them for this target (so many are behind ${say(params, "commonPercent")}% of them here).`;

/** Reasons of reviews: the owner's circle, repeated text, tempo, bursts, ratings, newcomers. */
export const REVIEW_REASONS: Readonly<Record<string, (params: Params) => string>> = {
  "review.owner_self": () => "Was written by the target's owner.",
  "review.owner_payment": () => "Was paid for with the same payment means as the target's owner uses.",
  "review.owner_device": () => "Came from the same device as the target's owner uses.",
  "review.owner_network": () => "Came from the same network as the target's owner; guests may share it, too.",
  "review.text_of_others": (p) =>
    `Repeats the text of ${counted(p, "review", "reviews")} by other authors (${say(p, "like")}% alike).`,
  "review.text_elsewhere": (p) =>
    `Repeats the author's own text from ${counted(p, "review", "reviews")} of other targets (${say(p, "like")}% alike).`,
  "review.tempo_hour": (p) =>
    `The author wrote ${counted(p, "review", "reviews")} within an hour (up to ${say(p, "usual")} are usual).`,
  "review.tempo_day": (p) =>
    `The author wrote ${counted(p, "review", "reviews")} within a day (up to ${say(p, "usual")} are usual).`,
  "review.burst_one_star": (p) => burst(p, "one star"),
  "review.burst_five_star": (p) => burst(p, "five stars"),
  "review.burst_first_time": (p) =>
    `${say(p, "count")} of that day's ${say(p, "of")} reviews are their authors' first (usual ${say(p, "usualPercent")}%).`,
  "review.rhythm": (p) =>
    `The gaps between the author's ${counted(p, "review", "reviews")} are unlike those that are usual here.`,
  "review.mix_shift": (p) =>
    `That day's ratings, newcomers, purchases and young accounts are mixed unlike the target's other days (G ${say(p, "g")}; by chance over 20.5 on one day in 1,000).`,
  "review.lockstep": (p) =>
    `${counted(p, "other author", "other authors")} reviewed the same targets the same way at about the same time (up to ${say(p, "like")}% alike).`,
  "review.shared_reviewers": (p) =>
    `Shares ${counted(p, "reviewer", "reviewers")} with another target of the author, ${say(p, "times")} times as many as by chance.`,
  "review.many_devices": (p) => entity(p, "device"),
  "review.many_payments": (p) => entity(p, "payment means"),
  "review.many_networks": (p) => entity(p, "network"),
  "review.company": (p) =>
    `${say(p, "share")}% of the target's recent reviews are their authors' first (usual ${say(p, "usualPercent")}%).`,
  "review.words_contradict": (p) => `Its words contradict its rating of ${say(p, "rating")}.`,
  "review.deviation": (p) =>
    `Rates ${say(p, "rating")} where ${counted(p, "earlier review", "earlier reviews", "reviews")} average ${say(p, "mean")}.`,
  "review.rewards_reported": (p) =>
    `Praises where ${counted(p, "other review reports", "other reviews report")} a reward for praise, and does not say whether it was rewarded.`,
  "review.storm": (p) =>
    `${say(p, "stars")} ratings of one star that day (usual ${say(p, "usual")} a day). Its author is not suspected by this: the display waits until a moderator has looked.`,
  "review.title_changed": (p) =>
    `The target's title has nothing in common with the one under which it was reviewed for ${counted(p, "day", "days", "days")} and ${counted(p, "time", "times", "reviews")}.`,
  "review.demand": (p) => `Holds the review against a demand (${counted(p, "passage", "passages")}).`,
  "review.first": () => "Is the author's first known review.",
  "review.new_account": (p) => `The account was ${counted(p, "day", "days", "days")} old.`,
};
