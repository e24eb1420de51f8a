import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJson, readUtf8, toAsciiJson } from "../../../shared/runtime/read-json.ts";
import { PLANTED } from "../domain/examples.ts";

const faultOf = (text: string) => {
  const read = readJson(text);
  if (read.ok) throw new Error("it is JSON");
  return read.fault;
};

describe("reading JSON", () => {
  it("gives what JSON.parse gives", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(readJson(JSON.stringify(value))).toEqual({ ok: true, value: JSON.parse(JSON.stringify(value)) });
      }),
    );
  });

  it.each([
    ["", "line 1, column 1"],
    ['{"a": 1,}', "line 1, column 9"],
    ['{"a": 1\n "b": 2}', "line 2, column 2"],
    ['{\n  "a": 1,\n  b: 2\n}', "line 3, column 3"],
    ["[1, 2", "line 1, column 6"],
    ['{"a": 1} x', "line 1, column 10"],
    ['{"a" 1}', "line 1, column 6"],
    ["\r\n\r\nno", "line 3, column 1"],
    ["// note\n{}", "line 1, column 1"],
  ])("%j is not JSON at %s", (text, place) => {
    expect(faultOf(text).detail).toContain(`not JSON at ${place}:`);
  });

  it.each([
    "01",
    "1.",
    ".5",
    "+1",
    "NaN",
    "'a'",
    '"\t"',
    '"\\x"',
    '"\\u12"',
    "\ufeff{}",
    "{a:1}",
    '{"a":1}{"b":2}',
    "undefined",
    "\u00a0{}",
  ])("%j is refused with a way out", (text) => {
    expect(faultOf(text)).toEqual({ pointer: "", detail: expect.stringMatching(/^not JSON/), fix: expect.any(String) });
  });

  it("survives a tower of brackets", () => {
    for (const text of ["[".repeat(100_000), '{"a":'.repeat(50_000)]) expect(faultOf(text).detail).toMatch(/^not JSON/);
  });

  it("never repeats a word of what was sent, however it is damaged", () => {
    const planted = fc
      .tuple(fc.constantFrom("", "x ", "\n at ", '"', "\\", "\u0000"), fc.string())
      .map(([before, after]) => `${before}${PLANTED}${after}`);
    const value = fc.letrec((tie) => ({
      any: fc.oneof({ depthSize: "small" }, planted, fc.double(), fc.constant(null), tie("list"), tie("record")),
      list: fc.array(tie("any"), { maxLength: 4 }),
      record: fc.dictionary(planted, tie("any"), { maxKeys: 4 }),
    })).any;
    const damage = fc.record({
      at: fc.nat(),
      cut: fc.nat({ max: 12 }),
      put: fc.oneof(fc.constantFrom("", ",", '"', "{", "}", "\\", "\n", "x", "\u0000", PLANTED), fc.string()),
    });
    let broken = 0;
    fc.assert(
      fc.property(
        value,
        fc.array(damage, { minLength: 1, maxLength: 4 }),
        fc.nat({ max: 2 }),
        (whole, damages, indent) => {
          let text = JSON.stringify({ [PLANTED]: whole, more: [PLANTED] }, null, indent);
          for (const { at, cut, put } of damages) {
            const place = at % (text.length + 1);
            text = text.slice(0, place) + put + text.slice(place + cut);
          }
          const read = readJson(text);
          if (read.ok) return;
          broken += 1;
          expect(JSON.stringify(read.fault)).not.toContain(PLANTED);
          // Not a part of it either: the walker could name the token that it stumbled over.
          expect(JSON.stringify(read.fault)).not.toMatch(/zyx|plant|word/i);
        },
      ),
      { numRuns: 400 },
    );
    expect(broken).toBeGreaterThan(100);
  });
});

describe("reading UTF-8", () => {
  it("gives the text, without a byte order mark", () => {
    expect(readUtf8(Buffer.from("Zoë 😀 \u0000"))).toBe("Zoë 😀 \u0000");
    expect(readUtf8(Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d]))).toBe("{}");
  });
  it.each([[[0xff]], [[0xc3]], [[0xc0, 0x80]], [[0xed, 0xa0, 0x80]], [[0xf5, 0x80, 0x80, 0x80]], [[0x61, 0xe9, 0x62]]])(
    "refuses %j",
    (bytes) => {
      expect(readUtf8(Uint8Array.from(bytes))).toBeUndefined();
    },
  );
});

describe("JSON in ASCII", () => {
  it("says the same as JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
        const ascii = toAsciiJson(value);
        expect(ascii).toMatch(/^[\x20-\x7e]*$/);
        expect(JSON.parse(ascii)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
