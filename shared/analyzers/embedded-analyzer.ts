import type { TextEngine } from "../scoring/text/score-post.ts";
import type { Analyzer, Likelihoods, Question } from "./analyzer.ts";

/** The models inside the function, as an analyzer: no network, nothing that can be missing, every label each time. */
export const embeddedAnalyzer =
  (engine: TextEngine): Analyzer =>
  async ({ input }) => {
    const score = engine.score(input);
    const likelihoods = (): Likelihoods => {
      const all: Partial<Record<Question, number>> = { ...engine.likelihoods(input) };
      // What a verdict states by its rules it is sure of, however unsure the model: nobody is asked to talk it out of that.
      for (const { label, probability } of score.labels) all[label] = Math.max(all[label] ?? 0, probability);
      return all;
    };
    return { score, likelihoods, missing: [] };
  };
