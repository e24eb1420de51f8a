import { isDeepStrictEqual } from "node:util";
import type { ItemMessage } from "../../shared/contracts/messages.ts";
import { needsReview } from "../../shared/domain/case.ts";
import type { Post } from "../../shared/domain/item.ts";
import type { TenantSettings } from "../../shared/domain/tenant.ts";
import type { Verdict } from "../../shared/domain/verdict.ts";
import type { Keys } from "../../shared/keys/keys.ts";
import type { postJudge } from "../../shared/policy/judge-post.ts";
import { itemOf } from "../../shared/queue/prepare-item.ts";
import type { Topic } from "../../shared/queue/topic.ts";
import type { Clock } from "../../shared/runtime/clock.ts";
import { Unprocessable } from "../../shared/runtime/queue-stack.ts";
import type { SettingsOf } from "../../shared/runtime/tenant-context.ts";
import type { Content, Contents } from "../../shared/store/contents.ts";
import type { Verdicts } from "../../shared/store/verdicts.ts";
import { excerptOf } from "./excerpt.ts";

export interface JudgeAndRecord {
  readonly settingsOf: SettingsOf;
  readonly keys: Keys;
  readonly verdicts: Pick<Verdicts, "record">;
  readonly contents: Pick<Contents, "keep">;
  readonly topic: Topic;
  readonly judge: ReturnType<typeof postJudge>;
  readonly clock: Clock;
}

/** What of a post may be kept for a moderator, by the tenant's policy. */
function keepable(post: Post, made: Verdict, settings: TenantSettings): Content | undefined {
  if (post.text === undefined) return undefined;
  if (!needsReview(made) && !settings.keepAllowedContent) return undefined;
  if (post.channel.visibility === "public") return { text: post.text, excerpt: false };
  return settings.keepPrivateExcerpt ? { text: excerptOf(post.text, made.labels), excerpt: true } : undefined;
}

/**
 * One post from the queue to its verdict. The verdict is written first, by one conditional put; what follows from it
 * (content, event) is done again by a repeat, which finds the first verdict and uses that.
 */
export function judgeAndRecord(ports: JudgeAndRecord) {
  const { settingsOf, keys, verdicts, contents, topic, judge, clock } = ports;
  return async (message: ItemMessage): Promise<void> => {
    const { tenant, ref, digest } = message;
    const settings = await settingsOf(tenant);
    if (!settings) throw new Unprocessable("tenant_unknown");
    const post = await itemOf(keys, message);
    if (post.kind !== "post" || post.id !== ref.id) throw new Unprocessable("item_is_not_the_referenced_post");
    const now = clock();
    const receivedAt = new Date(message.receivedAt);
    const judged = message.verdict ?? judge({ tenant, ref, digest, post, receivedAt, now });
    if (judged.tenant !== tenant || judged.digest !== digest || !isDeepStrictEqual(judged.ref, ref))
      throw new Unprocessable("verdict_of_another_item");
    const recorded = await verdicts.record(judged, settings.verdictDays);
    if (recorded.kind === "conflict") throw new Unprocessable("revision_conflict");
    const made = recorded.verdict;
    const kept = keepable(post, made, settings);
    if (kept) await contents.keep(tenant, ref, kept, now, settings.contentDays);
    if (needsReview(made) || settings.publishAllowed)
      await topic.publish({ v: 1, verdict: made }, { tenant, kind: ref.kind, action: made.action, lane: made.lane });
  };
}
