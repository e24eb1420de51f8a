import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Analysis, Likelihoods, Question } from "../../../shared/analyzers/analyzer.ts";
import { combine } from "../../../shared/analyzers/combine.ts";
import type { LabelName, LabelScore } from "../../../shared/domain/label.ts";

const BAND = { low: 0.35, high: 0.65 };
const LABELS: readonly LabelName[] = ["insult", "threat", "hate", "spam"];

const labelOf = (label: LabelName, probability: number, more: Partial<LabelScore> = {}): LabelScore => ({
  label,
  score: probability,
  probability,
  severity: 3,
  spans: [],
  reasons: [],
  source: "first",
  version: "1",
  ...more,
});

const analysis = (
  likelihoods: Likelihoods,
  source: string,
  more: Partial<LabelScore> = {},
  missing: Analysis["missing"] = [],
): Analysis => ({
  score: {
    labels: LABELS.flatMap((label) => {
      const probability = likelihoods[label] ?? 0;
      return probability >= 0.3 ? [labelOf(label, probability, { source, ...more })] : [];
    }),
    features: {
      words: 4,
      ...(source === "first" && likelihoods.toxicity !== undefined ? { toxicity: likelihoods.toxicity } : {}),
    },
    models: [`${source}@1`],
    degraded: false,
  },
  likelihoods: () => likelihoods,
  missing,
});

const combined = (first: Likelihoods, second: Likelihoods) =>
  combine(analysis(first, "first"), analysis(second, "second"), BAND);
const found = (first: number, second: number) =>
  combined({ insult: first }, { insult: second }).labels.map(({ source, probability }) => [source, probability]);

describe("two analyzers' findings", () => {
  it("are the first's where it is sure", () => {
    expect(found(0.65, 0.01)).toEqual([["first", 0.65]]);
    expect(found(0.9, 0.99)).toEqual([["first", 0.9]]);
  });

  it("are the second's where the first is unsure, also that there is nothing", () => {
    expect(found(0.35, 0.9)).toEqual([["second", 0.9]]);
    expect(found(0.64, 0.31)).toEqual([["second", 0.31]]);
    expect(found(0.5, 0.1)).toEqual([]);
  });

  it("are the second's where the first saw nothing and the second is sure", () => {
    expect(found(0.1, 0.65)).toEqual([["second", 0.65]]);
    expect(found(0, 0.64)).toEqual([]);
    expect(found(0.34, 0.5)).toEqual([["first", 0.34]]);
  });

  it("keep what the second cannot judge", () => {
    const { labels } = combined({ spam: 0.5, insult: 0.5 }, { insult: 0.1 });
    expect(labels.map(({ label, source }) => [label, source])).toEqual([["spam", "first"]]);
  });

  it("take over how likely toxicity is, by the same rule", () => {
    expect(combined({ toxicity: 0.5 }, { toxicity: 0.97 }).features).toEqual({ words: 4, toxicity: 0.97 });
    expect(combined({ toxicity: 0.8 }, { toxicity: 0.1 }).features).toEqual({ words: 4, toxicity: 0.8 });
    expect(combined({ toxicity: 0.1 }, { toxicity: 0.3 }).features).toEqual({ words: 4, toxicity: 0.1 });
    expect(combined({}, {}).features).toEqual({ words: 4 });
  });

  it("keep the first's place, gravity and reasons of a label, with the second's certainty and reason", () => {
    const first = analysis({ threat: 0.5 }, "first", {
      severity: 6,
      spans: [[2, 5]],
      reasons: [{ code: "threat.intent" }, { code: "threat.warning" }, { code: "text.insult" }, { code: "text.slur" }],
    });
    const second = analysis({ threat: 0.8 }, "second", {
      severity: 4,
      spans: [[0, 90]],
      reasons: [{ code: "second.toxicity" }],
    });
    expect(combine(first, second, BAND).labels).toMatchObject([
      {
        probability: 0.8,
        severity: 6,
        spans: [[2, 5]],
        source: "second",
        reasons: [
          { code: "second.toxicity" },
          { code: "threat.intent" },
          { code: "threat.warning" },
          { code: "text.insult" },
        ],
      },
    ]);
  });

  it("name both models, and are degraded where a part is missing", () => {
    const whole = combined({ insult: 0.5 }, { insult: 0.5 });
    expect([whole.models, whole.degraded]).toEqual([["first@1", "second@1"], false]);
    const partly = combine(analysis({}, "first"), analysis({}, "second", {}, ["throttled"]), BAND);
    expect(partly.degraded).toBe(true);
  });

  it("hold each label once, strongest first, each from whom the rule says", () => {
    const likelihoods = fc.record(
      Object.fromEntries(LABELS.map((label) => [label, fc.double({ min: 0, max: 1, noNaN: true })])),
      { requiredKeys: [] },
    ) as fc.Arbitrary<Partial<Record<Question, number>>>;
    fc.assert(
      fc.property(likelihoods, likelihoods, (first, second) => {
        const { labels } = combined(first, second);
        expect(new Set(labels.map(({ label }) => label)).size).toBe(labels.length);
        expect(labels.map(({ severity }) => severity)).toEqual(
          labels.map(({ severity }) => severity).sort((a, b) => b - a),
        );
        for (const { label, source, probability } of labels) {
          const [before = 0, after] = [first[label], second[label]];
          const sure = before >= BAND.high || after === undefined || (before < BAND.low && after < BAND.high);
          expect([source, probability]).toEqual(sure ? ["first", before] : ["second", after]);
        }
      }),
    );
  });
});
