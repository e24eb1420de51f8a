import type { ItemRef } from "../domain/id.ts";
import type { Post } from "../domain/item.ts";
import type { TenantSettings } from "../domain/tenant.ts";
import { textInputOf } from "../policy/verdict-of.ts";
import type { TextItem } from "./analyzer.ts";

/**
 * A post as analyzers are asked about it. A post without a thread is a conversation of its own. A private one may leave
 * the system only where its tenant has said so.
 */
export function textItemOf(tenant: string, ref: ItemRef, post: Post, settings: TenantSettings): TextItem {
  const { channel, thread } = post;
  // Ids hold no "#".
  const place = thread ? ["thread", channel.id, thread.id] : ["alone", ref.id, ref.revision];
  return {
    input: textInputOf(post, post.text),
    conversation: [tenant, ...place].join("#"),
    createdAt: post.createdAt,
    mayLeave: channel.visibility === "public" || settings.privateTextToComprehend,
  };
}
