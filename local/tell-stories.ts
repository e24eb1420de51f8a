import { callApi } from "../cli/api/call-api.ts";
import { routes } from "../shared/contracts/routes.ts";
import type { FollowWindow } from "../shared/domain/audience.ts";
import type { ItemRef } from "../shared/domain/id.ts";
import { LABELS } from "../shared/domain/label.ts";
import type { Verdict } from "../shared/domain/verdict.ts";
import { isSuspected } from "../shared/policy/judge-review.ts";
import type { Verdicts } from "../shared/store/verdicts.ts";
import { angryCustomer } from "./sample/angry-customer.ts";
import type { FollowStory } from "./sample/follow-story.ts";
import type { ReviewStory } from "./sample/review-story.ts";
import { FOLLOW_STORIES, REVIEW_STORIES } from "./sample/sample.ts";
import { trollPileOn } from "./sample/troll-pile-on.ts";

export interface Telling {
  readonly api: { readonly url: string; readonly token: string };
  readonly tenant: string;
  /** Items of the sample that the intake took. */
  readonly accepted: readonly ItemRef[];
  readonly verdicts: Pick<Verdicts, "findMany">;
}

const number = new Intl.NumberFormat("en-GB");
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
const percent = (share: number): string => `${Math.round(share * 100)}%`;
const stars = (mean: number | undefined): string => (mean === undefined ? "no rating" : mean.toFixed(1));

async function verdictsOf({ accepted, tenant, verdicts }: Telling, story: { readonly name: string }) {
  const refs = accepted.filter(({ id }) => id.startsWith(`${story.name}.`));
  return (await verdicts.findMany(tenant, refs)).verdicts;
}

async function tellPosts(telling: Telling, story: { readonly name: string }, title: string): Promise<string> {
  const made = await verdictsOf(telling, story);
  const of = (action: Verdict["action"]): number => made.filter((one) => one.action === action).length;
  return `${title}: of ${made.length} posts ${of("hold")} held back, ${of("flag")} flagged, ${of("allow")} left alone`;
}

/** The label that speaks loudest against a review. */
const loudest = ({ labels }: Verdict) =>
  labels
    .filter(({ label }) => label.startsWith("fake_review."))
    .toSorted((a, b) => b.probability - a.probability || b.severity - a.severity)
    .at(0)?.label;

async function tellReviews(telling: Telling, story: ReviewStory): Promise<string> {
  const { id, title } = story.target;
  const [target, made] = await Promise.all([
    callApi(telling.api, routes["get-target"], { params: { id } }),
    verdictsOf(telling, story),
  ]);
  const whole = `${title}: rating ${stars(target.all.mean)} of ${target.all.count} reviews`;
  if (target.suspected === 0) return `${whole}, none of them suspicious`;
  const groups = Map.groupBy(made.filter(isSuspected), loudest);
  const why = [...groups]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .flatMap(([label, all]) => (label ? `${all.length} ${LABELS[label].replace(/^review /, "")}` : []));
  return `${whole}, ${stars(target.withoutSuspected.mean)} without ${target.suspected}: ${why.join(", ")}`;
}

const WINDOW_WORDS: Readonly<Record<FollowWindow["kind"], string>> = {
  bought: "consistent with purchase",
  drip: "consistent with purchase, delivered over days",
  viral: "whose profiles are as usual (viral, organic-looking)",
  unclear: "of whose profiles too little is known",
};

function tellWindow({ start, end, followers, kind }: FollowWindow): string {
  const from = new Date(start);
  const to = new Date(end);
  const between = `on ${day.format(from)} between ${clock.format(from)} and ${clock.format(to)} UTC`;
  return `${number.format(followers)} ${between} ${WINDOW_WORDS[kind]}`;
}

async function tellAudience({ api }: Telling, { account: { id } }: FollowStory): Promise<string> {
  const { assessment } = await callApi(api, routes["get-audience"], { params: { id } });
  const { followers, fakeShare, windows } = assessment;
  const share = fakeShare
    ? [`${percent(fakeShare.low)} to ${percent(fakeShare.high)} of all consistent with automation`]
    : [];
  return [`${id}: ${number.format(followers)} followers`, ...windows.map(tellWindow), ...share].join("; ");
}

/**
 * What became of the sample's stories, a line each, in words and as the API answers.
 * @throws CommandFailed where the API does not answer for a story whose items were scored.
 */
export const tellStories = async (telling: Telling): Promise<string[]> => [
  "the stories:",
  ...(
    await Promise.all([
      tellPosts(telling, trollPileOn, "the pile-on"),
      tellPosts(telling, angryCustomer, "angry customers"),
      ...REVIEW_STORIES.map((story) => tellReviews(telling, story)),
      ...FOLLOW_STORIES.map((story) => tellAudience(telling, story)),
    ])
  ).map((line) => `  ${line}`),
];
