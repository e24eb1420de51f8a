import { describe, expect, it } from "vitest";
import { LABELS, type LabelName, type LabelScore } from "../../../shared/domain/label.ts";
import { verdict } from "../../../shared/domain/verdict.ts";
import { builtInPolicies } from "../../../shared/policy/compiled-policies.ts";
import { postJudge } from "../../../shared/policy/judge-post.ts";
import { joinScores } from "../../../shared/policy/verdict-of.ts";
import type { Score } from "../../../shared/scoring/score.ts";
import type { PostInput } from "../../../shared/scoring/text/score-post.ts";
import { examplePost, exampleVerdict, NOW } from "../domain/examples.ts";

const label = (name: LabelName, severity: number): LabelScore => ({
  label: name,
  score: 0.9,
  probability: 0.9,
  severity,
  spans: [],
  reasons: [],
  source: "test",
  version: "1",
});
const scoreOf = (...labels: LabelScore[]): Score => ({
  labels,
  features: { words: 3, links: 0 },
  models: ["m@1"],
  degraded: false,
});
const { tenant, ref, digest } = exampleVerdict();
const judged = (score: Score, post = examplePost(), seen: PostInput[] = []) =>
  postJudge((input) => {
    seen.push(input);
    return score;
  })({ tenant, policies: builtInPolicies, ref, digest, post, receivedAt: NOW, now: NOW });

describe("a verdict", () => {
  it("fits its schema, says who and where, and stores no zeros", () => {
    const made = judged(scoreOf(label("insult", 4)), examplePost({ brandIds: ["b1"] }));
    expect(verdict.parse(JSON.parse(JSON.stringify(made)))).toEqual(made);
    expect(made).toMatchObject({
      action: "flag",
      authorId: "author-1",
      channelId: "town-square",
      brandIds: ["b1"],
      features: { words: 3 },
      policy: { id: "touchstone-default", rule: "insult" },
      status: "complete",
    });
  });

  it("holds twelve labels at most, though the policy has heard them all", () => {
    const names = (Object.keys(LABELS) as LabelName[]).filter((name) => name !== "child_safety");
    const made = judged(scoreOf(...names.slice(0, 20).map((name) => label(name, 1)), label("child_safety", 1)));
    expect(made.labels).toHaveLength(12);
    expect(made).toMatchObject({ action: "hold", lane: "severe_safety" });
    expect(verdict.safeParse(made).success).toBe(true);
  });

  it("says when an analyzer could not run", () => {
    expect(judged({ ...scoreOf(), degraded: true })).toMatchObject({ action: "allow", status: "degraded" });
  });

  it("carries the language that the scorer read, and none where it read none", () => {
    const made = judged({ ...scoreOf(), language: "pt-BR" });
    expect(verdict.parse(JSON.parse(JSON.stringify(made))).language).toBe("pt-BR");
    expect(judged(scoreOf(), examplePost({ language: "fr" }))).not.toHaveProperty("language");
  });

  it("is made without a look at the author's reach or name", () => {
    const seen: PostInput[] = [];
    const post = examplePost({
      author: { id: "author-1", followers: 25_000, verified: true, ageBand: "16_17" },
      language: "en",
    });
    const famous = judged(scoreOf(label("insult", 4)), post, seen);
    const { about, ...others } = famous;
    expect(others).toEqual(judged(scoreOf(label("insult", 4))));
    expect(about).toEqual({ author: { verified: true, ageBand: "16_17" } });
    expect(seen).toEqual([
      {
        text: post.text,
        media: 0,
        audience: "general",
        visibility: "public",
        author: { ageBand: "16_17" },
        language: "en",
      },
    ]);
  });
});

describe("scores of several scorers", () => {
  it("have the language of the first that knows it", () => {
    const read = { ...scoreOf(), language: "de" };
    expect(joinScores([scoreOf(), read, { ...read, language: "nl" }]).language).toBe("de");
    expect(joinScores([scoreOf(), scoreOf()])).not.toHaveProperty("language");
  });

  it("become one, with each label once, by its strongest finding", () => {
    const joined = joinScores([
      scoreOf(label("spam", 2), label("insult", 1)),
      { labels: [label("insult", 5)], features: { rating: 4 }, models: ["n@1"], degraded: true },
    ]);
    expect(joined.labels.map(({ label: name, severity }) => [name, severity])).toEqual([
      ["insult", 5],
      ["spam", 2],
    ]);
    expect(joined).toMatchObject({
      features: { words: 3, links: 0, rating: 4 },
      models: ["m@1", "n@1"],
      degraded: true,
    });
  });
});
