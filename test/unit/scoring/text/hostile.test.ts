import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { labelScore } from "../../../../shared/domain/label.ts";
import { score } from "./lexicon-for-tests.ts";

const PLANTS = ["fuck", "shithead", "bitch", "faggot", "cunt", "motherfucker"];
const SWAPS: Readonly<Record<string, string>> = { a: "а", c: "с", e: "е", i: "і", o: "о", s: "ѕ", t: "т" };
const LEET: Readonly<Record<string, string>> = { a: "4", e: "3", i: "1", o: "0", s: "$" };

const each = (word: string, change: (letter: string, index: number) => string): string =>
  [...word].map(change).join("");
const DISGUISES: Readonly<Record<string, (word: string) => string>> = {
  capitals: (word) => word.toUpperCase(),
  "full width": (word) => each(word, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
  "zero width": (word) => each(word, (letter) => `${letter}\u200b`).slice(0, -1),
  "bidi controls": (word) => each(word, (letter) => `\u202e${letter}`).slice(1),
  homoglyphs: (word) => each(word, (letter) => SWAPS[letter] ?? letter),
  leetspeak: (word) => each(word, (letter) => LEET[letter] ?? letter),
  stretched: (word) => each(word, (letter, index) => (index === 1 ? letter.repeat(5) : letter)),
  spaced: (word) => each(word, (letter) => `${letter} `).slice(0, -1),
  dotted: (word) => each(word, (letter) => `${letter}.`).slice(0, -1),
  marked: (word) => each(word, (letter) => `${letter}\u0301\u0302`),
  bold: (word) => each(word, (letter) => String.fromCodePoint(0x1d400 + letter.charCodeAt(0) - 97 + 26)),
};

const splitsPair = (text: string, at: number): boolean =>
  /[\ud800-\udbff]/.test(text[at - 1] ?? "") && /[\udc00-\udfff]/.test(text[at] ?? "");

function expectSound(text: string): void {
  for (const entry of score(text).labels) {
    labelScore.parse(entry);
    for (const [start, end] of entry.spans) {
      expect(start).toBeLessThan(end);
      expect(end).toBeLessThanOrEqual(text.length);
      expect(splitsPair(text, start) || splitsPair(text, end)).toBe(false);
    }
  }
}

describe("spans", () => {
  it("lie inside any text and split no surrogate pair", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary", maxLength: 8 }),
      fc.constantFrom(
        "you are ",
        "idiot",
        " f u c k",
        "\ud800",
        "\udc00",
        "😀",
        "a\u0301",
        "http://a.b/",
        "bob@example.com",
        "kys",
        "4111 1111 1111 1111",
        "\u200b",
        "@",
        '"',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => expectSound(pieces.join(""))),
      { numRuns: 400 },
    );
  });

  it.each(Object.keys(DISGUISES))("find a planted word through: %s", (name) => {
    const disguise = DISGUISES[name] ?? ((word: string) => word);
    const around = fc.constantFrom("", "😀 ", "the train, ", "what the ", "日本 ", "so é\u0301 ", '"well" ');
    fc.assert(
      fc.property(fc.constantFrom(...PLANTS), around, around, (plant, before, after) => {
        const planted = disguise(plant);
        const text = `${before}${planted} ${after}`;
        const spans = score(text).labels.flatMap((entry) => entry.spans);
        const covered = spans.some(
          ([start, end]) =>
            start <= before.length + 1 && end >= before.length + planted.length - 3 && end <= text.length,
        );
        expect(covered, `${plant} as ${name}`).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

const UNITS = [
  ..."aA1.@/:-$*!'\"([<+ \n\u0000\ud800\udc00",
  "\u0301",
  "\u202e",
  "\u200b",
  "ﷺ",
  "👩‍👩‍👧",
  "a ",
  "1 ",
  "1-",
  "a.",
  "1.1.1.1 ",
  "http://",
  "http://a.b/ ",
  "http://a.b/((",
  "xn--a.com ",
  "[a](http://a.b) ",
  '<a href="http://a.b">',
  "a@b.co ",
  "you are ",
  "i will ",
  "fuck",
  "f u c k ",
  "you stupid ",
  "how old are you add me on snap ",
  "she lives at 12 elm street ",
  '"a',
  "4111 ",
  "GB82 ",
];

describe("hostile texts", () => {
  it.each([
    "",
    " ",
    "\u0000",
    "\ud83d",
    "\ude00\ud83d",
    "\u202e\u202e\u202e",
    "__proto__ constructor toString hasOwnProperty",
    "http://",
    "mailto:",
    "http://[::1]/ http://a..b http://-a-.com http://%00",
    "[](",
    "](http://a.b)",
    '"""',
    "@",
    "$$$ *** !!! |||",
  ])("are scored without a throw: %j", (text) => expectSound(text));

  it("of 100,000 units are scored, whatever they are made of", () => {
    for (const unit of ["ﷺ", "1-", "you are ", "http://a.b/(("]) expectSound(unit.repeat(100_000 / unit.length));
  });

  it("cost in proportion to their length", () => {
    // Ten times the text may cost ten times the time; thirty leaves room for noise and is far from a hundred. Time of
    // this thread, the best of a few tries: what else the machine does is not the scorer's fault.
    const time = (text: string): number => {
      const begun = process.threadCpuUsage();
      score(text);
      const { user, system } = process.threadCpuUsage(begun);
      return (user + system) / 1000;
    };
    for (const unit of UNITS) {
      const short = unit.repeat(Math.ceil(4_000 / unit.length));
      const long = unit.repeat(Math.ceil(40_000 / unit.length));
      let ratio = Number.POSITIVE_INFINITY;
      for (let tries = 0; tries < 5 && ratio > 30; tries++) ratio = time(long) / Math.max(1, time(short));
      expect(ratio, JSON.stringify(unit)).toBeLessThan(30);
    }
  });
});
