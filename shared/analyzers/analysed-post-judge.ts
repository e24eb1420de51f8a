import type { TenantSettings } from "../domain/tenant.ts";
import type { Verdict } from "../domain/verdict.ts";
import type { PostToJudge } from "../policy/judge-post.ts";
import type { Policy } from "../policy/policy.ts";
import { verdictOf } from "../policy/verdict-of.ts";
import type { Analyzer, Invocation } from "./analyzer.ts";
import { textItemOf } from "./text-item.ts";

/** A post in, its verdict out, by whatever analyzers are asked; settles within the invocation's time. */
export type AnalysedPostJudge = (
  question: PostToJudge,
  settings: TenantSettings,
  invocation: Invocation,
) => Verdict | Promise<Verdict>;

export const analysedPostJudge =
  (analyzer: Analyzer, policy: Policy): AnalysedPostJudge =>
  async ({ post, ...question }, settings, invocation) => {
    const item = textItemOf(question.tenant, question.ref, post, settings);
    const { score } = await analyzer(item, invocation);
    return verdictOf(policy, question, post, score);
  };
