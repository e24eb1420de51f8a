import { describe, expect, it } from "vitest";
import { combine } from "../../../shared/analyzers/combine.ts";
import { embeddedAnalyzer } from "../../../shared/analyzers/embedded-analyzer.ts";
import type { LabelScore } from "../../../shared/domain/label.ts";
import type { PostInput, TextEngine } from "../../../shared/scoring/text/score-post.ts";

const threat: LabelScore = {
  label: "threat",
  score: 1,
  probability: 0.9,
  severity: 7,
  spans: [],
  reasons: [],
  source: "made",
  version: "1",
};
/** An engine whose model is unsure of a threat that its rules state. */
const engine: TextEngine = {
  score: () => ({ labels: [threat], features: {}, models: ["made@1"], degraded: false }),
  likelihoods: () => ({ threat: 0.6, insult: 0.5 }) as ReturnType<TextEngine["likelihoods"]>,
};
const input: PostInput = { text: "made up", media: 0, audience: "general", visibility: "public" };
const item = { input, conversation: "made", createdAt: "2026-01-01T00:00:00Z", mayLeave: true };
const run = { remainingMs: () => 1000 };

describe("the embedded models as an analyzer", () => {
  it("are as sure of a label as the verdict says, and else as the model is", async () => {
    const { likelihoods } = await embeddedAnalyzer(engine)(item, run);
    expect(likelihoods()).toEqual({ threat: 0.9, insult: 0.5 });
  });

  it("are not talked out of what their rules state", async () => {
    const first = await embeddedAnalyzer(engine)(item, run);
    const none = { labels: [], features: {}, models: ["other@1"], degraded: false };
    const second = { score: none, likelihoods: () => ({ threat: 0.01, insult: 0.01 }), missing: [] };
    expect(combine(first, second, { low: 0.4, high: 0.75 }).labels).toEqual([threat]);
  });
});
