import { describe, expect, it } from "vitest";
import { clusterKeyOf } from "../../../shared/domain/cluster-key.ts";
import type { LabelScore } from "../../../shared/domain/label.ts";
import type { Member } from "../../../shared/domain/member.ts";
import { productLineOf } from "../../../shared/domain/product-line.ts";
import { ESCALATIONS, queueOf, queuesFor, routing, routingRule, speaks } from "../../../shared/domain/routing.ts";
import { foldedWords } from "../../../shared/scoring/text/folded-words.ts";
import { exampleVerdict } from "./examples.ts";

const rules = routing.parse({
  version: 3,
  queues: [
    { name: "kettles", rules: [{ kinds: ["review"], productLines: ["kettles"] }], skill: "shop" },
    { name: "tr", rules: [{ languages: ["tr"], labels: ["insult", "threat"] }] },
  ],
});

describe("which queue a case goes to", () => {
  it("is the first with a rule of which everything fits", () => {
    expect(queueOf(rules, exampleVerdict({ language: "tr-TR" }))).toBe("tr");
    expect(queueOf(rules, exampleVerdict({ language: "tr", labels: [] }))).toBe("default");
    expect(queueOf(rules, exampleVerdict({ productLine: "kettles" }))).toBe("default");
    const review = { kind: "review", id: "r", revision: "1" } as const;
    expect(queueOf(rules, exampleVerdict({ ref: review, productLine: "kettles", language: "tr" }))).toBe("kettles");
    expect(queueOf({ version: 0, queues: [] }, exampleVerdict({ queue: "policy" }))).toBe("policy");
  });

  it.each([{}, { reach: 10_000 }, { followers: ["many"] }, { labels: [] }, { labels: ["nonsense"] }])(
    "has no rule %j",
    (rule) => {
      expect(routingRule.safeParse(rule).success).toBe(false);
    },
  );

  it("has every queue once, and none that escalation fills", () => {
    const twice = { version: 1, queues: [rules.queues[1], rules.queues[1]] };
    expect(routing.safeParse(twice).success).toBe(false);
    expect(routing.safeParse({ version: 1, queues: [{ name: ESCALATIONS, rules: [] }] }).success).toBe(false);
  });
});

it("queues are worked by members who name them, or by all whose skills open them", () => {
  const ann: Member = { id: "ann", role: "moderator", languages: [], skills: [], queues: [] };
  expect(queuesFor(rules, undefined, false)).toEqual(["default", "tr"]);
  expect(queuesFor(rules, { ...ann, skills: ["shop"] }, false)).toEqual(["default", "kettles", "tr"]);
  expect(queuesFor(rules, { ...ann, queues: ["tr", "kettles"] }, false)).toEqual(["tr"]);
  expect(queuesFor(rules, { ...ann, queues: ["escalations", "tr"] }, false)).toEqual(["tr"]);
  expect(queuesFor(rules, { ...ann, queues: ["tr"] }, true)).toEqual(["tr", ESCALATIONS]);
});

it("a language is known by its first part", () => {
  expect([speaks(["pt-BR"], "pt-PT"), speaks(["pt"], "pl"), speaks([], undefined)]).toEqual([true, false, true]);
});

it("a category is a product line, folded", () => {
  expect(productLineOf("Küchen-Geräte, klein")).toEqual({ productLine: "kuchen-gerate-klein" });
  expect(productLineOf(`${"a".repeat(39)} b`)).toEqual({ productLine: "a".repeat(39) });
  expect([productLineOf(undefined), productLineOf("やかん")]).toEqual([{}, {}]);
});

describe("what is decided together", () => {
  const [insult] = exampleVerdict().labels;
  if (!insult) throw new Error("no label");
  const storm: LabelScore = { ...insult, label: "rating_storm" };
  const review = (id: string) => ({ kind: "review", id, revision: "1" }) as const;

  it("is a storm or a group around one target, or the same words", () => {
    const of = (id: string, targetId: string, labels = [storm], cluster = "c".repeat(22)) =>
      clusterKeyOf(exampleVerdict({ ref: review(id), targetId, labels, cluster }));
    expect(of("a", "hotel")).toBe(of("b", "hotel"));
    expect(of("a", "hotel")).not.toBe(of("a", "inn"));
    expect(of("a", "hotel")).not.toBe(of("a", "hotel", [{ ...insult, label: "fake_review.brigade" }]));
    expect(of("a", "hotel", [{ ...storm, probability: 0.2 }])).toBe("c".repeat(22));
    expect(clusterKeyOf(exampleVerdict())).toBeUndefined();
  });

  it("reads alike whatever the case, the numbers, the marks, the addresses and the names of others", () => {
    const one = foldedWords("Buy 300 followers NOW!!! https://a.example/x @ann");
    expect(foldedWords("buy followers, now www.b.example/y?z @bob 7 🎉")).toEqual(one);
    expect(foldedWords("sell followers now")).not.toEqual(one);
  });
});
