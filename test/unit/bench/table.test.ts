import { describe, expect, it } from "vitest";
import { median, readable, table } from "../../../bench/table.ts";

describe("table", () => {
  it("aligns numbers to the right and words to the left", () => {
    expect(
      table(
        ["call", "units"],
        [
          ["PutItem", 1_200],
          ["Get", 0.5],
        ],
      ),
    ).toEqual(["  call     units", "  ───────  ─────", "  PutItem  1,200", "  Get       0.50"]);
  });
});

describe("readable", () => {
  it("keeps as many digits as say something", () => {
    expect([0, 3, 1_234.5, 12.34, 1.234, 0.0123].map(readable)).toEqual(["0", "3", "1,235", "12.3", "1.23", "0.012"]);
  });
});

describe("median", () => {
  it("is the middle, or between the two in the middle", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });
});
