import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { explain, reasonCodes } from "../../../shared/domain/reason.ts";
import { loadLexicon } from "../../../shared/scoring/text/load-lexicon.ts";

const SOURCES = new URL("../../../shared/scoring/text/", import.meta.url);
/** Codes written in the scorer's sources: quoted words with a dot and one of the scorer's own prefixes. */
const CODE =
  /"((?:text|harassment|threat|hate|extremism|selfharm|child|dox|spam|scam|illicit|link|pii|promo|model|substance|language|media)\.[a-z_]+)"/g;

const emitted = (): Set<string> => {
  const lexicon = loadLexicon(new URL("../../../models/text", import.meta.url));
  const entries = [...lexicon.words.values(), ...[...lexicon.patterns.values()].flat().map((pattern) => pattern.entry)];
  // Signals are evidence that a rule puts together; only the steps of contact-seeking, "sends others" and sellers' contacts
  // become reasons under their own code.
  const said = entries.filter(({ label, code }) => label !== "signal" || !/^(context|harm)\./.test(code));
  const codes = new Set(said.map((entry) => entry.code));
  for (const file of readdirSync(SOURCES, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".ts")) continue;
    for (const [, code = ""] of readFileSync(new URL(file, SOURCES), "utf8").matchAll(CODE)) codes.add(code);
  }
  return codes;
};

/** Codes of reviews, audiences and the second analyzer have tests of their own. */
const postCodes = () => reasonCodes().filter((code) => !/^(review|audience|profile|second)\./.test(code));

describe("explain", () => {
  it("has a sentence for every code that the post scorer can emit, and none for a code that it cannot", () => {
    expect([...emitted()].sort()).toEqual(postCodes().sort());
  });

  it("says every code as one sentence, with and without numbers", () => {
    for (const code of postCodes()) {
      for (const params of [undefined, { count: 1 }, { count: 3, links: 2, words: 2, media: 2, brand: "paypal" }]) {
        const sentence = explain("insult", { code, ...(params === undefined ? {} : { params }) });
        expect(sentence, code).toMatch(/^[A-Z][^.]*\.$/);
        expect(sentence, code).not.toMatch(/undefined|NaN|\bfake\b/);
      }
    }
  });

  it.each([
    [{ code: "text.insult", params: { count: 1 } }, "Uses 1 insulting word."],
    [{ code: "text.insult", params: { count: 2 } }, "Uses 2 insulting words."],
    [{ code: "text.insult_aimed", params: { count: 2 } }, "Aims 2 insults at a person."],
    [
      { code: "link.lookalike", params: { brand: "paypal" } },
      "Holds a link whose name looks like paypal but is another.",
    ],
  ])("%j", (reason, sentence) => expect(explain("insult", reason)).toBe(sentence));

  it("says at least the label for a code that it does not know", () => {
    expect(explain("fake_review.paid", { code: "review.from_the_future" })).toBe(
      "Shows signs consistent with: review consistent with payment.",
    );
    expect(explain("spam", { code: "toString" })).toBe("Shows signs consistent with: spam or promotion.");
  });
});
