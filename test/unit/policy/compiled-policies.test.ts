import { describe, expect, it } from "vitest";
import { policyReference, verdict } from "../../../shared/domain/verdict.ts";
import { builtInPolicies, compilePolicies } from "../../../shared/policy/compiled-policies.ts";
import { explainDecision } from "../../../shared/policy/explain-decision.ts";
import { DEEPEST, type PolicyDocument, type PolicyRule } from "../../../shared/policy/policy-document.ts";
import { factsOfFindings, type PolicyFacts } from "../../../shared/policy/policy-facts.ts";
import { shadowDifferences } from "../../../shared/policy/shadow-differences.ts";
import { exampleVerdict } from "../domain/examples.ts";
import { documentOf, label, rule } from "./policy-of.ts";

const always = (name: string, more: Partial<PolicyRule> = {}) => rule(name, "true", more);
const policy = (id: string, version: number, more: Partial<PolicyDocument>, ...rules: PolicyRule[]) => ({
  document: documentOf(rules, { id, ...more }),
  version,
});
const facts = (more: Partial<PolicyFacts> = {}): PolicyFacts => ({ ...factsOfFindings([label("insult", 4)]), ...more });
const ROOT = "touchstone-default";

describe("which policy decides", () => {
  const global = policy("global", 2, { inherits: ROOT }, always("global"));
  const german = policy("german", 4, { inherits: "global", appliesTo: { languages: ["de"] } }, always("german"));
  const comments = policy(
    "comments",
    1,
    { inherits: "global", appliesTo: { languages: ["de"], surfaces: ["comment", "forum"] } },
    always("comments"),
  );
  const shoes = policy("shoes", 9, { inherits: "german", appliesTo: { brands: ["shoes"] } }, always("shoes"));
  const set = compilePolicies([global, comments, german, shoes], { epoch: 5 });
  const by = (more: Partial<PolicyFacts>) => set.decide(facts(more)).policy.id;

  it("is the deepest whose scope and whose parents' scopes fit, then the one that names more", () => {
    expect(set.epoch).toBe(5);
    expect(by({ language: "en" })).toBe("global");
    expect(by({ language: "de-AT" })).toBe("german");
    expect(by({ language: "de", surface: "forum" })).toBe("comments");
    expect(by({ language: "de", brands: ["hats", "shoes"] })).toBe("shoes");
    expect(by({ language: "en", brands: ["shoes"] })).toBe("global");
    expect(by({ language: "den" })).toBe("global");
  });

  it.each([
    [{ kinds: ["audience"] }, { kind: "follow" }, { kind: "post" }],
    [{ surfaces: ["live_chat"] }, { surface: "live_chat" }, { surface: "post" }],
    [{ languages: ["pt-BR"] }, { language: "pt-br" }, { language: "pt" }],
    [{ countries: ["GB"] }, { country: "GB" }, { country: "" }],
    [{ productLines: ["boots"] }, { productLine: "boots" }, { productLine: "" }],
    [{ audience: "minors" }, { minors: true }, { minors: false }],
    [{ audience: "general" }, { minors: false }, { minors: true }],
    [{ visibility: "private" }, { visibility: "private" }, { visibility: "public" }],
  ] as const)("goes by %j", (appliesTo, inside, outside) => {
    const scope = appliesTo as unknown as PolicyDocument["appliesTo"] & object;
    const one = compilePolicies([policy("one", 1, { inherits: ROOT, appliesTo: scope }, always("own"))]);
    expect(one.decide(facts(inside)).policy.id).toBe("one");
    expect(one.decide(facts(outside)).policy.id).toBe(ROOT);
  });

  it("names what it inherits from, nearest first, and keeps the root's rules", () => {
    const { policy: made } = set.decide(facts({ language: "de", brands: ["shoes"] }));
    expect(made).toMatchObject({
      id: "shoes",
      version: 9,
      lineage: [
        { id: "german", version: 4 },
        { id: "global", version: 2 },
        { id: ROOT, version: 3 },
      ],
    });
    const danger = set.decide(facts({ labels: [label("child_safety", 2)] }));
    expect(danger).toMatchObject({ action: "hold", policy: { id: "global", rule: "child-safety" } });
  });

  it("takes a root of its own for the built-in one, where its scope fits", () => {
    const root = policy("house", 1, { appliesTo: { kinds: ["post"] } }, rule("praise", "has(label.spam)"));
    const own = compilePolicies([root]);
    expect(own.decide(facts())).toMatchObject({ action: "allow", policy: { id: "house", rule: "none" } });
    expect(own.decide(facts({ kind: "review" }))).toMatchObject({ action: "flag", policy: { id: ROOT } });
  });

  it("keeps a root of its own at the end of the longest chain that there may be", () => {
    const ids = ["house", "country", "language", "brand", "line"];
    const chain = ids.map((id, depth) =>
      depth === 0
        ? policy(id, 1, {}, always("never-lost", { locked: true, action: "hold" }))
        : policy(id, 1, { inherits: ids[depth - 1] as string }),
    );
    expect(chain).toHaveLength(DEEPEST);
    const { action, policy: made } = compilePolicies(chain).decide(facts());
    expect(action).toBe("hold");
    expect(made.lineage?.map(({ id }) => id)).toEqual(["brand", "language", "country", "house"]);
    // One more is refused at save; should it be there all the same, what protects people still is.
    const longer = compilePolicies([...chain, policy("again", 1, { inherits: "line" })]).decide(facts()).policy;
    expect(longer.id).toBe("again");
    expect(longer.lineage?.map(({ id }) => id)).toEqual(["line", "brand", "language", ROOT]);
  });

  it("asks locked rules before an allowing one of its own", () => {
    const trusting = policy("trusting", 1, { inherits: ROOT }, always("trust-everybody", { action: "allow" }));
    const own = compilePolicies([trusting]);
    expect(own.decide(facts())).toMatchObject({ action: "allow", policy: { rule: "trust-everybody" } });
    expect(own.decide(facts({ labels: [label("child_safety", 2)] })).action).toBe("hold");
  });

  it("falls back to the built-in rules where a parent is missing, or policies inherit in a circle", () => {
    const orphan = policy("orphan", 1, { inherits: "gone" }, rule("own", "has(label.spam)"));
    expect(compilePolicies([orphan]).decide(facts())).toMatchObject({ action: "flag", policy: { rule: "insult" } });
    const a = policy("a", 1, { inherits: "b" }, rule("own-a", "has(label.spam)"));
    const b = policy("b", 1, { inherits: "a" }, rule("own-b", "has(label.scam)"));
    expect(compilePolicies([a, b]).decide(facts())).toMatchObject({ action: "flag", policy: { rule: "insult" } });
  });

  it("says which rules it cannot read, and goes on without them", () => {
    const odd = compilePolicies([policy("odd", 1, {}, rule("broken", "nothing > 1"), always("rest"))]);
    expect(odd.unreadable).toEqual(["odd/broken"]);
    expect(odd.decide(facts()).policy.rule).toBe("rest");
  });
});

