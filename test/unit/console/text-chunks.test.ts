import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chunksOf } from "../../../console/pages/case/text-chunks.ts";

const mark = (start: number, end: number) => ({ start, end, title: "insult" });

describe("chunksOf", () => {
  it("leaves a short text whole", () => {
    expect(chunksOf("you idiot", [mark(4, 9)])).toEqual([{ text: "you idiot", marks: [mark(4, 9)] }]);
  });

  it("cuts a long line behind a space, and evidence over a cut is in both parts", () => {
    const text = "word ".repeat(2_000);
    const [first, second] = chunksOf(text, [mark(3_990, 4_010)]);
    expect(first?.text.endsWith(" ")).toBe(true);
    expect(first?.marks).toEqual([mark(3_990, 4_000)]);
    expect(second?.marks).toEqual([mark(0, 10)]);
  });

  it("cuts a line without spaces, but no emoji", () => {
    for (const chunk of chunksOf(`a${"🎉".repeat(6_000)}`, [])) expect(chunk.text.isWellFormed()).toBe(true);
  });

  it("loses nothing, and shows the same evidence", () => {
    const piece = fc.constantFrom("word ", "\n", "🎉", "x".repeat(700), "y".repeat(3_999));
    const spans = fc.array(fc.tuple(fc.nat(20_000), fc.integer({ min: 1, max: 6_000 })), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), spans, (pieces, some) => {
        const text = pieces.join("");
        const marks = some
          .map(([start, length]) => mark(start, Math.min(text.length, start + length)))
          .filter(({ start, end }) => start < end);
        const chunks = chunksOf(text, marks);
        expect(chunks.map((chunk) => chunk.text).join("")).toBe(text);
        const covered = (all: readonly { start: number; end: number }[], from: number) =>
          all.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, at) => from + start + at));
        let from = 0;
        const seen: number[] = [];
        for (const chunk of chunks) {
          seen.push(...covered(chunk.marks, from));
          from += chunk.text.length;
        }
        expect(new Set(seen)).toEqual(new Set(covered(marks, 0)));
      }),
      { numRuns: 60 },
    );
  });
});
