import type { TextEngine } from "../scoring/text/score-post.ts";
import type { Analyzer } from "./analyzer.ts";

/** The models inside the function, as an analyzer: no network, nothing that can be missing, every label each time. */
export const embeddedAnalyzer =
  ({ score, likelihoods }: TextEngine): Analyzer =>
  async ({ input }) => ({ score: score(input), likelihoods: () => likelihoods(input), missing: [] });