describe("what the flood breaker holds", () => {
  const rules = [
    rule("insults", "label.insult.probability >= 0.5", { action: "block" }),
    rule("quiet", "label.insult.probability < 0.2 && features.words > 1", { action: "hold" }),
    rule("spam", "label.spam.probability >= 0.5", { action: "hold" }),
  ];
  const house = policy("house", 1, {}, ...rules);
  const decide = (quarantined: Parameters<typeof compilePolicies>[1] & object, labels = [label("insult", 4)]) =>
    compilePolicies([house], quarantined).decide(facts({ labels, features: { words: 3 } }));

  it("does no more than flag: a rule by its name, rules by a label that they ask for, in one policy or all", () => {
    const flagged = { action: "flag", policy: { rule: "insults", quarantined: true } };
    expect(decide({ quarantined: [{ subject: "rule", name: "insults" }] })).toMatchObject(flagged);
    expect(decide({ quarantined: [{ subject: "label", name: "insult" }] })).toMatchObject(flagged);
    expect(decide({ quarantined: [{ subject: "rule", name: "insults", policyId: "house" }] })).toMatchObject(flagged);
    expect(decide({ quarantined: [{ subject: "rule", name: "insults", policyId: "other" }] }).action).toBe("block");
    expect(decide({ quarantined: [{ subject: "rule", name: "spam" }] }).policy).not.toHaveProperty("quarantined");
  });

  it("leaves alone a rule that asks for the label's absence", () => {
    expect(decide({ quarantined: [{ subject: "label", name: "insult" }] }, []).action).toBe("hold");
  });

  it("leaves alone a rule that can rest on harm to life: a flood of something else must not switch it off", () => {
    const mixed = rule("mixed", "label.insult.probability >= 0.5 || label.child_safety.probability >= 0.5", {
      action: "hold",
    });
    for (const quarantine of [
      { subject: "label", name: "insult" },
      { subject: "rule", name: "mixed" },
    ] as const) {
      const set = compilePolicies([policy("house", 1, {}, mixed)], { quarantined: [quarantine] });
      const decided = set.decide(facts({ labels: [label("child_safety", 4)], features: {} }));
      expect(decided.action).toBe("hold");
      expect(decided.policy).not.toHaveProperty("quarantined");
    }
  });
});

