import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Span } from "../../../../../shared/domain/label.ts";
import { loadLexicon } from "../../../../../shared/scoring/text/load-lexicon.ts";
import { readText } from "../../../../../shared/scoring/text/read-text.ts";
import { readSafety } from "../../../../../shared/scoring/text/safety/read-safety.ts";
import { signalsOf } from "../../../../../shared/scoring/text/safety/signals.ts";

const lexicon = loadLexicon(new URL("../../../../../models/text", import.meta.url));
const vocabulary = [...lexicon.vocabulary, ...lexicon.words.keys()];
const AUTHORS = ["adult", "minor", "unknown"] as const;

/** Texts of the lexicon's own words, so that rules meet in every way. */
const text = fc
  .array(
    fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...vocabulary) }, fc.string({ unit: "binary", maxLength: 4 })),
    {
      maxLength: 60,
    },
  )
  .chain((words) => fc.constantFrom(" ", ". ", ' "', ", ").map((between) => words.join(between)));
const details = fc.array(
  fc.tuple(fc.nat(200), fc.nat(30)).map(([at, length]): Span => [at, at + length + 1]),
  {
    maxLength: 4,
  },
);

describe("the safety rules", () => {
  it("take any text and give findings that a label can be made of", () => {
    const property = fc.property(
      text,
      details,
      details,
      fc.boolean(),
      fc.constantFrom(...AUTHORS),
      (post, contacts, addresses, minors, author) => {
        const reading = readText(post, [], 0, lexicon);
        const found = readSafety({ ...reading, lexicon, context: { minors, author }, contacts, addresses });
        for (const { severity, weight, span } of found) {
          expect(Number.isInteger(severity) && severity >= 0 && severity <= 7).toBe(true);
          expect(weight).toBeGreaterThan(0);
          expect(weight).toBeLessThanOrEqual(1);
          if (span !== undefined) expect(span[0]).toBeLessThan(span[1]);
        }
      },
    );
    fc.assert(property, { numRuns: 400 });
  });

  it("look at a bounded number of signals, however long the text", () => {
    const long = "how old are you add me on snap, i will kill you tonight at your house. ".repeat(1_500);
    const { tokens, phrases } = readText(long, [], 0, lexicon);
    const counts = Map.groupBy(signalsOf(phrases, tokens, lexicon), ({ code }) => code);
    expect(counts.size).toBeGreaterThan(2);
    for (const [code, signals] of counts) expect(signals.length, code).toBeLessThanOrEqual(32);
  });

  it("leave what they do not know as it was said", () => {
    const reading = readText("you are an idiot and this is a stupid idea", [], 0, lexicon);
    const context = { minors: false, author: "unknown" } as const;
    expect(readSafety({ ...reading, lexicon, context, contacts: [], addresses: [] })).toEqual(reading.said);
  });
});
