import * as z from "zod";
import { excerptOf } from "./excerpt.ts";
import { mediaReference, type Post, post, type Review } from "./item.ts";
import type { LabelScore } from "./label.ts";
import type { TenantSettings } from "./tenant.ts";
import type { Action } from "./verdict.ts";

/** A picture, sound or film as the desk shows it: a pointer, never the thing itself. */
export const keptMedia = mediaReference.pick({ id: true, type: true, mimeType: true });
export type KeptMedia = z.infer<typeof keptMedia>;

/** What a moderator may read of an item. `excerpt`: shortened, so that spans of the verdict do not point into it. */
export const content = z.strictObject({
  /** Empty where the item is its media. */
  text: z.string(),
  title: z.string().optional(),
  excerpt: z.boolean(),
  /** Where it stands in its conversation. */
  thread: post.shape.thread,
  media: z.array(keptMedia).max(20).optional(),
});
export type Content = z.infer<typeof content>;

/** Media may be kept without a word beside them; more than ids, types and order nobody needs of them. */
const mediaOf = ({ media }: Pick<Post, "media">): { media?: KeptMedia[] } =>
  media.length === 0
    ? {}
    : { media: media.map(({ id, type, mimeType }) => ({ id, type, ...(mimeType === undefined ? {} : { mimeType }) })) };

/**
 * What of an item may be kept for a moderator, by the tenant's policy. Of a private item at the most an excerpt and where
 * it stands: its media stay with the platform.
 */
export function keepable(
  item: Post | Review,
  { action, labels }: { readonly action: Action; readonly labels: readonly LabelScore[] },
  { keepAllowedContent, keepPrivateExcerpt }: Pick<TenantSettings, "keepAllowedContent" | "keepPrivateExcerpt">,
): Content | undefined {
  if (action === "allow" && !keepAllowedContent) return undefined;
  const title = item.kind === "review" ? item.title : undefined;
  const thread = item.kind === "post" && item.thread ? { thread: item.thread } : {};
  const text = item.text ?? "";
  const isWorded = item.text !== undefined || title !== undefined;
  if (item.channel.visibility === "private")
    return keepPrivateExcerpt && isWorded ? { text: excerptOf(text, labels), excerpt: true, ...thread } : undefined;
  if (!isWorded && item.media.length === 0) return undefined;
  return { text, ...(title === undefined ? {} : { title }), excerpt: false, ...thread, ...mediaOf(item) };
}
