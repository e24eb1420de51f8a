import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { safeText } from "../../../cli/safe-text.ts";

/** Everything that a terminal obeys or hides, written out apart from how the code names it. */
const DANGEROUS = [
  ...Array.from({ length: 0x20 }, (_, code) => code),
  ...Array.from({ length: 0x21 }, (_, code) => 0x7f + code),
  0xad,
  0x61c,
  0x200b,
  0x200e,
  0x200f,
  0x2028,
  0x2029,
  0x202a,
  0x202b,
  0x202c,
  0x202d,
  0x202e,
  0x2060,
  0x2066,
  0x2067,
  0x2068,
  0x2069,
  0xfeff,
  0x3164,
  0x2800,
  0xd800,
  0xdfff,
  0xe0041,
  0xe0100,
];
const dangerous = fc.constantFrom(...DANGEROUS.map((code) => String.fromCodePoint(code)));
const words = fc.string({
  unit: fc.oneof({ weight: 3, arbitrary: fc.string({ unit: "binary", maxLength: 1 }) }, dangerous),
});

describe("safe text", () => {
  it("of anything holds no control, no direction mark and no lone surrogate", () => {
    fc.assert(
      fc.property(words, (text) => {
        const safe = safeText(text);
        const codes = new Set([...safe].map((character) => character.codePointAt(0)));
        expect(DANGEROUS.filter((code) => codes.has(code))).toEqual([]);
        expect(safe.isWellFormed()).toBe(true);
      }),
    );
  });

  it("keeps what it does not hide, in order", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "ß", "漢", "😀", "e\u0301", "ع", " ", "<", ">") }), (text) => {
        expect(safeText(text)).toBe(text);
      }),
    );
  });

  it("of safe text is the same", () => {
    fc.assert(
      fc.property(words, (text) => {
        expect(safeText(safeText(text))).toBe(safeText(text));
      }),
    );
  });

  it("shows what it hides", () => {
    expect(safeText("a\u001b[31mb\u202ec\u009b")).toBe("a<U+001B>[31mb<U+202E>c<U+009B>");
    expect(safeText("tag\u{e0041}")).toBe("tag<U+E0041>");
    expect(safeText("id\u200biot \u200d x")).toBe("id<U+200B>iot <U+200D> x");
  });

  it("keeps line feeds and tabs only where lines are asked for, and never a carriage return", () => {
    expect(safeText("a\n\tb\r\nc", { lines: true })).toBe("a\n\tb<U+000D>\nc");
    expect(safeText("a\nb\t")).toBe("a<U+000A>b<U+0009>");
  });

  it("keeps the joiners of emoji and of scripts that are written with them", () => {
    for (const text of ["👩\u200d👩\u200d👧", "❤\ufe0f", "👩🏽\u200d💻", "می\u200cخواهم", "क्\u200dष"])
      expect(safeText(text)).toBe(text);
  });
});
