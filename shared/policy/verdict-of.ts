import type { ItemRef } from "../domain/id.ts";
import type { Post, Review } from "../domain/item.ts";
import type { LabelName, LabelScore } from "../domain/label.ts";
import { productLineOf } from "../domain/product-line.ts";
import type { Verdict, VerdictAbout } from "../domain/verdict.ts";
import { type Score, strongestFirst } from "../scoring/score.ts";
import type { PostInput } from "../scoring/text/score-post.ts";
import type { PolicySet } from "./compiled-policies.ts";
import { FEATURES } from "./condition/feature-words.ts";
import { factsOf, type VerdictBasis } from "./policy-facts.ts";

/** What a judge is asked: who sent it, its identity, the policies of its tenant, and the times that its verdict states. */
export interface Question {
  readonly tenant: string;
  readonly policies: PolicySet;
  readonly ref: ItemRef;
  readonly digest: string;
  readonly receivedAt: Date;
  readonly now: Date;
}

/** Most labels that a verdict carries. */
const MOST_LABELS = 12;
/** Labels that no verdict drops for want of room. */
const NEVER_DROPPED: ReadonlySet<LabelName> = new Set(["child_safety", "self_harm", "threat"]);

/** The labels that a verdict stores, strongest first; policies are asked about these. */
function storedLabels(labels: readonly LabelScore[]): LabelScore[] {
  if (labels.length <= MOST_LABELS) return [...labels];
  const first = labels.filter(({ label }) => NEVER_DROPPED.has(label));
  const others = labels.filter(({ label }) => !NEVER_DROPPED.has(label));
  const kept = new Set([...first, ...others].slice(0, MOST_LABELS));
  return labels.filter((one) => kept.has(one));
}

/** What was not found is not stored, a verdict over 1 KB costs a second write unit; but nought is not unknown. */
export const storedFeatures = (features: Score["features"]): Record<string, number> =>
  Object.fromEntries(Object.entries(features).filter(([name, value]) => value !== 0 || FEATURES[name]?.optional));

const DAY_MS = 86_400_000;

/** Only what was sent, and nothing where nothing was. */
function aboutOf(item: Post | Review, receivedAt: Date): VerdictAbout | undefined {
  const { createdAt, itemsPosted, verified, ageBand } = item.author;
  const age = createdAt === undefined ? undefined : Math.floor((+receivedAt - Date.parse(createdAt)) / DAY_MS);
  const author = {
    ...(age === undefined ? {} : { ageDays: Math.max(0, age) }),
    ...(itemsPosted === undefined ? {} : { itemsPosted }),
    ...(verified === undefined ? {} : { verified }),
    ...(ageBand === undefined ? {} : { ageBand }),
  };
  const about: VerdictAbout = {
    ...(item.country === undefined ? {} : { country: item.country }),
    ...(item.productLine === undefined ? {} : { productLine: item.productLine }),
    ...(item.channel.audience === "minors" ? { minors: true as const } : {}),
    ...(item.kind === "review" && item.verifiedPurchase !== undefined
      ? { verifiedPurchase: item.verifiedPurchase }
      : {}),
    ...(Object.keys(author).length > 0 ? { author } : {}),
  };
  return Object.keys(about).length > 0 ? about : undefined;
}

/** What the text scorer takes of an item that a person wrote. */
export const textInputOf = (item: Post | Review, text: string | undefined): PostInput => ({
  text,
  media: item.media.length,
  audience: item.channel.audience,
  visibility: item.channel.visibility,
  ...(item.author.ageBand ? { author: { ageBand: item.author.ageBand } } : {}),
  ...(item.language ? { language: item.language } : {}),
  ...(item.country ? { country: item.country } : {}),
});

/** Several scorers' findings as one: each label once, by its strongest finding. */
export function joinScores(scores: readonly Score[]): Score {
  const labels = scores.flatMap((score) => score.labels).toSorted(strongestFirst);
  const language = scores.find((score) => score.language !== undefined)?.language;
  const first = labels.filter((one, index) => labels.findIndex(({ label }) => label === one.label) === index);
  return {
    labels: first,
    features: Object.assign({}, ...scores.map(({ features }) => features)),
    models: scores.flatMap(({ models }) => models),
    degraded: scores.some(({ degraded }) => degraded),
    ...(language === undefined ? {} : { language }),
  };
}

/** What a verdict says of something that a person wrote before anything is decided. */
export function basisOf(
  { tenant, ref, digest, receivedAt }: Pick<Question, "tenant" | "ref" | "digest" | "receivedAt">,
  item: Post | Review,
  score: Score,
): VerdictBasis {
  const about = aboutOf(item, receivedAt);
  return {
    tenant,
    ref,
    digest,
    labels: storedLabels(score.labels),
    features: storedFeatures(score.features),
    models: [...score.models],
    status: score.degraded ? "degraded" : "complete",
    ...(score.language ? { language: score.language } : {}),
    authorId: item.author.id,
    channelId: item.channel.id,
    ...(item.kind === "review" ? { targetId: item.target.id } : {}),
    ...productLineOf(item.productLine ?? (item.kind === "review" ? item.target.category : undefined)),
    visibility: item.channel.visibility,
    surface: item.channel.surface,
    brandIds: item.brandIds,
    ...(about ? { about } : {}),
    receivedAt: receivedAt.toISOString(),
  };
}

/** The verdict that policies make of what is known. Pure. */
export const decided = (policies: PolicySet, basis: VerdictBasis, now: Date): Verdict => ({
  ...basis,
  ...policies.decide(factsOf(basis)),
  scoredAt: now.toISOString(),
});

/** The verdict on something that a person wrote, from its scores and the tenant's policies. Pure. */
export const verdictOf = ({ policies, now, ...question }: Question, item: Post | Review, score: Score): Verdict =>
  decided(policies, basisOf(question, item, score), now);
