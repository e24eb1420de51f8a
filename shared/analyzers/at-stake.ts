import type { LabelName } from "../domain/label.ts";
import type { Score } from "../scoring/score.ts";
import type { JudgedText, Question } from "./analyzer.ts";

/**
 * Whether an answer to what is uncertain could change the decision: a label may be found or not, as grave as the first
 * analyzer found it or as the second calls it, and toxicity may be anything.
 * @param severityOf how grave the second analyzer calls a label at its gravest
 */
export function isAtStake(
  { policies, factsWith }: Pick<JudgedText, "policies" | "factsWith">,
  score: Score,
  uncertain: readonly Question[],
  severityOf: (question: Question) => number,
): boolean {
  const labels = new Map<LabelName, number>();
  for (const question of uncertain) {
    if (question === "toxicity") continue;
    const found = score.labels.find(({ label }) => label === question)?.severity;
    labels.set(question, found ?? severityOf(question));
  }
  return policies.isOpen(factsWith(score), { labels, toxicity: uncertain.includes("toxicity") });
}
