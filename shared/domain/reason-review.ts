import type { Reason } from "./label.ts";

type Params = NonNullable<Reason["params"]>;

const say = (params: Params, key: string): string => String(params[key] ?? "several");
/** "1 review", "4 reviews". */
const counted = (params: Params, one: string, more: string, key = "count"): string =>
  `${say(params, key)} ${params[key] === 1 ? one : more}`;

const burst = (params: Params, stars: string): string =>
  `${counted(params, "review", "reviews")} of the target that day (usual ${say(params, "usual")} a day), ${say(params, "stars")} of them with ${stars} (usual ${say(params, "usualPercent")}%).`;

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
  "review.deviation": (p) =>
    `Rates ${say(p, "rating")} where ${counted(p, "earlier review", "earlier reviews", "reviews")} average ${say(p, "mean")}.`,
  "review.first": () => "Is the author's first known review.",
  "review.new_account": (p) => `The account was ${counted(p, "day", "days", "days")} old.`,
};
