import { describe, expect, it } from "vitest";
import { readCsv } from "../../../eval/read-csv.ts";
import { wilson } from "../../../eval/wilson.ts";

describe("readCsv", () => {
  it("reads quoted commas, line ends and doubled quotes", () => {
    expect(readCsv('id,text\n1,"a, ""b""\nc"\r\n2,plain\n')).toEqual([
      { id: "1", text: 'a, "b"\nc' },
      { id: "2", text: "plain" },
    ]);
  });

  it("reads a last row without line end, empty fields and a quote inside a field", () => {
    expect(readCsv('a,b\n,x"y')).toEqual([{ a: "", b: 'x"y' }]);
    expect(readCsv("")).toEqual([]);
  });
});

describe("wilson", () => {
  // 10 of 100: 5.52%-17.44%, a textbook value.
  it("gives the score interval", () => {
    const [low, high] = wilson(10, 100);
    expect(low).toBeCloseTo(0.0552, 4);
    expect(high).toBeCloseTo(0.1744, 4);
  });

  it("stays inside 0 to 1 at the edges", () => {
    expect(wilson(0, 50)[0]).toBeCloseTo(0, 10);
    expect(wilson(50, 50)[1]).toBeCloseTo(1, 10);
    expect(wilson(0, 0)).toEqual([0, 1]);
  });
});
