import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import { LABELS, type LabelName, type LabelScore } from "../../../shared/domain/label.ts";
import { ACTIONS, policyReference } from "../../../shared/domain/verdict.ts";
import { defaultPolicy } from "../../../shared/policy/default-policy.ts";
import { evaluate } from "../../../shared/policy/evaluate.ts";
import type { Policy, Rule, RuleCondition } from "../../../shared/policy/policy.ts";

const label = (name: LabelName, severity: number, probability = 0.9): LabelScore => ({
  label: name,
  score: probability,
  probability,
  severity,
  spans: [],
  reasons: [],
  source: "test",
  version: "1",
});
const rule = (
  name: string,
  action: Rule["action"],
  when: Partial<RuleCondition> & Pick<RuleCondition, "label">,
): Rule => ({
  name,
  action,
  when: { severity: 3, probability: 0.5, ...when },
  queue: "default",
  reasonCode: name,
});
const policyOf = (...rules: Rule[]): Policy => ({ id: "p", version: 3, rules });

describe("a policy", () => {
  it("allows what no rule speaks of, and says that none did", () => {
    expect(evaluate(policyOf(rule("insults", "flag", { label: "insult" })), [label("spam", 7)], "general")).toEqual({
      action: "allow",
      queue: "default",
      lane: "low",
      severity: 0,
      policy: { id: "p", version: 3, rule: "none", reasonCode: "none" },
    });
  });

  it("applies a rule at both of its bounds and under neither", () => {
    const { rules } = policyOf(rule("insults", "flag", { label: "insult", severity: 3, probability: 0.5 }));
    const action = (severity: number, probability: number) =>
      evaluate(policyOf(...rules), [label("insult", severity, probability)], "general").action;
    expect([action(3, 0.5), action(2, 1), action(7, 0.49)]).toEqual(["flag", "allow", "allow"]);
  });

  it("lets the strictest action win, wherever its rule stands", () => {
    const rules = [
      rule("a", "flag", { label: "insult" }),
      rule("b", "block", { label: "threat" }),
      rule("c", "hold", { label: "insult" }),
    ];
    const labels = [label("insult", 4), label("threat", 4)];
    for (const order of [rules, rules.toReversed()])
      expect(evaluate(policyOf(...order), labels, "general")).toMatchObject({ action: "block", policy: { rule: "b" } });
  });

  it("lets the first of equals win", () => {
    const rules = [rule("a", "hold", { label: "threat" }), rule("b", "hold", { label: "insult" })];
    const labels = [label("insult", 7), label("threat", 3)];
    expect(evaluate(policyOf(...rules), labels, "general").policy.rule).toBe("a");
    expect(evaluate(policyOf(...rules.toReversed()), labels, "general").policy.rule).toBe("b");
  });

  it("asks for less certainty, and applies the rules for minors, only in a channel for minors", () => {
    const policy = policyOf(
      rule("a", "flag", { label: "insult" }),
      rule("b", "hold", { label: "insult", severity: 1, audience: "minors" }),
    );
    expect(evaluate(policy, [label("insult", 4, 0.31)], "general").action).toBe("allow");
    expect(evaluate(policy, [label("insult", 4, 0.31)], "minors").policy.rule).toBe("b");
    expect(evaluate(policy, [label("insult", 4, 0.29)], "minors").action).toBe("allow");
    expect(evaluate(policy, [label("insult", 1, 0.9)], "general").action).toBe("allow");
  });

  it("takes severity and lane only from labels that a rule spoke of", () => {
    const policy = policyOf(rule("a", "flag", { label: "insult" }));
    const labels = [label("insult", 3), label("graphic", 7), label("child_safety", 7)];
    expect(evaluate(policy, labels, "general")).toMatchObject({ severity: 3, lane: "medium" });
  });

  it.each([
    ["child_safety", 1, "severe_safety"],
    ["self_harm", 1, "severe_safety"],
    ["threat", 5, "severe_safety"],
    ["threat", 4, "medium"],
    ["insult", 7, "high"],
    ["insult", 5, "high"],
    ["insult", 3, "medium"],
    ["insult", 2, "low"],
  ] as const)("puts %s of severity %i into the lane %s", (name, severity, lane) => {
    const policy = policyOf(rule("a", "flag", { label: name, severity: 1 }));
    expect(evaluate(policy, [label(name, severity)], "general").lane).toBe(lane);
  });

  it("takes a text that is toxic as a whole by its probability, with the severity that the rule gives", () => {
    const policy: Policy = {
      ...policyOf(),
      rules: [
        { name: "t", when: { toxicity: 0.7, severity: 3 }, action: "flag", queue: "default", reasonCode: "toxicity" },
      ],
    };
    expect(evaluate(policy, [], "general", { toxicity: 0.7 })).toMatchObject({
      action: "flag",
      severity: 3,
      lane: "medium",
    });
    expect(evaluate(policy, [label("insult", 7)], "general", { toxicity: 0.69 })).toMatchObject({
      action: "allow",
      severity: 0,
    });
    expect(evaluate(policy, [], "minors", { toxicity: 0.51 }).action).toBe("flag");
    expect(evaluate(policy, [], "general").action).toBe("allow");
  });

  it("cannot see reach: a condition has these four fields", () => {
    expectTypeOf<keyof RuleCondition>().toEqualTypeOf<"label" | "probability" | "severity" | "audience">();
    // @ts-expect-error no rule may ask for followers
    const reach: RuleCondition = { label: "insult", probability: 0.5, severity: 1, followers: 10_000 };
    expect(evaluate.length, "a policy, labels and an audience are all that there is to go by").toBe(3);
    expect(reach.label).toBe("insult");
  });
});

