import { describe, expect, it } from "vitest";
import {
  type Decision,
  decide,
  eraseAuthor,
  moderationCase,
  needsReview,
  openCase,
} from "../../../shared/domain/case.ts";
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
    expect(next).toEqual({
      kind: "decided",
      case: {
        ...current,
        state: "decided",
        version: 2,
        decision: made(),
        last: { kind: "decision.made", decision: "decision-1" },
      },
    });
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

describe("a case whose author was erased", () => {
  const pseudonym = `erased.${"p".repeat(22)}`;

  it("has a pseudonym, is in no lane, and keeps what was found", () => {
    const current = exampleCase();
    const erased = eraseAuthor(current, pseudonym);
    const { verdict, ...rest } = current;
    expect(erased).toEqual({ ...rest, state: "erased", version: 2, verdict: { ...verdict, authorId: pseudonym } });
    expect(moderationCase.parse(erased)).toEqual(erased);
  });

  it("keeps its decision without the note, and takes no other", () => {
    const decided = decide(exampleCase(), made({ note: "sealed words" }), 1).case;
    const erased = eraseAuthor(decided, pseudonym);
    expect(erased).toMatchObject({ state: "erased", version: 3, decision: made() });
    expect(JSON.stringify(erased)).not.toContain("sealed words");
    expect(moderationCase.parse(erased)).toEqual(erased);
    expect(decide(erased, made({ id: "decision-2" }), 3).kind).toBe("already");
    expect(decide(eraseAuthor(exampleCase(), pseudonym), made(), 2).kind).toBe("already");
  });

  it("of an audience names the account nowhere, and is still one case whatever the version", () => {
    const verdict = exampleVerdict({
      ref: { kind: "audience", id: "author-1", revision: "v3" },
      audience: { account: "author-1", followers: 3, scored: 0, windows: [] },
    });
    const erased = eraseAuthor(openCase(verdict, NOW), pseudonym);
    expect(JSON.stringify(erased)).not.toContain("author-1");
    expect(moderationCase.parse(erased)).toEqual(erased);
    const next = openCase({ ...verdict, ref: { ...verdict.ref, revision: "v4" } }, NOW);
    expect(next.id).toBe(erased.id);
  });
});
