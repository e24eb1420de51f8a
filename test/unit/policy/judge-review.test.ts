import { describe, expect, it } from "vitest";
import type { LabelName, LabelScore } from "../../../shared/domain/label.ts";
import { verdict } from "../../../shared/domain/verdict.ts";
import { builtInPolicies } from "../../../shared/policy/compiled-policies.ts";
import { isSuspected, reviewJudge } from "../../../shared/policy/judge-review.ts";
import { emptyAuthor } from "../../../shared/scoring/review/author-state.ts";
import { features, type ReviewFeatures } from "../../../shared/scoring/review/review-features.ts";
import { emptyTarget } from "../../../shared/scoring/review/target-state.ts";
import type { PostInput } from "../../../shared/scoring/text/score-post.ts";
import { exampleReview } from "../domain/example-items.ts";
import { exampleVerdict, NOW } from "../domain/examples.ts";

const found = (label: LabelName, severity: number, probability = 0.9): LabelScore => ({
  label,
  score: probability,
  probability,
  severity,
  spans: [[0, 3]],
  reasons: [],
  source: "text",
  version: "1",
});
const owner = { id: "hotelier", device: "device-of-the-owner" };
const seenBy = (device?: string): ReviewFeatures =>
  features(
    {
      reviewId: "review-1",
      authorId: "author-1",
      targetId: "hotel-1",
      at: 29_000_000,
      rating: 5,
      owner,
      fingerprints: device ? { device } : undefined,
    },
    { target: emptyTarget(), author: emptyAuthor(), similar: [] },
  );

function judged(
  labelsOf: (text: string | undefined) => LabelScore[],
  more: Record<string, unknown> = {},
  seen: ReviewFeatures = seenBy(),
) {
  const inputs: PostInput[] = [];
  const judge = reviewJudge((input) => {
    inputs.push(input);
    return {
      labels: labelsOf(input.text),
      features: { words: input.text?.length ?? 0 },
      models: ["text@1"],
      degraded: false,
    };
  });
  const { tenant, digest } = exampleVerdict();
  const ref = { kind: "review", id: "review-1", revision: "r1" } as const;
  const review = exampleReview(more);
  const question = { tenant, policies: builtInPolicies, ref, digest, receivedAt: NOW, now: NOW };
  return { made: judge({ ...question, review, features: seen }), inputs };
}

describe("the verdict on a review", () => {
  it("joins how it was written with how it came, and fits its schema", () => {
    const { made } = judged(() => [found("insult", 4)], {}, seenBy(owner.device));
    expect(made.labels.map(({ label }) => label)).toEqual(expect.arrayContaining(["insult", "fake_review.insider"]));
    expect(made.features).toMatchObject({ rating: 5, owner_fingerprints: 1, author_first: 1 });
    expect(made.features.words).toBeGreaterThan(0);
    expect(made.models).toEqual(["text@1", "review-scorecard@2"]);
    expect(made).toMatchObject({ action: "flag", targetId: "hotel-1", authorId: "author-1", surface: "review" });
    expect(verdict.parse(JSON.parse(JSON.stringify(made)))).toEqual(made);
  });

  it("reads the title apart: its findings count, but point nowhere and count no words", () => {
    const text = exampleReview().text ?? "";
    const { made, inputs } = judged((read) => (read === "You fools" ? [found("insult", 4)] : [found("spam", 1)]), {
      title: "You fools",
    });
    expect(inputs.map((input) => input.text)).toEqual([text, "You fools"]);
    expect(made.labels.find(({ label }) => label === "insult")?.spans).toEqual([]);
    expect(made.labels.find(({ label }) => label === "spam")?.spans).toEqual([[0, 3]]);
    expect(made.features.words).toBe(text.length);
    expect(made.models.filter((name) => name === "text@1")).toHaveLength(1);
    expect(made.policy.rule).toBe("insult");
  });

  it("names a label of title and text once, by the stronger finding", () => {
    const { made } = judged((read) => [found("insult", read === "You fools" ? 5 : 4)], { title: "You fools" });
    expect(made.labels.filter(({ label }) => label === "insult")).toMatchObject([{ severity: 5, spans: [] }]);
  });

  it("is made of a review without words, too", () => {
    const { made, inputs } = judged(() => [], { text: undefined });
    expect(inputs).toHaveLength(1);
    expect(made).toMatchObject({ action: "allow", labels: [] });
  });
});

describe("a suspected review", () => {
  it("is one that the policy acted on and that is consistent with fakery", () => {
    expect(isSuspected(judged(() => [], {}, seenBy(owner.device)).made)).toBe(true);
    expect(isSuspected(judged(() => [found("insult", 4)]).made)).toBe(false);
    expect(isSuspected(judged(() => []).made)).toBe(false);
  });

  it("is not one that the policy let pass, whatever was found", () => {
    const labels = [found("fake_review.brigade", 3)];
    expect(isSuspected({ action: "allow", labels })).toBe(false);
    expect(isSuspected({ action: "block", labels })).toBe(true);
    expect(isSuspected({ action: "flag", labels: [found("fake_following.bot", 3)] })).toBe(false);
  });
});