describe("the policy that every tenant starts with", () => {
  it("has rules that are told apart and that a verdict can name", () => {
    expect(new Set(defaultPolicy.rules.map(({ name }) => name)).size).toBe(defaultPolicy.rules.length);
    for (const { name, reasonCode, when, queue } of defaultPolicy.rules) {
      expect(
        policyReference.safeParse({ id: defaultPolicy.id, version: defaultPolicy.version, rule: name, reasonCode })
          .success,
      ).toBe(true);
      if ("label" in when) expect(Object.keys(LABELS)).toContain(when.label);
      if ("toxicity" in when) expect(when.toxicity).toBeGreaterThan(0.5);
      expect(when.severity).toBeGreaterThanOrEqual(1);
      expect(queue).toMatch(/^[a-z0-9-]{1,40}$/);
    }
  });

  it("lets the machine alone block nothing", () => {
    expect(defaultPolicy.rules.filter(({ action }) => action === "block")).toEqual([]);
  });

  it("has no rule that another always hides", () => {
    for (const { name, when, action } of defaultPolicy.rules) {
      const audience = when.audience ?? "general";
      const found =
        "label" in when
          ? evaluate(defaultPolicy, [label(when.label, when.severity, when.probability)], audience)
          : evaluate(
              defaultPolicy,
              [],
              audience,
              "toxicity" in when ? { toxicity: when.toxicity } : { [when.feature]: when.atLeast },
            );
      expect(found, name).toMatchObject({ action, policy: { rule: name } });
    }
  });

  it("leaves an angry customer's swearing alone, and not a child's safety", () => {
    expect(evaluate(defaultPolicy, [label("profanity", 4), label("insult", 1)], "general").action).toBe("allow");
    expect(evaluate(defaultPolicy, [label("low_substance", 0), label("unsupported_media", 0)], "minors").action).toBe(
      "allow",
    );
    expect(evaluate(defaultPolicy, [label("child_safety", 4)], "general")).toMatchObject({
      action: "hold",
      lane: "severe_safety",
    });
    expect(evaluate(defaultPolicy, [label("threat", 6)], "general")).toMatchObject({
      action: "hold",
      lane: "severe_safety",
    });
  });

  it("never becomes milder when something worse is found as well", () => {
    const labels = fc.uniqueArray(
      fc.record({
        name: fc.constantFrom(...(Object.keys(LABELS) as LabelName[])),
        severity: fc.integer({ min: 0, max: 7 }),
        probability: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { selector: ({ name }) => name, maxLength: 8 },
    );
    fc.assert(
      fc.property(labels, fc.constantFrom("general" as const, "minors" as const), (found, audience) => {
        const all = found.map(({ name, severity, probability }) => label(name, severity, probability));
        const whole = evaluate(defaultPolicy, all, audience);
        const less = evaluate(defaultPolicy, all.slice(1), audience);
        expect(ACTIONS.indexOf(whole.action)).toBeGreaterThanOrEqual(ACTIONS.indexOf(less.action));
        expect(whole.severity).toBeGreaterThanOrEqual(less.severity);
        const general = evaluate(defaultPolicy, all, "general");
        expect(ACTIONS.indexOf(whole.action)).toBeGreaterThanOrEqual(ACTIONS.indexOf(general.action));
      }),
    );
  });
});
