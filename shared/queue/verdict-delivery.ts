import { isWanted } from "../domain/alert-wants.ts";
import { needsReview } from "../domain/case.ts";
import type { Post, Review } from "../domain/item.ts";
import { keepable } from "../domain/kept-content.ts";
import type { TenantSettings } from "../domain/tenant.ts";
import type { Verdict } from "../domain/verdict.ts";
import type { Contents } from "../store/contents.ts";
import type { Topic } from "./topic.ts";

export type VerdictDelivery = (
  made: Verdict,
  item: Post | Review,
  settings: TenantSettings,
  now: Date,
) => Promise<void>;

/** By this attribute the queue of alerts is fed: what nobody subscribed to costs it nothing. */
const WANTED = { alert: "1" };

/** Publishes a verdict where somebody has to see it, or wants to hear of it. */
export async function publishVerdict(topic: Topic, made: Verdict, settings: TenantSettings): Promise<void> {
  const wanted = isWanted(made, settings);
  if (!needsReview(made) && !settings.publishAllowed && !wanted) return;
  const { tenant, ref, action, lane } = made;
  await topic.publish({ v: 1, verdict: made }, { tenant, kind: ref.kind, action, lane, ...(wanted ? WANTED : {}) });
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
