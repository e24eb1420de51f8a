import { describe, expect, it } from "vitest";
import { DECISION_REASONS } from "../../../shared/domain/case.ts";
import { DECISION_REASON_TEXTS } from "../../../shared/domain/decision-reasons.ts";
import { LABELS, labelName } from "../../../shared/domain/label.ts";
import { defaultGuidanceOf } from "../../../shared/policy/default-guidance.ts";
import { defaultPolicy } from "../../../shared/policy/default-policy.ts";
import { guidanceOf } from "../../../shared/policy/guidance.ts";
import { LABEL_GUIDANCE } from "../../../shared/policy/label-guidance.ts";
import { type PolicyDocument, policyDocument } from "../../../shared/policy/policy-document.ts";
import { exampleVerdict } from "../domain/examples.ts";

const own: PolicyDocument = {
  id: "acme",
  title: "Acme's own",
  inherits: "touchstone-default",
  labelGuidance: { insult: "Here we spare what customers call our kettles." },
  rules: [{ name: "links", when: "true", action: "flag", reasonCode: "links", guidance: "Look at where they lead." }],
};
const matched = (...rules: readonly string[]) =>
  exampleVerdict({
    policy: {
      ...{ id: "acme", version: 4, rule: rules[0] ?? "none", reasonCode: "code" },
      matched: rules.map((rule) => ({ rule, action: "flag" as const, values: {} })),
    },
  });

describe("guidance", () => {
  it("is there for every label, and short enough to be read beside an item", () => {
    for (const label of labelName.options) {
      expect(LABEL_GUIDANCE[label].length, label).toBeGreaterThan(60);
      expect(LABEL_GUIDANCE[label].length, label).toBeLessThan(420);
    }
    expect(Object.keys(LABEL_GUIDANCE).sort()).toEqual(Object.keys(LABELS).sort());
    for (const text of Object.values(LABEL_GUIDANCE)) expect(text).not.toMatch(/\bis fake\b/);
  });

  it("says of every built-in rule what a decision on it does, and of no other", () => {
    for (const { name, action } of defaultPolicy.rules)
      expect(defaultGuidanceOf(name, true), name).toContain(action === "hold" ? "held back" : "stands while you look");
    expect(defaultGuidanceOf("links", true)).toBeUndefined();
    // Of the others that applied only what is special about them.
    expect(defaultGuidanceOf("insult", false)).toBeUndefined();
    expect(defaultGuidanceOf("toxic", false)).not.toContain("stands while you look");
  });

  it("is the tenant's own before ours, for rules and for labels", () => {
    const documents = [policyDocument.parse(own), defaultPolicy];
    expect(guidanceOf(matched("links", "toxic"), documents)).toMatchObject({
      policy: { id: "acme", version: 4, title: "Acme's own" },
      rules: [
        { rule: "links", reasonCode: "code", guidance: "Look at where they lead." },
        { rule: "toxic", guidance: defaultGuidanceOf("toxic", false) },
      ],
      labels: [{ label: "insult", title: "insult", guidance: "Here we spare what customers call our kettles." }],
    });
    const replaced: PolicyDocument = {
      ...own,
      rules: [{ name: "toxic", when: "true", action: "flag", reasonCode: "t" }],
    };
    const { rules } = guidanceOf(matched("toxic"), [replaced, defaultPolicy]);
    expect(rules).toEqual([{ rule: "toxic", action: "flag", reasonCode: "code" }]);
  });

  it("of a verdict without documents, or without a rule, is that of its labels", () => {
    const bare = guidanceOf(
      exampleVerdict({ policy: { id: "gone", version: 1, rule: "none", reasonCode: "none" } }),
      [],
    );
    expect(bare).toMatchObject({ policy: { id: "gone", version: 1 }, rules: [] });
    expect(bare.labels).toEqual([{ label: "insult", title: "insult", guidance: LABEL_GUIDANCE.insult }]);
    expect(guidanceOf(exampleVerdict(), []).rules).toEqual([{ rule: "insult", action: "flag", reasonCode: "insult" }]);
  });

  it("names every reason once, each for some outcome, in the order of the contract", () => {
    expect(DECISION_REASON_TEXTS.map(({ reason }) => reason)).toEqual([...DECISION_REASONS]);
    for (const outcome of ["uphold", "overturn", "correct", "escalate"] as const)
      expect(DECISION_REASON_TEXTS.filter(({ outcomes }) => outcomes.includes(outcome)).length).toBeGreaterThan(1);
  });
});

describe("guidance in a policy's document", () => {
  it.each([
    { labelGuidance: { nonsense: "x" } },
    { labelGuidance: { insult: "" } },
    { rules: [{ ...own.rules[0], guidance: "a\u001bb" }] },
    { rules: [{ ...own.rules[0], guidance: "x".repeat(1_001) }] },
  ])("is refused: %j", (more) => {
    expect(policyDocument.safeParse({ ...own, ...more }).success).toBe(false);
  });
});
