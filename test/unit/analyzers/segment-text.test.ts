import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { segmentText } from "../../../shared/analyzers/comprehend/segment-text.ts";

const bytes = (text: string): number => Buffer.byteLength(text);
const words = (text: string): string => text.toWellFormed().replace(/\s/gu, "");

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 400 }),
  fc.string({
    unit: fc.constantFrom("a", " ", ". ", "é", "漢", "。", "😀", "\ud83d", "\udc00", "\n", "e\u0301"),
    maxLength: 600,
  }),
);

describe("segments of a text", () => {
  it("keep the limit, hold every character, lie where they say and cut no character in two", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 4, max: 300 }), (text, limit) => {
        const segments = segmentText(text, limit);
        let last = 0;
        for (const { start, end, text: words } of segments) {
          expect(bytes(words)).toBeLessThanOrEqual(limit);
          expect(words.trim()).not.toBe("");
          expect(words).toBe(text.toWellFormed().slice(start, end));
          expect(words.isWellFormed()).toBe(true);
          expect(start).toBeGreaterThanOrEqual(last);
          last = end;
        }
        expect(words(segments.map((one) => one.text).join(""))).toBe(words(text));
      }),
    );
  });

  it("are at least half full but for the last", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "b ", "c. ", "é"), maxLength: 900 }), (text) => {
        for (const segment of segmentText(text, 64).slice(0, -1)) expect(bytes(segment.text)).toBeGreaterThan(30);
      }),
    );
  });

  it.each([
    ["one character under", "é".repeat(511), 1],
    ["exactly full", "é".repeat(512), 1],
    ["one character over", "é".repeat(513), 2],
    ["an emoji that would straddle the limit", `${"a".repeat(1_021)}😀`, 2],
    ["an emoji that just fits", `${"a".repeat(1_020)}😀`, 1],
    ["three bytes a character", "漢".repeat(342), 2],
    ["nothing but white space", " \n\t ".repeat(700), 0],
    ["nothing", "", 0],
  ])("at 1,024 bytes: %s", (_, text, count) => {
    expect(segmentText(text, 1_024)).toHaveLength(count);
  });

  it("end after a sentence where one ends late enough, else between words, else anywhere", () => {
    const cut = (text: string) => segmentText(text, 40).map((one) => one.text);
    expect(cut("Short. A sentence of some words. And the next one goes on.")).toEqual([
      "Short. A sentence of some words. ",
      "And the next one goes on.",
    ]);
    expect(cut("One. then words that go on and on without any stop at all")).toEqual([
      "One. then words that go on and on ",
      "without any stop at all",
    ]);
    expect(cut("x".repeat(90)).map((one) => one.length)).toEqual([40, 40, 10]);
    expect(cut(`Version 1.2.3 of the ${"y".repeat(60)}`)[0]).toBe("Version 1.2.3 of the ");
  });
});
