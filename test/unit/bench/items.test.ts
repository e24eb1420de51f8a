import { describe, expect, it } from "vitest";
import { KINDS, PLANS } from "../../../bench/kinds.ts";
import { item } from "../../../shared/domain/item.ts";

const NOW = new Date("2026-11-22T12:00:00Z");

describe.each(KINDS)("the bench's %s", (kind) => {
  const { make } = PLANS[kind];

  it("are items that intake takes, each with an id of its own", () => {
    const made = make(120, 1, NOW).map((one) => item.parse(one));
    expect(new Set(made.map(({ id }) => id)).size).toBe(120);
  });

  it("are the same for the same seed, and others for another", () => {
    expect(make(30, 7, NOW)).toEqual(make(30, 7, NOW));
    expect(make(30, 8, NOW)).not.toEqual(make(30, 7, NOW));
  });
});

describe("the bench's posts", () => {
  it("are about as long as posts are", () => {
    const lengths = PLANS.posts.make(500, 1, NOW).map((one) => (one as { text: string }).text.length);
    const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    expect(mean).toBeGreaterThan(75);
    expect(mean).toBeLessThan(95);
  });
});
