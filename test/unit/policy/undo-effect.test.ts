import { describe, expect, it } from "vitest";
import type { JournalEntry } from "../../../shared/domain/journal-entry.ts";
import type { UndoCause } from "../../../shared/domain/undo.ts";
import { undoCause } from "../../../shared/domain/undo.ts";
import { compilePolicies } from "../../../shared/policy/compiled-policies.ts";
import type { ActivePolicy } from "../../../shared/policy/inherited-rules.ts";
import { policyDocument } from "../../../shared/policy/policy-document.ts";
import { undoEffect } from "../../../shared/policy/undo-effect.ts";

const rule = (name: string, label: string, action: string) => ({
  name,
  when: `label.${label}.probability >= 0.5`,
  action,
  severity: 3,
  reasonCode: name,
});

const policy = (version: number, rules: object[]): ActivePolicy => ({
  version,
  document: policyDocument.parse({ id: "house-rules", title: "House rules", rules }),
});

const strict = policy(1, [rule("rude", "insult", "hold"), rule("rowdy", "profanity", "flag")]);
const mild = policy(2, [rule("rude", "insult", "flag"), rule("rowdy", "profanity", "flag")]);

function entry(labels: readonly ("insult" | "profanity")[], by: ActivePolicy = strict): JournalEntry {
  const at = "2026-11-21T10:00:00.000Z";
  const facts: JournalEntry["facts"] = {
    ...{ kind: "post", surface: "comment", visibility: "public", minors: false, language: "en", country: "" },
    ...{ brands: [], productLine: "", targetId: "", channelId: "c", author: {}, receivedAt: at },
    labels: labels.map((label) => ({ label, probability: 0.9, severity: 3 })),
    features: { toxicity: 0.1 },
  };
  const { action, severity, queue, lane, policy: decided } = compilePolicies([by]).decide(facts);
  const { id, version, rule: name } = decided;
  return {
    ref: { kind: "post", id: "p-1", revision: "r1" },
    ...{ facts, action, severity, queue, lane, scoredAt: at },
    policy: { id, version, rule: name },
    models: ["text-model@7"],
  };
}

const effectOf = (cause: UndoCause, one: JournalEntry, active = [strict], decidedBy?: ActivePolicy) => {
  const effect = undoEffect(cause, active);
  return effect.concerns(one) ? effect.of(one, decidedBy, new Set(["insult"])) : "not concerned";
};

describe("what rests on a cause", () => {
  it("is a verdict that would be milder without the rule", () => {
    expect(effectOf({ rule: "rude" }, entry(["insult"]))).toEqual({ kind: "rests", to: "allow" });
    expect(effectOf({ rule: "rude" }, entry(["insult", "profanity"]))).toEqual({ kind: "rests", to: "flag" });
    expect(effectOf({ rule: "rowdy" }, entry(["insult", "profanity"]))).toBe("not concerned");
    expect(effectOf({ rule: "rude" }, entry([]))).toBe("not concerned");
  });

  it("asks the version that decided, where another is active by now", () => {
    const one = entry(["profanity", "insult"]);
    const effect = undoEffect({ rule: "rude" }, [mild]);
    expect(effect.decidedBy(one)).toEqual({ id: "house-rules", version: 1 });
    expect(effect.of(one, strict)).toEqual({ kind: "rests", to: "flag" });
    expect(undoEffect({ rule: "rude" }, [strict]).decidedBy(one)).toBeUndefined();
  });

  it("is of the named policy and version only", () => {
    const one = entry(["insult"]);
    expect(effectOf({ rule: "rude", policy: { id: "house-rules", version: 2 } }, one)).toBe("not concerned");
    expect(effectOf({ rule: "rude", policy: { id: "other-rules" } }, one)).toBe("not concerned");
    expect(effectOf({ rule: "rude", policy: { id: "house-rules", version: 1 } }, one)).toEqual({
      kind: "rests",
      to: "allow",
    });
  });

  it("holds a policy version as such against what is active instead of it", () => {
    const cause = { policy: { id: "house-rules", version: 1 } };
    expect(effectOf(cause, entry(["insult"]), [mild])).toEqual({ kind: "rests", to: "flag" });
    expect(effectOf(cause, entry(["insult"]), [strict])).toEqual({ kind: "stands" });
    expect(effectOf(cause, entry(["profanity"]), [mild])).toEqual({ kind: "stands" });
  });

  it("is a verdict that would be milder without the label, and stands where another label asks for the same", () => {
    expect(effectOf({ label: "insult" }, entry(["insult"]))).toEqual({ kind: "rests", to: "allow" });
    expect(effectOf({ label: "profanity" }, entry(["insult", "profanity"]))).toEqual({ kind: "stands" });
    expect(effectOf({ label: "spam" }, entry(["insult"]))).toBe("not concerned");
  });

  it("does not take back for a label what is milder only because the policies have changed", () => {
    const lenient = policy(3, [rule("rude", "insult", "allow")]);
    expect(effectOf({ label: "insult" }, entry(["insult"]), [lenient], lenient)).toEqual({ kind: "stands" });
  });

  it("is what the named analyzer found, and the text model's toxicity too", () => {
    expect(effectOf({ model: "text-model@7" }, entry(["insult"]))).toEqual({ kind: "rests", to: "allow" });
    expect(effectOf({ model: "text-model@7", label: "profanity" }, entry(["insult"]))).toBe("not concerned");
    const toxic = policy(1, [{ ...rule("toxic", "insult", "flag"), when: "features.toxicity >= 0.05" }]);
    const one = entry([], toxic);
    expect(effectOf({ model: "text-model@7" }, one, [toxic])).toEqual({ kind: "rests", to: "allow" });
    expect(effectOf({ model: "text-lexicon@7" }, one, [toxic])).toEqual({ kind: "none" });
  });
});

it("a cause is a rule or policy, or a label or model", () => {
  const fits = (cause: object): boolean => undoCause.safeParse(cause).success;
  expect([{ rule: "rude" }, { policy: { id: "a" } }, { label: "spam", model: "text-model@7" }].every(fits)).toBe(true);
  expect([{}, { rule: "rude", label: "spam" }, { model: "text-model" }, { label: "rudeness" }].some(fits)).toBe(false);
});
