import type { TenantSettings } from "../domain/tenant.ts";
import type { Verdict } from "../domain/verdict.ts";
import type { PostToJudge } from "../policy/judge-post.ts";
import { verdictOf } from "../policy/verdict-of.ts";
import type { Invocation } from "./analyzer.ts";
import type { CascadeAnalyzer } from "./cascade.ts";
import { textItemOf } from "./text-item.ts";

/** A post in, its verdict out, by whatever analyzers are asked; settles within the invocation's time. */
export type AnalysedPostJudge = (
  question: PostToJudge,
  settings: TenantSettings,
  invocation: Invocation,
) => Verdict | Promise<Verdict>;

export const analysedPostJudge =
  (analyzer: CascadeAnalyzer): AnalysedPostJudge =>
  async ({ post, ...question }, settings, invocation) => {
    const item = textItemOf(question, post, settings);
    const { score } = await analyzer(item, invocation);
    return verdictOf(question, post, score);
  };
