import { needsReview } from "../domain/case.ts";
import { excerptOf } from "../domain/excerpt.ts";
import type { Post, Review } from "../domain/item.ts";
import type { TenantSettings } from "../domain/tenant.ts";
import type { Verdict } from "../domain/verdict.ts";
import type { Content, Contents } from "../store/contents.ts";
import type { Topic } from "./topic.ts";

/** What of an item may be kept for a moderator, by the tenant's policy. */
function keepable(item: Post | Review, made: Verdict, settings: TenantSettings): Content | undefined {
  const title = item.kind === "review" ? item.title : undefined;
  if (item.text === undefined && title === undefined) return undefined;
  if (!needsReview(made) && !settings.keepAllowedContent) return undefined;
  const text = item.text ?? "";
  if (item.channel.visibility === "public") return { text, ...(title === undefined ? {} : { title }), excerpt: false };
  return settings.keepPrivateExcerpt ? { text: excerptOf(text, made.labels), excerpt: true } : undefined;
}

export type VerdictDelivery = (
  made: Verdict,
  item: Post | Review,
  settings: TenantSettings,
  now: Date,
) => Promise<void>;

/** Publishes a verdict where somebody has to see it. */
export async function publishVerdict(topic: Topic, made: Verdict, settings: TenantSettings): Promise<void> {
  if (!needsReview(made) && !settings.publishAllowed) return;
  const { tenant, ref, action, lane } = made;
  await topic.publish({ v: 1, verdict: made }, { tenant, kind: ref.kind, action, lane });
}

/** What follows from a recorded verdict, in the order that a repeat can do again: the sealed text, then the event. */
export const verdictDelivery =
  (contents: Pick<Contents, "keep">, topic: Topic): VerdictDelivery =>
  async (made, item, settings, now) => {
    const kept = keepable(item, made, settings);
    const of = { tenant: made.tenant, author: item.author.id, ref: made.ref };
    if (kept) await contents.keep(of, kept, now, settings.contentDays);
    await publishVerdict(topic, made, settings);
  };
