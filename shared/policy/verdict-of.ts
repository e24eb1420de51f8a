import type { ItemRef } from "../domain/id.ts";
import type { Post, Review } from "../domain/item.ts";
import { productLineOf } from "../domain/product-line.ts";
import type { Verdict } from "../domain/verdict.ts";
import { type Score, strongestFirst } from "../scoring/score.ts";
import type { PostInput } from "../scoring/text/score-post.ts";
import { evaluate } from "./evaluate.ts";
import type { Policy } from "./policy.ts";

/** What a judge is asked: who sent it, its identity, and the times that its verdict states. */
export interface Question {
  readonly tenant: string;
  readonly ref: ItemRef;
  readonly digest: string;
  readonly receivedAt: Date;
  readonly now: Date;
}

/** Most labels that a verdict carries. */
const MOST_LABELS = 12;

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

/** The verdict on something that a person wrote, from its scores and the policy. Pure. */
export function verdictOf(
  policy: Policy,
  { tenant, ref, digest, receivedAt, now }: Question,
  item: Post | Review,
  score: Score,
): Verdict {
  const {
    action,
    queue,
    lane,
    severity,
    policy: reference,
  } = evaluate(policy, score.labels, item.channel.audience, score.features);
  return {
    tenant,
    ref,
    digest,
    action,
    severity,
    queue,
    lane,
    labels: score.labels.slice(0, MOST_LABELS),
    // What was not found is not stored: a verdict over 1 KB costs a second write unit.
    features: Object.fromEntries(Object.entries(score.features).filter(([, value]) => value !== 0)),
    policy: reference,
    models: [...score.models],
    status: score.degraded ? "degraded" : "complete",
    ...(score.language ? { language: score.language } : {}),
    authorId: item.author.id,
    channelId: item.channel.id,
    ...(item.kind === "review" ? { targetId: item.target.id, ...productLineOf(item.target.category) } : {}),
    visibility: item.channel.visibility,
    surface: item.channel.surface,
    brandIds: item.brandIds,
    receivedAt: receivedAt.toISOString(),
    scoredAt: now.toISOString(),
  };
}
