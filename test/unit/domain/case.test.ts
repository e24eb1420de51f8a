import { describe, expect, it } from "vitest";
import { type Decision, decide, moderationCase, needsReview, openCase } from "../../../shared/domain/case.ts";
import { ACTIONS } from "../../../shared/domain/verdict.ts";
import { exampleCase, exampleVerdict, NOW } from "./examples.ts";

const made = (more: Partial<Decision> = {}): Decision => ({
  id: "decision-1",
  outcome: "uphold",
  reason: "violates_policy",
  by: "key:0123456789ab",
  at: NOW.toISOString(),
  ...more,
});

describe("opening a case", () => {
  it("keeps the verdict whole and fits its schema", () => {
    const verdict = exampleVerdict();
    const opened = openCase(verdict, NOW);
    expect(moderationCase.parse(opened)).toEqual(opened);
    const { tenant, ref, queue, lane } = opened;
    expect({ tenant, ref, queue, lane, ...opened.verdict }).toEqual(verdict);
  });
  it("gives one revision one case, and every other revision, item and tenant its own", () => {
    const ids = [
      exampleVerdict(),
      exampleVerdict({ scoredAt: NOW.toISOString() }),
      exampleVerdict({ ref: { kind: "post", id: "post-1", revision: "r2" } }),
      exampleVerdict({ ref: { kind: "review", id: "post-1", revision: "r1" } }),
      exampleVerdict({ tenant: "other" }),
    ].map((verdict) => openCase(verdict, NOW).id);
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(4);
  });
  it("is for everything that was not simply allowed", () => {
    expect(ACTIONS.filter((action) => needsReview({ action }))).toEqual(["flag", "hold", "block"]);
  });
});

describe("deciding a case", () => {
  const current = exampleCase();
  it("closes it under the next version", () => {
    const next = decide(current, made(), 1);
    expect(next).toEqual({ kind: "decided", case: { ...current, state: "decided", version: 2, decision: made() } });
  });
  it("is refused to someone who saw another version", () => {
    expect(decide(current, made(), 2)).toEqual({ kind: "stale", case: current });
  });
  it("happens once; the same decision sent again is answered as it was, another is told that it came late", () => {
    const decided = decide(current, made(), 1).case;
    expect(decide(decided, made({ at: "2026-11-22T13:00:00Z" }), 1)).toEqual({ kind: "decided", case: decided });
    expect(decide(decided, made({ id: "decision-2" }), 2)).toEqual({ kind: "already", case: decided });
    expect(decide(decided, made({ id: "decision-2" }), 1).kind).toBe("already");
  });
});
