import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Analysis, Likelihoods, Question } from "../../../shared/analyzers/analyzer.ts";
import { isAtStake } from "../../../shared/analyzers/at-stake.ts";
import { uncertainOf } from "../../../shared/analyzers/cascade.ts";
import { combine } from "../../../shared/analyzers/combine.ts";
import { comprehendKnows, comprehendSeverity } from "../../../shared/analyzers/comprehend/labels.ts";
import type { LabelName, LabelScore } from "../../../shared/domain/label.ts";
import { defaultPolicy } from "../../../shared/policy/default-policy.ts";
import { evaluate } from "../../../shared/policy/evaluate.ts";
import type { Score } from "../../../shared/scoring/score.ts";

const BAND = { low: 0.4, high: 0.75 };
const KNOWN = comprehendKnows("en");

const labelOf = (label: LabelName, probability: number, severity: number): LabelScore => ({
  label,
  score: probability,
  probability,
  severity,
  spans: [],
  reasons: [],
  source: "test",
  version: "1",
});

const scoreOf = (labels: readonly LabelScore[], toxicity = 0): Score => ({
  labels,
  features: { toxicity },
  models: [],
  degraded: false,
});

const atStake = (score: Score, uncertain: readonly Question[], audience: "general" | "minors" = "general") =>
  isAtStake(defaultPolicy, score, audience, uncertain, comprehendSeverity);

describe("an answer is worth its price", () => {
  it("where it decides between allowing and flagging", () => {
    expect(atStake(scoreOf([], 0.6), ["toxicity"])).toBe(true);
    expect(atStake(scoreOf([labelOf("insult", 0.5, 3)]), ["insult"])).toBe(true);
  });

  it("not where the post is flagged whatever it says", () => {
    expect(atStake(scoreOf([labelOf("insult", 0.5, 3)], 0.95), ["insult"])).toBe(false);
  });

  it("where the post is flagged and might have to be held", () => {
    expect(atStake(scoreOf([labelOf("threat", 0.5, 6)], 0.95), ["threat"])).toBe(true);
    expect(atStake(scoreOf([], 0.95), ["hate"])).toBe(true);
  });

  it("not where the policy does not care, which depends on the audience", () => {
    const swearing = scoreOf([labelOf("profanity", 0.5, 3)]);
    expect([atStake(swearing, ["profanity"]), atStake(swearing, ["profanity"], "minors")]).toEqual([false, true]);
  });

  it("wherever any answer would change the decision", () => {
    const probability = fc.double({ min: 0, max: 1, noNaN: true });
    const likelihoods = fc.record(Object.fromEntries(KNOWN.map((question) => [question, probability]))) as fc.Arbitrary<
      Record<Question, number>
    >;
    const severities = fc.record(
      Object.fromEntries(KNOWN.map((question) => [question, fc.integer({ min: 1, max: 7 })])),
    ) as fc.Arbitrary<Record<Question, number>>;
    const analysisOf = (
      of: Likelihoods,
      severityOf: (question: Question) => number,
      about: readonly Question[],
    ): Analysis => ({
      score: scoreOf(
        about.flatMap((question) => {
          const likelihood = of[question] ?? 0;
          if (question === "toxicity" || likelihood < 0.3) return [];
          return [labelOf(question, likelihood, severityOf(question))];
        }),
        of.toxicity,
      ),
      likelihoods: () => Object.fromEntries(about.map((question) => [question, of[question] ?? 0])),
      missing: [],
    });
    let kept = 0;
    fc.assert(
      fc.property(
        likelihoods,
        likelihoods,
        severities,
        fc.constantFrom("general", "minors"),
        (one, two, grave, audience) => {
          const first = analysisOf(one, (question) => grave[question], KNOWN);
          const uncertain = uncertainOf(KNOWN, first.likelihoods(), BAND);
          if (isAtStake(defaultPolicy, first.score, audience, uncertain, comprehendSeverity)) return;
          kept += 1;
          const second = analysisOf(two, comprehendSeverity, uncertain);
          const decided = ({ labels, features }: Score) => {
            const { action, lane } = evaluate(defaultPolicy, labels, audience, features);
            return [action, lane];
          };
          expect(decided(combine(first, second, BAND))).toEqual(decided(first.score));
        },
      ),
      { numRuns: 2_000 },
    );
    expect(kept).toBeGreaterThan(100);
  });
});
