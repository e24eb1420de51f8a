import { describe, expect, it } from "vitest";
import { evaluate } from "../../../shared/policy/evaluate.ts";
import { CONTENT_FEATURES, type FeatureCondition, type Policy } from "../../../shared/policy/policy.ts";

const policyOf = (when: FeatureCondition): Policy => ({
  id: "counts",
  version: 1,
  rules: [{ name: "counted", when, action: "hold", queue: "default", reasonCode: "counted" }],
});
const links = (atLeast: number, more: Partial<FeatureCondition> = {}): Policy =>
  policyOf({ feature: "links_total", atLeast, severity: 2, ...more });

describe("a rule on a count of the text", () => {
  it.each([
    [0, "allow"],
    [1, "allow"],
    [2, "hold"],
    [9, "hold"],
  ])("at two and more links: %d, %s", (links_total, action) => {
    expect(evaluate(links(2), [], "general", { links_total }).action).toBe(action);
  });

  it("takes a missing count as none, and opens a case of its own severity", () => {
    expect(evaluate(links(1), [], "general").action).toBe("allow");
    expect(evaluate(links(1), [], "general", { emails: 4 }).action).toBe("allow");
    expect(evaluate(links(1), [], "general", { links_total: 1 })).toMatchObject({ severity: 2, lane: "low" });
  });

  it("counts the same for minors, unless it is for them alone", () => {
    expect(evaluate(links(2), [], "minors", { links_total: 1 }).action).toBe("allow");
    const forMinors = links(1, { audience: "minors" });
    expect(evaluate(forMinors, [], "minors", { links_total: 1 }).action).toBe("hold");
    expect(evaluate(forMinors, [], "general", { links_total: 1 }).action).toBe("allow");
  });

  it("asks for nothing that tells the author or the reach", () => {
    expect(
      CONTENT_FEATURES.filter((name) =>
        /(?:^|_)(?:author|followers|following|reach|views|likes|verified|account)/.test(name),
      ),
    ).toEqual([]);
    // @ts-expect-error no rule may ask for followers
    const reach: FeatureCondition = { feature: "followers", atLeast: 10_000, severity: 1 };
    expect(CONTENT_FEATURES).not.toContain(reach.feature);
  });
});
