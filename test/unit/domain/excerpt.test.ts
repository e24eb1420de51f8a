import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { excerptOf } from "../../../shared/domain/excerpt.ts";
import { exampleVerdict } from "./examples.ts";

describe("an excerpt", () => {
  const labelAt = (start: number) =>
    exampleVerdict().labels.map((one) => ({ ...one, spans: [[start, start + 3] as [number, number]] }));

  it("of a short text is the text", () => {
    expect(excerptOf("short", labelAt(0))).toBe("short");
    expect(excerptOf("", [])).toBe("");
  });

  it("shows the first finding", () => {
    const text = `${"a".repeat(3_000)}found${"b".repeat(3_000)}`;
    expect(excerptOf(text, [...labelAt(5_000), ...labelAt(3_000)])).toMatch(/^…a{50}foundb+…$/);
    expect(excerptOf(text, [])).toBe(`${"a".repeat(200)}…`);
  });

  it("is short, cut from the text, and splits no pair of surrogates", () => {
    const text = fc
      .array(fc.constantFrom("😀", "a", "é", "👩‍👧", " "), { maxLength: 600, size: "max" })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, fc.nat({ max: 1_500 }), (whole, at) => {
        const excerpt = excerptOf(whole, labelAt(Math.min(at, whole.length)));
        expect(excerpt.length).toBeLessThanOrEqual(202);
        expect(excerpt.isWellFormed()).toBe(true);
        expect(whole).toContain(excerpt.replaceAll("…", ""));
        if (whole.length > 0) expect(excerpt.length).toBeGreaterThanOrEqual(Math.min(whole.length, 198));
      }),
    );
  });
});
