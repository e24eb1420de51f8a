import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldCodePoint } from "../../../../shared/scoring/text/confusables.ts";
import { normalise, originalSpan } from "../../../../shared/scoring/text/normalise.ts";

const read = (text: string): string => normalise(text).text;

describe("normalise", () => {
  it.each([
    ["Hello World", "hello world"],
    ["ＦＵＬＬ width", "full width"],
    ["сору", "copy"],
    ["αβ", "ab"],
    ["ca\u0301fe\u0301", "cafe"],
    ["in\u200bvi\u2060si\u00adble", "invisible"],
    ["\u202eabc\u202c", "abc"],
    ["𝓫𝓸𝓵𝓭", "bold"],
    ["ⓒⓘⓡⓒⓛⓔ", "circle"],
    ["🅰🅱", "ab"],
    ["don’t", "don't"],
    ["“quoted”", '"quoted"'],
    ["a\u0000b", "ab"],
    ["one😀two", "one two"],
    ["Straße", "strasse"],
  ])("reads %j as %j", (text, expected) => expect(read(text)).toBe(expected));

  it("keeps letters of other scripts that resemble no Latin letter", () => {
    expect(read("日本")).toBe("日本");
    expect(read("жизнь")).toContain("ж");
  });

  it("points back into the original past removed and widened characters", () => {
    const text = "a\u200b😀Ｂ";
    const normalised = normalise(text);
    const at = normalised.text.indexOf("b");
    expect(originalSpan(normalised, at, at + 1)).toEqual([4, 5]);
  });

  it("never folds a code point to more than a few units", () => {
    for (let codePoint = 0; codePoint <= 0x10ffff; codePoint += 7) {
      expect(foldCodePoint(codePoint).length).toBeLessThanOrEqual(14);
    }
    expect(foldCodePoint(0xfdfa).length).toBeLessThanOrEqual(4);
  });

  it("maps every unit to a whole code point of the original, in order", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        const normalised = normalise(text);
        let before = 0;
        for (let unit = 0; unit < normalised.text.length; unit++) {
          const [start, end] = originalSpan(normalised, unit, unit + 1);
          expect(start).toBeGreaterThanOrEqual(before);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(text.codePointAt(start)).toBe(text.slice(start, end).codePointAt(0));
          before = start;
        }
      }),
      { numRuns: 300 },
    );
  });
});
