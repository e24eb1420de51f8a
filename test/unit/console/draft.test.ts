import { describe, expect, it } from "vitest";
import { afterDecision, emptyDraft, judgementOf, missingIn, otherWay } from "../../../console/pages/case/draft.ts";
import { routes } from "../../../shared/contracts/routes.ts";

const other = "c".repeat(22);
const begun = emptyDraft(["insult"]);

describe("missingIn", () => {
  it("names what is still to be said, step by step", () => {
    expect(missingIn(begun)).toBe("Choose an outcome.");
    expect(missingIn({ ...begun, outcome: "uphold" })).toBe("Choose a reason.");
    expect(missingIn({ ...begun, outcome: "uphold", reason: "other", note: " " })).toBe("Say the reason in a note.");
    expect(missingIn({ ...begun, outcome: "correct", reason: "violates_policy", labels: [] })).toBe(
      "Name at least one label.",
    );
    expect(missingIn({ ...begun, outcome: "uphold", reason: "violates_policy" })).toBeUndefined();
  });
});

describe("judgementOf", () => {
  it("makes what the API takes, for every outcome", () => {
    for (const outcome of ["uphold", "overturn", "correct", "escalate"] as const) {
      const exceptions = { [other]: "wrongly_detected" as const };
      const made = judgementOf({ ...begun, outcome, reason: "severe_harm", note: " so ", exceptions }, 3);
      expect(routes.decide.body?.safeParse(made).error).toBeUndefined();
      expect(made).toMatchObject({ id: begun.actId, version: 3, outcome, note: "so" });
      expect(made?.labels).toEqual(outcome === "correct" ? ["insult"] : undefined);
      const way = otherWay(outcome);
      expect(made?.exceptions).toEqual(way ? [{ case: other, reason: "wrongly_detected", outcome: way }] : undefined);
    }
  });

  it("makes nothing of a draft that misses something", () => {
    expect(judgementOf({ ...begun, outcome: "uphold" }, 1)).toBeUndefined();
  });
});

it("keeps a note for others that nobody has added yet, and nothing else", () => {
  expect(afterDecision({ ...begun, outcome: "uphold", note: "sent" })).toBeUndefined();
  expect(afterDecision({ ...begun, outcome: "uphold", forOthers: "look at his other posts" })).toMatchObject({
    forOthers: "look at his other posts",
    note: "",
  });
});
