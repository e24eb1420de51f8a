import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Analysis, Likelihoods, Question } from "../../../shared/analyzers/analyzer.ts";
import { isAtStake } from "../../../shared/analyzers/at-stake.ts";
import { uncertainOf } from "../../../shared/analyzers/cascade.ts";
import { combine } from "../../../shared/analyzers/combine.ts";
import { comprehendKnows, comprehendSeverity } from "../../../shared/analyzers/comprehend/labels.ts";
import type { LabelName, LabelScore } from "../../../shared/domain/label.ts";
import { builtInPolicies, type PolicySet } from "../../../shared/policy/compiled-policies.ts";
import { factsOfFindings, type PolicyFacts } from "../../../shared/policy/policy-facts.ts";
import type { Score } from "../../../shared/scoring/score.ts";
import { policiesOf, rule } from "../policy/policy-of.ts";

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

type Audience = "general" | "minors";
const factsIn =
  (audience: Audience) =>
  ({ labels, features }: Score): PolicyFacts =>
    factsOfFindings(labels, { features, minors: audience === "minors" });

const atStake = (
  score: Score,
  uncertain: readonly Question[],
  audience: Audience = "general",
  policies = builtInPolicies,
) => isAtStake({ policies, factsWith: factsIn(audience) }, score, uncertain, comprehendSeverity);

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

  it("where a rule asks that something be absent, or allows what it finds", () => {
    const fewer = policiesOf(rule("calm", "label.insult.probability < 0.5", { severity: 3 }));
    expect(atStake(scoreOf([labelOf("insult", 0.5, 3)]), ["insult"], "general", fewer)).toBe(true);
    const trusting = policiesOf(
      rule("trusted", "label.spam.probability >= 0.5", { action: "allow" }),
      rule("hateful", "label.hate.probability >= 0.5"),
    );
    const hateful = scoreOf([labelOf("hate", 0.9, 4)]);
    expect(atStake(hateful, ["spam"], "general", trusting)).toBe(true);
    expect(atStake(scoreOf([]), ["spam"], "general", trusting)).toBe(false);
  });

  it("not where another fact settles it", () => {
    const onlyMinors = policiesOf(rule("among-minors", "channel.minors && label.insult.probability >= 0.5"));
    expect(atStake(scoreOf([]), ["insult"], "general", onlyMinors)).toBe(false);
    expect(atStake(scoreOf([]), ["insult"], "minors", onlyMinors)).toBe(true);
  });

  // Comparisons in both directions, negations, choices, sums, and rules that allow.
  const comparison = fc
    .tuple(
      fc.constantFrom(...KNOWN.filter((question) => question !== "toxicity")),
      fc.constantFrom("probability", "severity"),
      fc.constantFrom("<", "<=", ">", ">=", "==", "!="),
      fc.constantFrom(0.2, 0.4, 0.5, 0.6, 0.8, 1, 3, 5),
    )
    .map(([label, part, by, bound]) => `label.${label}.${part} ${by} ${bound}`);
  const leaf = fc.oneof(
    comparison,
    fc.constantFrom(
      "features.toxicity >= 0.5",
      "features.toxicity < 0.7",
      "channel.minors",
      "label.insult.probability + features.toxicity > 1.2",
      "label.threat.probability >= (channel.minors ? 0.3 : 0.6)",
      "label.hate.probability - 0.2 > label.insult.probability",
      "-label.spam.probability * 2.0 < -0.9",
    ),
  );
  const condition = fc.oneof(
    leaf,
    fc.tuple(leaf, fc.constantFrom("&&", "||"), leaf).map(([a, by, b]) => `(${a}) ${by} (${b})`),
    leaf.map((one) => `!(${one})`),
    fc.tuple(leaf, leaf, leaf).map(([a, b, c]) => `(${a}) ? (${b}) : (${c})`),
  );
  const anyPolicies = fc
    .array(fc.tuple(condition, fc.constantFrom("allow", "flag", "hold"), fc.option(fc.integer({ min: 0, max: 7 }))), {
      minLength: 1,
      maxLength: 4,
    })
    .map((rules) =>
      policiesOf(
        ...rules.map(([when, action, severity], n) =>
          rule(`r${n}`, when, { action, ...(severity === null ? {} : { severity }) }),
        ),
      ),
    );

  it.each([
    ["the built-in policy", fc.constant(builtInPolicies), 100],
    ["any policy", anyPolicies, 100],
  ] as const)("wherever any answer would change the decision of %s", (_, policies: fc.Arbitrary<PolicySet>, least) => {
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
        fc.constantFrom<Audience>("general", "minors"),
        policies,
        (one, two, grave, audience, set) => {
          const first = analysisOf(one, (question) => grave[question], KNOWN);
          const uncertain = uncertainOf(KNOWN, first.likelihoods(), BAND);
          if (atStake(first.score, uncertain, audience, set)) return;
          kept += 1;
          const second = analysisOf(two, comprehendSeverity, uncertain);
          const decided = ({ labels, features }: Score) => {
            const { action, lane } = set.decide(factsOfFindings(labels, { features, minors: audience === "minors" }));
            return [action, lane];
          };
          expect(decided(combine(first, second, BAND))).toEqual(decided(first.score));
        },
      ),
      { numRuns: 2_000 },
    );
    expect(kept).toBeGreaterThan(least);
  });
});
