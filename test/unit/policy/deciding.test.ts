import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LABELS, type LabelName } from "../../../shared/domain/label.ts";
import { ACTIONS, type Action, policyReference } from "../../../shared/domain/verdict.ts";
import { builtInPolicies } from "../../../shared/policy/compiled-policies.ts";
import { defaultPolicy } from "../../../shared/policy/default-policy.ts";
import { factsOfFindings } from "../../../shared/policy/policy-facts.ts";
import { label, policiesOf, rule } from "./policy-of.ts";

const found = (name: LabelName): string => `label.${name}.severity >= 3 && label.${name}.probability >= 0.5`;

describe("a policy", () => {
  it("allows what no rule speaks of, and says that none did", () => {
    expect(policiesOf(rule("insults", found("insult"))).decide(factsOfFindings([label("spam", 7)]))).toEqual({
      action: "allow",
      queue: "default",
      lane: "low",
      severity: 0,
      policy: { id: "p", version: 3, rule: "none", reasonCode: "none" },
    });
  });

  it("applies a rule at both of its bounds and under neither", () => {
    const policies = policiesOf(rule("insults", found("insult")));
    const action = (severity: number, probability: number) =>
      policies.decide(factsOfFindings([label("insult", severity, probability)])).action;
    expect([action(3, 0.5), action(2, 1), action(7, 0.49)]).toEqual(["flag", "allow", "allow"]);
  });

  it("lets the strictest action win, wherever its rule stands, and names all that applied", () => {
    const rules = [
      rule("a", found("insult")),
      rule("b", found("threat"), { action: "block" }),
      rule("c", found("insult"), { action: "hold" }),
    ];
    const facts = factsOfFindings([label("insult", 4), label("threat", 4)]);
    for (const order of [rules, rules.toReversed()]) {
      const { action, policy } = policiesOf(...order).decide(facts);
      expect([action, policy.rule, policy.matched?.[0]?.rule]).toEqual(["block", "b", "b"]);
      expect(policy.matched).toHaveLength(3);
    }
  });

  it("lets the first of equals decide", () => {
    const rules = [rule("a", found("insult")), rule("b", found("spam"))];
    const facts = factsOfFindings([label("insult", 4), label("spam", 4)]);
    expect(policiesOf(...rules).decide(facts).policy.rule).toBe("a");
    expect(policiesOf(...rules.toReversed()).decide(facts).policy.rule).toBe("b");
  });

  it("asks no rule below one that allows and applies", () => {
    const facts = factsOfFindings([label("insult", 4)]);
    const [own, trusted] = [rule("insults", found("insult")), rule("trusted", "true", { action: "allow" })];
    expect(policiesOf(trusted, own).decide(facts)).toMatchObject({
      action: "allow",
      severity: 0,
      policy: { rule: "trusted" },
    });
    expect(policiesOf(own, trusted).decide(facts)).toMatchObject({ action: "flag", policy: { rule: "insults" } });
  });

  it("takes severity and lane from what rules found, and from nothing else", () => {
    const policies = policiesOf(rule("insults", found("insult")));
    const facts = factsOfFindings([label("insult", 3), label("child_safety", 7)]);
    expect(policies.decide(facts)).toMatchObject({ severity: 3, lane: "medium" });
  });

  it("does not count a label that a rule asks to be absent", () => {
    const policies = policiesOf(rule("alone", `${found("insult")} && label.self_harm.probability < 0.95`));
    const facts = factsOfFindings([label("insult", 3), label("self_harm", 7)]);
    expect(policies.decide(facts)).toMatchObject({ severity: 3, lane: "medium" });
    const negated = policiesOf(rule("alone", `${found("insult")} && !(label.self_harm.probability >= 0.95)`));
    expect(negated.decide(facts)).toMatchObject({ severity: 3, lane: "medium" });
  });

  it.each([
    ["self_harm", 1, "severe_safety"],
    ["child_safety", 1, "severe_safety"],
    ["threat", 5, "severe_safety"],
    ["threat", 4, "medium"],
    ["insult", 5, "high"],
    ["insult", 3, "medium"],
    ["insult", 2, "low"],
  ] as const)("puts %s of severity %i into the lane %s", (name, severity, lane) => {
    const policies = policiesOf(rule("one", `label.${name}.probability >= 0.5`));
    expect(policies.decide(factsOfFindings([label(name, severity)])).lane).toBe(lane);
  });

  it("gives a case the rule's own severity where it has one", () => {
    const policies = policiesOf(rule("links", "features.links_total > 1", { severity: 2, queue: "links" }));
    expect(policies.decide(factsOfFindings([], { features: { links_total: 2 } }))).toMatchObject({
      severity: 2,
      lane: "low",
      queue: "links",
      policy: { matched: [{ rule: "links", action: "flag", values: { "features.links_total": 2 } }] },
    });
  });

  it("names at most five rules and six values of each, and no word of the item", () => {
    const many = Array.from({ length: 7 }, (_, n) => rule(`r${n}`, `features.words > ${n}`));
    const wide = ["words", "emoji", "media", "mentions", "characters", "exclamations", "emails"];
    const sum = wide.map((name) => `features.${name}`).join(" + ");
    const features = Object.fromEntries(wide.map((name) => [name, 9]));
    const policies = policiesOf(...many, rule("wide", `${sum} > 1`, { action: "hold" }));
    const { policy } = policies.decide(factsOfFindings([], { features }));
    expect(policy.matched).toHaveLength(5);
    expect(Object.keys(policy.matched?.[0]?.values ?? {})).toHaveLength(6);
    expect(policyReference.parse(policy)).toEqual(policy);
  });
});

