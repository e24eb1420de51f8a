import type { Post } from "../domain/item.ts";
import type { TenantSettings } from "../domain/tenant.ts";
import { factsOf } from "../policy/policy-facts.ts";
import { basisOf, type Question, textInputOf } from "../policy/verdict-of.ts";
import type { JudgedText } from "./analyzer.ts";

/**
 * A post as analyzers are asked about it. A post without a thread is a conversation of its own. A private one may leave
 * the system only where its tenant has said so.
 */
export function textItemOf(question: Question, post: Post, settings: TenantSettings): JudgedText {
  const { tenant, ref, policies } = question;
  const { channel, thread } = post;
  // Ids hold no "#".
  const place = thread ? ["thread", channel.id, thread.id] : ["alone", ref.id, ref.revision];
  return {
    input: textInputOf(post, post.text),
    conversation: [tenant, ...place].join("#"),
    createdAt: post.createdAt,
    mayLeave: channel.visibility === "public" || settings.privateTextToComprehend,
    policies,
    factsWith: (score) => factsOf(basisOf(question, post, score)),
  };
}