describe("a candidate in shadow", () => {
  const active = policy("house", 1, { inherits: ROOT }, rule("links", "features.links_total > 1"));
  const candidate = policy(
    "house",
    2,
    { inherits: ROOT },
    rule("links", "features.links_total > 3", { action: "hold" }),
  );
  const set = compilePolicies([active], { shadows: [candidate] });
  const made = (links_total: number) => {
    const features = { links_total };
    const before = exampleVerdict({ labels: [], features });
    return { ...before, ...set.decide(factsOfFindings([], { features })) };
  };

  it("differs where it would have done something else", () => {
    expect(shadowDifferences(set, made(1))).toEqual([]);
    expect(shadowDifferences(set, made(2))).toMatchObject([{ id: "house", version: 2, decision: { action: "allow" } }]);
    expect(shadowDifferences(set, made(4))).toMatchObject([{ decision: { action: "hold", policy: { version: 2 } } }]);
    expect(shadowDifferences(builtInPolicies, made(4))).toEqual([]);
  });

  it("decides nothing", () => expect(made(4).action).toBe("flag"));
});

describe("a decision in words", () => {
  const house = policy(
    "house",
    3,
    { inherits: ROOT },
    rule("rude", "label.insult.probability >= 0.5 && label.insult.severity > 2 && author.age_days < 3", {
      action: "hold",
      userText: { en: "Say it kindly.", de: "Sag es freundlich." },
    }),
  );
  const set = compilePolicies([house]);
  const { policy: made } = set.decide(facts({ author: { ageDays: 1 } }));

  it("says what each rule does, by which values, and what the author is told", () => {
    const { decided = [] } = explainDecision(made, set.documentOf);
    expect(decided.map(({ rule: name }) => name)).toEqual(["rude", "insult"]);
    expect(decided[0]).toMatchObject({
      action: "hold",
      why:
        "Rule rude holds it back until a person has looked: insult 90% likely; insult of severity 4; " +
        "whole days from the account's creation to the item's receipt: 1.",
      userText: { en: "Say it kindly." },
    });
    expect(decided[1]).not.toHaveProperty("userText");
    expect(policyReference.parse(made)).toEqual(made);
  });

  it("says nothing where no rule applied, and has no text of a version that is not at hand", () => {
    expect(explainDecision(set.decide(factsOfFindings([])).policy, set.documentOf)).toEqual({});
    expect(explainDecision({ ...made, version: 2 }, set.documentOf).decided?.[0]).not.toHaveProperty("userText");
  });

  it("fits the schema of a verdict at its largest", () => {
    const many = Array.from({ length: 8 }, (_, n) =>
      rule(`rule-${n}`, `features.words > ${n} && item.language != "de"`),
    );
    const large = compilePolicies([policy("large", 1, { inherits: ROOT }, ...many)]);
    const found = exampleVerdict({ features: { words: 20 } });
    const decision = large.decide(factsOfFindings(found.labels, { features: found.features }));
    expect(verdict.safeParse({ ...found, ...decision }).success).toBe(true);
  });
});
