import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NO_MARK, Watermark } from "../../../cli/ingest/watermark.ts";

/** Line numbers in ascending order with gaps, each with its fate and the moment of its answer. */
const file = fc
  .array(fc.record({ gap: fc.integer({ min: 1, max: 3 }), refused: fc.boolean(), when: fc.double() }), {
    maxLength: 60,
  })
  .map((rows) => {
    let line = 0;
    return rows.map(({ gap, refused, when }) => {
      line += gap;
      return { line, refused, when };
    });
  });

describe("the watermark", () => {
  it("never passes a line without an answer, whatever the order of answers, and ends with every line counted once", () => {
    fc.assert(
      fc.property(file, (rows) => {
        const reported: number[] = [];
        const watermark = new Watermark(NO_MARK, (line) => reported.push(line));
        for (const { line } of rows) watermark.begin(line);
        const open = new Set(rows.map(({ line }) => line));
        for (const { line, refused } of rows.toSorted((a, b) => a.when - b.when)) {
          if (refused) watermark.refused(line, "why");
          else watermark.accepted(line);
          open.delete(line);
          const { line: reached, accepted, refused: counted } = watermark.mark;
          for (const waiting of open) expect(reached).toBeLessThan(waiting);
          expect(accepted + counted).toBe(rows.filter((row) => row.line <= reached).length);
        }
        expect(watermark.mark).toEqual({
          line: rows.at(-1)?.line ?? 0,
          accepted: rows.filter(({ refused }) => !refused).length,
          refused: rows.filter(({ refused }) => refused).length,
        });
        expect(reported).toEqual(rows.filter(({ refused }) => refused).map(({ line }) => line));
      }),
    );
  });

  it("goes on from where an earlier run stopped", () => {
    const watermark = new Watermark({ line: 10, accepted: 7, refused: 2 }, () => undefined);
    watermark.begin(11);
    expect(watermark.mark.line).toBe(10);
    watermark.accepted(11);
    expect(watermark.mark).toEqual({ line: 11, accepted: 8, refused: 2 });
  });

  it("counts an answer that comes twice once", () => {
    const watermark = new Watermark(NO_MARK, () => undefined);
    watermark.begin(1);
    watermark.accepted(1);
    watermark.refused(1, "again");
    expect(watermark.mark).toEqual({ line: 1, accepted: 1, refused: 0 });
  });
});
