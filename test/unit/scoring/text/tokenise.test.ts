import { describe, expect, it } from "vitest";
import { normalise } from "../../../../shared/scoring/text/normalise.ts";
import { type Claimed, tokenise } from "../../../../shared/scoring/text/tokenise.ts";

const tokensOf = (text: string, claimed: Claimed[] = []) => tokenise(normalise(text), claimed);
const keys = (text: string): string[] => tokensOf(text).map((token) => token.key);

describe("tokenise", () => {
  it.each([
    ["You're late", ["you", "are", "late"]],
    ["im done, I'll wait", ["i", "am", "done", "i", "will", "wait"]],
    ["don't", ["dont"]],
    ["United's crew", ["united", "crew"]],
    ["it's", ["it", "is"]],
    ["stop! now", ["stop", "now"]],
    ["$500 or $1,000", ["500", "or", "1", "000"]],
    ["a$$ sh!t f***", ["a$$", "sh!t", "f***"]],
    ["*bold* **b**, f* #tag", ["bold", "b", "f*", "tag"]],
    ["", []],
    ["... !!! 😀", []],
  ])("splits %j", (text, expected) => expect(keys(text)).toEqual(expected));

  it("marks numbers and mentions", () => {
    expect(tokensOf("@bob_1 is 13").map(({ key, alt }) => [key, alt])).toEqual([
      ["@bob_1", "_mention"],
      ["is", ""],
      ["13", "_num"],
    ]);
  });

  it("knows where sentences begin", () => {
    const opens = tokensOf("One two. Three! Four\nfive, six").map((token) => token.opens);
    expect(opens).toEqual([true, false, true, true, true, false]);
  });

  it("marks what stands between quotation marks, and nothing after a mark without partner", () => {
    const quoted = tokensOf('they say "a b" now').filter((token) => token.quoted);
    expect(quoted.map((token) => token.key)).toEqual(["a", "b"]);
    expect(tokensOf('"all of it" ok').some((token) => token.quoted)).toBe(false);
    expect(tokensOf('a 6" pipe is long').some((token) => token.quoted)).toBe(false);
  });

  it("turns a claimed stretch into one token and goes on behind it", () => {
    const text = "see http://a.example/x now";
    const tokens = tokensOf(text, [{ span: [4, 22], key: "_link" }]);
    expect(tokens.map((token) => token.key)).toEqual(["see", "_link", "now"]);
    expect(tokens[1]).toMatchObject({ start: 4, end: 22 });
  });

  it("gives both halves of a contraction the place of the whole", () => {
    expect(tokensOf("so you're").map(({ start, end }) => [start, end])).toEqual([
      [0, 2],
      [3, 9],
      [3, 9],
    ]);
  });
});
