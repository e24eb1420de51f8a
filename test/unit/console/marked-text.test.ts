import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blocksOf, cutAtMarks } from "../../../console/parts/marked-text.ts";

const mark = (start: number, end: number, title = "insult") => ({ start, end, title });

describe("cutAtMarks", () => {
  it("cuts where evidence begins and ends, and says what is over each piece", () => {
    const pieces = cutAtMarks("you silly goose", [mark(4, 9), mark(4, 15, "threat")]);
    expect(pieces.map(({ text, marks }) => [text, marks.map(({ title }) => title)])).toEqual([
      ["you ", []],
      ["silly", ["insult", "threat"]],
      [" goose", ["threat"]],
    ]);
  });

  it("splits no emoji and leaves evidence beside the text out", () => {
    expect(cutAtMarks("🎉ok", [mark(1, 3)]).map(({ text }) => text)).toEqual(["🎉o", "k"]);
    expect(cutAtMarks("ok", [mark(5, 9), mark(2, 1)])).toEqual([{ text: "ok", marks: [] }]);
  });

  it("loses nothing of any text", () => {
    const marks = fc.array(fc.tuple(fc.integer({ min: -5, max: 60 }), fc.integer({ min: -5, max: 60 })));
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 50 }), marks, (text, spans) => {
        const pieces = cutAtMarks(
          text,
          spans.map(([start, end]) => mark(start, end)),
        );
        expect(pieces.map((piece) => piece.text).join("")).toBe(text);
      }),
    );
  });
});

describe("blocksOf", () => {
  const joined = (text: string, ...marks: ReturnType<typeof mark>[]): string =>
    blocksOf(cutAtMarks(text, marks))
      .map((block) => block.map((piece) => piece.text).join(""))
      .join("\n");

  it("cuts a long text at line ends only and leaves nothing else out", () => {
    const text = Array.from({ length: 400 }, (_, line) => `line ${line} ${"x".repeat(line % 90)}`).join("\n");
    expect(blocksOf(cutAtMarks(text, [])).length).toBeGreaterThan(5);
    expect(joined(text, mark(100, 9_000), mark(8_000, 12_000))).toBe(text);
    expect(blocksOf(cutAtMarks("x".repeat(100_000), []))).toHaveLength(1);
  });

  it("keeps short texts and empty ones whole", () => {
    expect(joined("a\n\nb")).toBe("a\n\nb");
    expect(joined("")).toBe("");
  });
});
