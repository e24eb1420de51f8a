import fc from "fast-check";
import { PLANTED, STRANGE } from "./words.ts";

const latin1 = (text: string): Uint8Array => Buffer.from(text, "latin1");

/** Bodies that are no valid value of anything. `valid` is cut short, and wrapped in what is not JSON. */
export const hostileBody = (valid: fc.Arbitrary<unknown>): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 300 }),
    fc.tuple(valid, fc.double({ min: 0.05, max: 0.95, noNaN: true })).map(([value, share]) => {
      const text = JSON.stringify(value) ?? "";
      return Buffer.from(text.slice(0, Math.max(1, Math.floor(text.length * share))));
    }),
    valid.map((value) => Buffer.from(`\ufeff${JSON.stringify(value)}`)),
    valid.map((value) => Buffer.from(JSON.stringify(value) ?? "", "utf16le")),
    valid.map((value) => Buffer.from(`${JSON.stringify(value)}${JSON.stringify(value)}`)),
    fc.constantFrom<Uint8Array>(
      ...["", " ", "null", "[]", "{}", '""', "0", "true", "{", '{"', "[".repeat(100_000), '{"a":'.repeat(20_000)].map(
        latin1,
      ),
      latin1(`{"${PLANTED}":"${PLANTED}"`),
      latin1(`{"items":[{"text":"${PLANTED}\u0000"}]}`),
      latin1(`{"items":[${PLANTED}]}`),
      latin1(`items=${PLANTED}&x=1`),
      latin1(`<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;${PLANTED}</x>`),
      latin1(`\xff\xfe\xc0\xaf${PLANTED}\xed\xa0\x80`),
      latin1('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"tenant":"x"}}}'),
      latin1(`{"n":1${"0".repeat(50_000)}}`),
    ),
    fc.constantFrom(...STRANGE).map((text) => Buffer.from(JSON.stringify({ items: [text], item: text, id: text }))),
  );

/** A body at the largest size that is read, and one over it. */
export const largeBodies = (limit: number): readonly Uint8Array[] => {
  const around = (bytes: number): Uint8Array => {
    const frame = '{"items":[{"text":""}]}';
    return Buffer.from(frame.replace('""', `"${PLANTED.padEnd(bytes - frame.length, "x")}"`));
  };
  return [around(limit), around(limit + 1), latin1("[".repeat(1_000_000))];
};

const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());

/** What stands where a path or query parameter should; already encoded for an address. */
export const hostileParameter: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...STRANGE).map(encoded),
  fc.constantFrom(
    "..",
    "%2e%2e%2f%2e%2e%2f",
    "..%5c..%5c",
    "%00",
    "%",
    "%zz",
    "%c0%af",
    "%ed%a0%80",
    "%20",
    "*",
    "null",
    "undefined",
    "-1",
    "%23",
    "%23%23",
    "__proto__",
    "constructor",
    encoded("ａｌｐｈａ"),
    "a".repeat(129),
    "a".repeat(6_000),
    `%2525${PLANTED}`,
  ),
  fc.string({ unit: "binary", minLength: 1, maxLength: 40 }).map(encoded),
);

/** Headers that lie about the body or about the caller, or are far too many. */
export const hostileHeaders: fc.Arbitrary<Record<string, string>> = fc.constantFrom<Record<string, string>>(
  {},
  {},
  { "content-type": "text/plain" },
  { "content-type": "application/json; charset=utf-16" },
  { "content-type": "multipart/form-data; boundary=x" },
  { "content-type": `application/${PLANTED}` },
  { "content-type": "application/json, text/html" },
  { "content-encoding": "gzip" },
  { "content-encoding": "br, gzip" },
  { authorization: `Bearer ${PLANTED}` },
  { authorization: `Basic ${Buffer.from(`admin:${PLANTED}`).toString("base64")}` },
  { authorization: "Bearer ts_alpha_000000000000_" },
  { cookie: `a=${PLANTED}; __proto__=1` },
  { "x-forwarded-for": `127.0.0.1, ${PLANTED}`, forwarded: `for=${PLANTED}` },
  { "user-agent": `() { :; }; echo ${PLANTED}` },
  { "x-amzn-trace-id": `Root=${PLANTED}` },
  { range: "bytes=0-1", "if-match": PLANTED },
  { "x-long": "x".repeat(12_000) },
  Object.fromEntries(Array.from({ length: 90 }, (_, n) => [`x-many-${n}`, PLANTED])),
);
