import { describe, expect, it } from "vitest";
import { item } from "../../../shared/domain/item.ts";
import { FOR_FAULTS, faultsOf } from "../../../shared/runtime/faults.ts";

const HOUR = 3_600_000;
const fromNow = (hours: number): string => new Date(Date.now() + hours * HOUR).toISOString();
const wire = (more: Record<string, unknown> = {}) => ({
  kind: "review",
  id: "review-1",
  createdAt: "2026-11-22T11:59:00Z",
  channel: { id: "reviews", visibility: "public", surface: "review" },
  author: { id: "author-1" },
  target: { id: "hotel-1" },
  rating: 4,
  ...more,
});
/** Place and mending of each fault. */
function faults(value: unknown) {
  const parsed = item.safeParse(value, FOR_FAULTS);
  return parsed.success ? [] : faultsOf(parsed.error, "").map(({ pointer, fix }) => [pointer, fix]);
}

describe("what is refused of a review, and how to mend it", () => {
  it("is a rating out of range or of no number", () => {
    for (const rating of [1, 1.5, 5]) expect(faults(wire({ rating }))).toEqual([]);
    for (const rating of [0, 0.99, 5.01, 10, -1, 1e308])
      expect(faults(wire({ rating }))).toEqual([["/rating", expect.stringMatching(/1 to 5/)]]);
    for (const rating of ["5", null, undefined, Number.NaN, Number.POSITIVE_INFINITY])
      expect(faults(wire({ rating })).map(([pointer]) => pointer)).toEqual(["/rating"]);
  });

  it("is a time before 1995, or more than a day ahead of our clock", () => {
    for (const createdAt of ["1995-01-01T00:00:00Z", "1995-01-01T05:00:00+05:00", fromNow(0), fromNow(23)])
      expect(faults(wire({ createdAt }))).toEqual([]);
    for (const createdAt of ["1994-12-31T23:59:59Z", "1995-01-01T00:00:00+00:01", "0001-01-01T00:00:00Z"])
      expect(faults(wire({ createdAt }))).toEqual([["/createdAt", expect.stringMatching(/1995/)]]);
    for (const createdAt of [fromNow(25), "2199-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
      expect(faults(wire({ createdAt }))).toEqual([["/createdAt", expect.stringMatching(/one day ahead/)]]);
    expect(faults(wire({ createdAt: "2026-02-30T00:00:00Z" }))).toEqual([
      ["/createdAt", expect.stringMatching(/RFC 3339/)],
    ]);
  });

  it("is a megabyte of title or of id, quickly and without repeating any of it", () => {
    const much = "zephyrquill ".repeat(90_000);
    const targets = [{ id: "hotel-1", title: much }, { id: much }, { id: "hotel-1", category: much }];
    for (const target of targets) {
      const found = faults(wire({ target }));
      expect(found.length).toBeGreaterThan(0);
      expect(found.every(([pointer]) => pointer?.startsWith("/target/"))).toBe(true);
      expect(JSON.stringify(found)).not.toContain("zephyrquill");
    }
    expect(faults(wire({ title: much }))).toEqual([["/title", "at most 500 characters"]]);
  });
});
