import { describe, expect, it } from "vitest";
import { functionalSuite } from "../../../eval/text/functional/functional-suite.ts";
import { every } from "../../../eval/text/functional/functional-test.ts";

describe("functionalSuite", () => {
  it("has at least 250 different posts over at least 18 functions of different names", () => {
    const texts = functionalSuite.flatMap(({ cases }) => cases);
    expect(texts.length).toBeGreaterThanOrEqual(250);
    expect(new Set(texts).size).toBe(texts.length);
    expect(functionalSuite.length).toBeGreaterThanOrEqual(18);
    expect(new Set(functionalSuite.map(({ name }) => name)).size).toBe(functionalSuite.length);
  });

  it.each(functionalSuite.map((test) => [test.name, test] as const))(
    "%s has enough posts, short and filled in",
    (_, test) => {
      expect(test.cases.length).toBeGreaterThanOrEqual(6);
      for (const text of test.cases) {
        expect(text).not.toMatch(/[{}]/);
        expect(text.trim()).not.toBe("");
        expect(text.length).toBeLessThan(200);
      }
    },
  );

  it("asks every label both ways, so that saying yes or no to everything fails", () => {
    const asked = new Map<string, Set<boolean>>();
    for (const { expects } of functionalSuite) {
      const ways = asked.get(expects.label ?? "action") ?? new Set();
      asked.set(expects.label ?? "action", ways.add(expects.found));
    }
    const attacks = new Set(["insult", "threat", "harassment"]);
    for (const [label, ways] of asked) if (!attacks.has(label)) expect([label, ways.size]).toEqual([label, 2]);
  });
});

describe("every", () => {
  it("fills all slots in all ways", () => {
    expect(every("{a} {b}{a}", { a: ["x", "y"], b: ["1", "2"] })).toEqual(["x 1x", "x 2x", "y 1y", "y 2y"]);
    expect(every("plain", {})).toEqual(["plain"]);
  });
});
