import type { LabelScore } from "../domain/label.ts";
import { evaluate } from "../policy/evaluate.ts";
import type { Policy } from "../policy/policy.ts";
import type { Score } from "../scoring/score.ts";
import type { Question } from "./analyzer.ts";

/** What is decided of a score, as far as it moves anybody: what happens to the item, and who sees it how soon. */
function decisionOf(
  policy: Policy,
  labels: readonly LabelScore[],
  features: Score["features"],
  audience: "general" | "minors",
) {
  const { action, lane } = evaluate(policy, labels, audience, features);
  return `${action} ${lane}`;
}

/**
 * Whether an answer to what is uncertain could change the decision. More certainty never makes a policy milder, so it is
 * enough to try the two ends: nothing of it is so, and all of it is.
 * @param severityOf how grave the second analyzer calls a label that the first did not report
 */
export function isAtStake(
  policy: Policy,
  { labels, features }: Score,
  audience: "general" | "minors",
  uncertain: readonly Question[],
  severityOf: (question: Question) => number,
): boolean {
  const open = new Set<Question>(uncertain);
  const settled = labels.filter(({ label }) => !open.has(label));
  const possible = uncertain.flatMap((question): LabelScore[] => {
    if (question === "toxicity") return [];
    const severity = labels.find(({ label }) => label === question)?.severity ?? severityOf(question);
    return [{ label: question, score: 1, probability: 1, severity, spans: [], reasons: [], source: "", version: "" }];
  });
  const toxicity = features.toxicity ?? 0;
  const asToxic = (uncertain: number) => ({ ...features, toxicity: open.has("toxicity") ? uncertain : toxicity });
  const least = decisionOf(policy, settled, asToxic(0), audience);
  const most = decisionOf(policy, [...settled, ...possible], asToxic(1), audience);
  return least !== most;
}