/** Version 2 of the built-in policy, by hand: label, least severity, action, and whether only among minors. */
interface Before {
  readonly name: string;
  readonly what: LabelName | "toxicity";
  readonly severity: number;
  readonly action: Action;
}
const BEFORE: readonly (readonly [string, Before["what"], number, Action, "minors"?])[] = [
  ["child-safety", "child_safety", 1, "hold"],
  ["self-harm", "self_harm", 1, "flag"],
  ["credible-threat", "threat", 5, "hold"],
  ["threat", "threat", 3, "flag"],
  ["doxxing", "privacy.doxxing", 3, "hold"],
  ["payment-data", "privacy.pii", 4, "hold"],
  ["hate", "hate", 4, "hold"],
  ["extremism", "extremism", 3, "hold"],
  ["scam", "scam", 3, "hold"],
  ["unsafe-link", "unsafe_link", 3, "hold"],
  ["illicit", "illicit", 3, "flag"],
  ["graphic", "graphic", 4, "flag"],
  ["harassment", "harassment", 3, "flag"],
  ["insult", "insult", 3, "flag"],
  ["toxic", "toxicity", 3, "flag"],
  ["sexual-to-minors", "sexual_adult", 1, "hold", "minors"],
  ["insult-among-minors", "insult", 1, "flag", "minors"],
  ["profanity-among-minors", "profanity", 2, "flag", "minors"],
  ["promotion", "spam", 2, "flag"],
  ["conflict-of-interest", "fake_review.insider", 3, "flag"],
  ["co-ordinated-reviews", "fake_review.brigade", 3, "flag"],
  ["fabricated-review", "fake_review.fabricated", 3, "flag"],
  ["paid-review", "fake_review.paid", 3, "flag"],
  ["undisclosed-incentive", "fake_review.undisclosed", 3, "flag"],
  ["rating-storm", "rating_storm", 2, "hold"],
  ["hijacked-listing", "hijacked_listing", 3, "flag"],
  ["extortion", "extortion", 3, "flag"],
  ["bought-followers", "fake_following.bought", 2, "flag"],
  ["automated-followers", "fake_following.bot", 2, "flag"],
];

describe("the built-in policy", () => {
  it("has a rule for each finding that people must see, each with its own name, and blocks nothing by itself", () => {
    expect(defaultPolicy.rules.map(({ name }) => name)).toEqual(BEFORE.map(([name]) => name));
    expect(defaultPolicy.rules.filter(({ action }) => action === "block")).toEqual([]);
  });

  it("decides as version 2 did, whatever was found", () => {
    const findings = fc.uniqueArray(
      fc.record({
        name: fc.constantFrom(...(Object.keys(LABELS) as LabelName[])),
        severity: fc.integer({ min: 0, max: 7 }),
        // Around the bounds, too.
        probability: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0.3, 0.5, 0.299, 0.499)),
      }),
      { maxLength: 6, selector: ({ name }) => name },
    );
    const toxicities = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0.78, 0.581, 0.579, 0.779));
    fc.assert(
      fc.property(findings, toxicities, fc.boolean(), (all, toxicity, minors) => {
        const allowance = minors ? 0.2 : 0;
        const applied = BEFORE.flatMap(([name, what, severity, action, only]): Before[] => {
          if (only && !minors) return [];
          if (what === "toxicity") return toxicity >= 0.78 - allowance ? [{ name, action, severity: 3, what }] : [];
          const one = all.find((finding) => finding.name === what);
          const applies = one && one.severity >= severity && one.probability >= 0.5 - allowance;
          return applies ? [{ name, action, severity: one.severity, what }] : [];
        });
        const strictest = applied.reduce((most, { action }) => Math.max(most, ACTIONS.indexOf(action)), 0);
        const deciding = applied.find(({ action }) => ACTIONS.indexOf(action) === strictest);
        const gravest = applied.reduce((most, { severity }) => Math.max(most, severity), 0);
        const severe = applied.some(
          ({ what, severity }) =>
            what === "child_safety" || what === "self_harm" || (what === "threat" && severity >= 5),
        );
        const lane = severe ? "severe_safety" : gravest >= 5 ? "high" : gravest >= 3 ? "medium" : "low";
        const labels = all.map(({ name, severity, probability }) => label(name, severity, probability));
        const decision = builtInPolicies.decide(factsOfFindings(labels, { minors, features: { toxicity } }));
        expect(decision).toMatchObject({
          action: deciding?.action ?? "allow",
          severity: gravest,
          lane: deciding ? lane : "low",
          policy: { id: "touchstone-default", version: 3, rule: deciding?.name ?? "none" },
        });
        expect(decision.policy.matched?.length ?? 0).toBe(Math.min(5, applied.length));
      }),
      { numRuns: 3_000 },
    );
  });
});
