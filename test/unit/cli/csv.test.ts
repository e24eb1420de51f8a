import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvLine } from "../../../cli/csv.ts";

describe("a line of CSV", () => {
  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n@x", "＝1", '=HYPERLINK("x")'])(
    "makes no formula of %j",
    (value) => {
      const [[read = ""] = []] = parse(csvLine([value])) as string[][];
      expect(read.startsWith("'")).toBe(true);
    },
  );

  it("begins no cell with what a spreadsheet takes for a formula, whatever people wrote", () => {
    const unit = fc.constantFrom("=", "+", "-", "@", "\t", "\r", "\n", " ", '"', ",", ";", "a", "1", "\u202e");
    fc.assert(
      fc.property(fc.array(fc.string({ unit }), { minLength: 1, maxLength: 4 }), (cells) => {
        const rows = parse(csvLine(cells)) as string[][];
        expect(rows.length).toBeLessThanOrEqual(1);
        for (const cell of rows[0] ?? []) expect(cell).not.toMatch(/^[\s]*[=+\-@]/);
        if (cells.length > 1) expect(rows[0]).toHaveLength(cells.length);
      }),
    );
  });

  it("leaves harmless text and our own numbers as they are", () => {
    expect(csvLine(["post", "a-b=c", -0.5, 7, undefined])).toBe("post,a-b=c,-0.5,7,");
    expect(csvLine(['say "hi", twice'])).toBe('"say ""hi"", twice"');
  });
});
