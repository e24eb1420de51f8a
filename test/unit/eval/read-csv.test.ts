import { describe, expect, it } from "vitest";
import { readCsv } from "../../../eval/read-csv.ts";

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
