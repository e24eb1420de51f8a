import fc from "fast-check";
import { LABEL_NAMES, VOCABULARY } from "../../../shared/policy/condition/vocabulary.ts";
import type { PolicyFacts } from "../../../shared/policy/policy-facts.ts";

const named = (kind: (typeof VOCABULARY)[number]["kind"]): string[] =>
  VOCABULARY.filter((word) => word.kind === kind).map(({ name }) => name);
const optional = VOCABULARY.filter((word) => word.kind === "number" && word.optional).map(({ name }) => name);

const number = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...named("number")) },
  { weight: 2, arbitrary: fc.constantFrom("0.5", "0.0", "1.0", "3.25", "-2.0", "1e3") },
);
const bound = fc.constantFrom("0", "1", "3", "0.5", "0.3", "22", "100", "-1", "4.5");
const text = fc.constantFrom("channel.id", "target.id", "item.product_line", '"brand-1"', '"x"', '""');
const comparison = fc.constantFrom("<", "<=", ">", ">=", "==", "!=");

/** Conditions of every form that there is, over every name that there is. */
export const conditions: fc.Arbitrary<string> = fc.letrec<{ truth: string; leaf: string }>((tie) => ({
  leaf: fc.oneof(
    fc.tuple(number, comparison, bound).map((parts) => parts.join(" ")),
    fc.tuple(number, fc.constantFrom("+", "-", "*", "/"), number, comparison, number).map(([a, op, b, by, c]) =>
      // Of whole numbers the quotient is refused.
      op === "/" ? `double(${a}) / double(${b}) ${by} ${c}` : `${a} ${op} ${b} ${by} ${c}`,
    ),
    fc.tuple(number, fc.constantFrom("[1, 2]", "[0, 23, 5]", "[0.5]")).map(([a, list]) => `${a} in ${list}`),
    fc.tuple(text, fc.constantFrom("==", "!="), text).map((parts) => parts.join(" ")),
    fc.tuple(text, fc.constantFrom("startsWith", "endsWith", "contains"), text).map(([a, op, b]) => `${a}.${op}(${b})`),
    fc.tuple(text, fc.constantFrom("item.brands", '["x", "brand-1"]')).map(([a, list]) => `${a} in ${list}`),
    fc.constantFrom(...named("truth"), "true", "false", 'item.kind == "post"', 'item.surface in ["post", "forum"]'),
    fc.constantFrom(
      'item.language != "de"',
      'time.weekday == "sat"',
      "size(item.brands) > 2",
      'author.age_band != "adult"',
    ),
    fc.constantFrom(...optional.map((name) => `has(${name})`), "has(label.insult)", "has(author.verified)"),
    fc
      .tuple(fc.constantFrom("exists", "all", "exists_one"), fc.constantFrom("==", "!="), text)
      .map(([each, by, other]) => `item.brands.${each}(b, b ${by} ${other} || b.contains("2"))`),
  ),
  truth: fc.oneof(
    { maxDepth: 3, depthIdentifier: "truth" },
    tie("leaf"),
    fc.tuple(tie("truth"), fc.constantFrom("&&", "||"), tie("truth")).map(([a, op, b]) => `(${a}) ${op} (${b})`),
    tie("truth").map((one) => `!(${one})`),
    fc.tuple(tie("truth"), tie("truth"), tie("truth")).map(([a, b, c]) => `((${a}) ? (${b}) : (${c}))`),
    fc.tuple(tie("truth"), tie("truth")).map(([a, b]) => `(${a}) == (${b})`),
    fc.tuple(number, comparison, tie("leaf")).map(([a, by, c]) => `${a} ${by} ((${c}) ? 0.3 : 0.5)`),
  ),
})).truth;

const id = fc.constantFrom("", "brand-1", "brand-2", "x", "kids-7", "a".repeat(128));
// Beyond what any schema lets through, too.
const anyNumber = fc.oneof(fc.double(), fc.integer({ min: -3, max: 30 }), fc.constantFrom(0.3, 0.5, 1));

/** Facts of any item, plausible or not. */
export const anyFacts: fc.Arbitrary<PolicyFacts> = fc.record(
  {
    kind: fc.constantFrom("post", "review", "follow", "audience"),
    surface: fc.constantFrom("comment", "post", "message", "forum", "review", "profile", "live_chat"),
    visibility: fc.constantFrom("public", "private"),
    minors: fc.boolean(),
    language: fc.constantFrom("", "en", "en-GB", "de-AT", "zh-Hant-TW"),
    country: fc.constantFrom("", "GB", "DE"),
    brands: fc.array(id, { maxLength: 25 }),
    productLine: id,
    targetId: id,
    channelId: id,
    rating: anyNumber,
    verifiedPurchase: fc.boolean(),
    labels: fc.array(
      fc.record({ label: fc.constantFrom(...LABEL_NAMES), probability: anyNumber, severity: anyNumber }),
      { maxLength: 14 },
    ),
    features: fc.dictionary(
      fc.oneof(
        fc.constantFrom(
          ...named("number")
            .filter((name) => name.startsWith("features."))
            .map((name) => name.slice(9)),
        ),
        fc.constantFrom("constructor", "nothing"),
      ),
      anyNumber,
      { maxKeys: 12 },
    ),
    author: fc.record(
      {
        ageDays: anyNumber,
        itemsPosted: anyNumber,
        verified: fc.boolean(),
        ageBand: fc.constantFrom("adult", "under_13"),
      },
      { requiredKeys: [] },
    ),
    receivedAt: fc.constantFrom("2026-11-22T23:30:00.000Z", "2026-02-28T00:00:00+14:00", "no time at all"),
  },
  {
    requiredKeys: [
      "kind",
      "surface",
      "visibility",
      "minors",
      "language",
      "country",
      "brands",
      "productLine",
      "targetId",
      "channelId",
      "labels",
      "features",
      "author",
      "receivedAt",
    ],
  },
);
