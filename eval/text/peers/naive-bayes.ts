import type { Head, LabelledText } from "../../../models/text/data/labelled-text.ts";
import { hash32 } from "../../../shared/scoring/hash.ts";

const BUCKETS = 2 ** 18;

const wordsOf = (text: string): Set<number> =>
  new Set((text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => hash32(word) % BUCKETS));

/**
 * The floor of trained models: naive Bayes on which words occur (a text's score is the sum of log odds of its words, one
 * smoothing count each), one for each head, fitted to the rows that the shipped weights were fitted to. Its scores
 * rank; they are no probabilities.
 */
export function trainNaiveBayes(
  rows: readonly LabelledText[],
  heads: readonly Head[],
): ReadonlyMap<Head, (text: string) => number> {
  const counts = new Map(
    heads.map((head) => [head, { with: [0, 0], word: [new Float32Array(BUCKETS), new Float32Array(BUCKETS)] }]),
  );
  for (const { text, truth } of rows) {
    const words = wordsOf(text);
    for (const [head, value] of Object.entries(truth) as [Head, 0 | 1][]) {
      const count = counts.get(head);
      const occurs = count?.word[value];
      if (count === undefined || occurs === undefined) continue;
      count.with[value] = (count.with[value] ?? 0) + 1;
      for (const word of words) occurs[word] = (occurs[word] ?? 0) + 1;
    }
  }
  return new Map(
    [...counts].flatMap(([head, { with: texts, word }]) => {
      const [without = 0, withIt = 0] = texts;
      const [out, within] = word;
      if (withIt === 0 || without === 0 || out === undefined || within === undefined) return [];
      const odds = Float32Array.from(out, (count, bucket) =>
        Math.log((((within[bucket] ?? 0) + 1) / (withIt + 2)) * ((without + 2) / (count + 1))),
      );
      const score = (text: string): number => {
        let sum = 0;
        for (const bucket of wordsOf(text)) sum += odds[bucket] ?? 0;
        return sum;
      };
      return [[head, score] as const];
    }),
  );
}
