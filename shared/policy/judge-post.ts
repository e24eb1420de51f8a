import type { ItemRef } from "../domain/id.ts";
import type { Post } from "../domain/item.ts";
import type { Verdict } from "../domain/verdict.ts";
import type { Scorer } from "../scoring/score.ts";
import type { PostInput } from "../scoring/text/score-post.ts";
import { evaluate } from "./evaluate.ts";
import type { Policy } from "./policy.ts";

/** A post with its identity and the times that its verdict states. */
export interface PostToJudge {
  readonly tenant: string;
  readonly ref: ItemRef;
  readonly digest: string;
  readonly post: Post;
  readonly receivedAt: Date;
  readonly now: Date;
}

/** The scoring core: one post in, its verdict out. Pure; the queue step and `POST /v1/score` run the same. */
export const postJudge =
  (scorer: Scorer<PostInput>, policy: Policy) =>
  ({ tenant, ref, digest, post, receivedAt, now }: PostToJudge): Verdict => {
    const score = scorer({
      text: post.text,
      media: post.media.length,
      audience: post.channel.audience,
      visibility: post.channel.visibility,
      ...(post.author.ageBand ? { author: { ageBand: post.author.ageBand } } : {}),
      ...(post.language ? { language: post.language } : {}),
    });
    const { action, queue, lane, severity, policy: reference } = evaluate(policy, score.labels, post.channel.audience);
    return {
      tenant,
      ref,
      digest,
      action,
      severity,
      queue,
      lane,
      labels: score.labels.slice(0, 12),
      // What was not found is not stored: a verdict over 1 KB costs a second write unit.
      features: Object.fromEntries(Object.entries(score.features).filter(([, value]) => value !== 0)),
      policy: reference,
      models: [...score.models],
      status: score.degraded ? "degraded" : "complete",
      authorId: post.author.id,
      channelId: post.channel.id,
      visibility: post.channel.visibility,
      surface: post.channel.surface,
      brandIds: post.brandIds,
      receivedAt: receivedAt.toISOString(),
      scoredAt: now.toISOString(),
    };
  };
