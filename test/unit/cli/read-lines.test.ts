import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readItems } from "../../../cli/items/read-items.ts";
import { MAX_LINE_BYTES, readLines, type TextLine } from "../../../cli/items/read-lines.ts";
import { allOf } from "./all-of.ts";

async function* cut(bytes: Buffer, sizes: readonly number[]) {
  let at = 0;
  for (let turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}
const linesOf = (bytes: Buffer | string, sizes: readonly number[] = [7]): Promise<TextLine[]> =>
  allOf(readLines(cut(Buffer.from(bytes as string), sizes)));

describe("lines of a file", () => {
  it("are the same however the bytes were cut", async () => {
    const line = fc.string({ unit: fc.constantFrom("a", "ß", "漢", "😀", " ", "\\") });
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.array(line), sizes, async (lines, pieces) => {
        const text = lines.map((one) => `${one}\n`).join("");
        const expected = lines.map((one, index) => ({ line: index + 1, text: one }));
        expect(await linesOf(text, pieces)).toEqual(expected);
      }),
    );
  });

  it("need no line end at the end, know Windows' ends, and drop a byte order mark", async () => {
    expect(await linesOf("\ufeffa\r\nb\n\nc")).toEqual([
      { line: 1, text: "a" },
      { line: 2, text: "b" },
      { line: 3, text: "" },
      { line: 4, text: "c" },
    ]);
    expect(await linesOf("")).toEqual([]);
  });

  it("that are not UTF-8 are named and the others stand", async () => {
    const bytes = Buffer.concat([Buffer.from("a\nb"), Buffer.of(0xff), Buffer.from("\nc\n")]);
    for (const sizes of [[100], [1], [3]])
      expect(await linesOf(bytes, sizes)).toEqual([
        { line: 1, text: "a" },
        { line: 2, fault: "not UTF-8" },
        { line: 3, text: "c" },
      ]);
  });

  it("that are longer than memory should hold are named, skipped, and the others stand", async () => {
    const long = Buffer.alloc(MAX_LINE_BYTES + 5, "x");
    for (const [before, after] of [
      ["a\n", "\nb\nc"],
      ["", "\nb\n"],
      ["a\n", ""],
    ] as const) {
      const read = await linesOf(Buffer.concat([Buffer.from(before), long, Buffer.from(after)]), [1 << 18]);
      const texts = read.map((one) => ("text" in one ? one.text : `fault: ${one.fault}`));
      const kept = (part: string) => part.split("\n").filter((one) => one !== "");
      const expected = [...kept(before), `fault: longer than ${MAX_LINE_BYTES} bytes`, ...kept(after)];
      // Compared as one word: a difference must not print five million characters.
      expect(isDeepStrictEqual(texts, expected)).toBe(true);
      expect(read.map(({ line }) => line)).toEqual(read.map((_, index) => index + 1));
    }
  });
});

describe("items of a JSON Lines file", () => {
  it("pass over empty lines and say where a bad one stops being JSON, without its words", async () => {
    const read = await allOf(readItems(cut(Buffer.from('{"a":1}\n\n  \n{"secret" 2}\n[3]'), [5])));
    expect(read).toEqual([
      { line: 1, value: { a: 1 } },
      { line: 4, fault: "not JSON at column 11: colon expected" },
      { line: 5, value: [3] },
    ]);
  });
});
