import { describe, expect, it } from "vitest";
import { inflect } from "../../../../shared/scoring/text/inflect.ts";
import { normalise } from "../../../../shared/scoring/text/normalise.ts";
import { tokenise } from "../../../../shared/scoring/text/tokenise.ts";
import { readWords } from "../../../../shared/scoring/text/words.ts";
import { lexicon } from "./lexicon-for-tests.ts";

const read = (text: string) => readWords(tokenise(normalise(text), []), lexicon);
const hits = (text: string): string[] => {
  const { tokens, hits: found } = read(text);
  return found.map(({ index }) => tokens[index]?.key ?? "");
};

describe("inflect", () => {
  it.each([
    ["idiot", "n", ["idiot", "idiots"]],
    ["bitch", "n", ["bitch", "bitches"]],
    ["crybaby", "n", ["crybaby", "crybabies"]],
    ["dumb", "a", ["dumb", "dumber", "dumbest", "dumbly"]],
    ["silly", "a", ["silly", "sillier", "silliest", "sillily"]],
  ])("%s as %s", (word, kinds, forms) => expect(inflect(word, kinds)).toEqual(forms));

  it("doubles a final consonant and drops a final e before a vowel", () => {
    expect(inflect("shit", "v")).toEqual(expect.arrayContaining(["shitting", "shits"]));
    expect(inflect("rape", "v")).toEqual(expect.arrayContaining(["raping", "raped", "rapes"]));
  });
});

describe("readWords", () => {
  it.each([
    ["sh1t", "shit"],
    ["$hit", "shit"],
    ["a$$hole", "asshole"],
    ["fuuuuuck", "fuck"],
    ["assssshoooole", "asshole"],
    ["f u c k", "fuck"],
    ["s.h.i.t", "shit"],
    ["f-u-c-k", "fuck"],
    ["f**k", "fuck"],
    ["f***", "fuck"],
    ["f*****g", "fucking"],
    ["@sshole", "asshole"],
    ["*shit*", "shit"],
    ["1diot", "idiot"],
  ])("reads %j as %s, and says that it was disguised", (text, word) => {
    expect(hits(text)).toEqual([word]);
  });

  it.each([
    "class assess bass",
    "Scunthorpe",
    "shiitake mushrooms",
    "cocktail",
    "my size is looser",
    "A B C D E F",
    "seat 12A flight UA455",
    "@assistant please",
    "R&B *stars* 5*",
    "grape drape",
    "100 200 300",
    "gate 4 5 5, row 8 0 0 8",
    "hello sunshine",
    "peacock",
    "Dickens",
    "snigger",
  ])("finds nothing in %j", (text) => expect(hits(text)).toEqual([]));

  it("joins spaced letters and leaves the words around them", () => {
    const { tokens } = read("u r a f u c k i n g mess");
    expect(tokens.map((token) => token.key)).toEqual(["u", "r", "a", "fucking", "mess"]);
    expect(tokens[3]).toMatchObject({ start: 6, end: 19, disguised: true });
  });

  it("finds a stem in a longer word but not by accident", () => {
    expect(read("clusterfucked").hits).toHaveLength(1);
    expect(read("mishits").hits).toHaveLength(0);
  });

  it("reads disguised words of phrases, too", () => {
    expect(read("k1ll y0urself").tokens.map((token) => token.key)).toEqual(["kill", "yourself"]);
  });
});
