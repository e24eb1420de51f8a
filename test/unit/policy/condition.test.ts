import { Environment } from "@marcbachmann/cel-js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { policyReference } from "../../../shared/domain/verdict.ts";
import { compilePolicies } from "../../../shared/policy/compiled-policies.ts";
import { testOf } from "../../../shared/policy/condition/compile-term.ts";
import { costOf, MOST_STEPS } from "../../../shared/policy/condition/cost.ts";
import { emptyView, fillView, usedFeatures } from "../../../shared/policy/condition/fact-view.ts";
import { readCondition } from "../../../shared/policy/condition/read-condition.ts";
import type { TruthTerm } from "../../../shared/policy/condition/term.ts";
import { LABEL_NAMES, VOCABULARY, type Word } from "../../../shared/policy/condition/vocabulary.ts";
import { slotsOf } from "../../../shared/policy/condition/witness.ts";
import { factsOfFindings, type PolicyFacts } from "../../../shared/policy/policy-facts.ts";
import { anyFacts, conditions } from "./any-condition.ts";
import { documentOf, label, rule } from "./policy-of.ts";

function termOf(when: string): TruthTerm {
  const read = readCondition(when);
  if (!read.ok) throw new Error(`${when}: ${read.fault.message}`);
  return read.term;
}

function holds(when: string, facts: PolicyFacts): boolean {
  const term = termOf(when);
  const view = emptyView();
  fillView(view, facts, usedFeatures(slotsOf(term)));
  return testOf(term)(view);
}
const fault = (when: string) => {
  const read = readCondition(when);
  return read.ok ? undefined : read.fault;
};
const plain = factsOfFindings([label("insult", 4, 0.8), label("privacy.doxxing", 3, 0.6)], {
  features: { links_total: 2, toxicity: 0.9 },
});
const known: PolicyFacts = {
  ...plain,
  kind: "review",
  surface: "review",
  language: "en-GB",
  country: "GB",
  brands: ["acme-shoes", "other"],
  productLine: "boots",
  targetId: "hotel-1",
  channelId: "kids-7",
  rating: 1,
  verifiedPurchase: false,
  author: { ageDays: 1, itemsPosted: 3, verified: true, ageBand: "adult" },
  receivedAt: "2026-11-22T23:30:00.000Z",
};

describe("a condition", () => {
  it.each([
    ['label.insult.probability >= 0.8 && item.surface == "review"', true],
    ["label.insult.severity > 3.5", true],
    ["label.insult.severity == 4.0 && 4 == label.insult.severity", true],
    ["label.privacy.doxxing.probability >= 0.5", true],
    ["label.spam.probability > 0.0", false],
    ["features.links_total > 1", true],
    ["features.links_total == 2 && features.words == 0", true],
    ["item.rating == 1 && item.rating in [1, 2] && item.rating < 1.5", true],
    ["author.age_days < 2", true],
    ["author.items_posted / 2.0 == 1.5", true],
    ["author.verified && !item.verified_purchase && has(item.verified_purchase)", true],
    ['author.age_band == "adult"', true],
    ['item.language == "en" && item.country in ["GB", "IE"]', true],
    ['"acme-shoes" in item.brands && size(item.brands) == 2 && item.brands.size() > 1', true],
    ['item.brands.exists(b, b.startsWith("acme-"))', true],
    ['item.brands.all(b, b.contains("e"))', true],
    ['item.brands.exists_one(b, b == "other")', true],
    ['["kids-7", "kids-8"].exists(c, c == channel.id && item.brands.exists(b, b != c))', true],
    ['channel.id.startsWith("kids-") && target.id.endsWith("1") && item.product_line == "boots"', true],
    ['time.hour >= 22 && time.weekday == "sun"', true],
    ['time.weekday in ["mon", "tue"]', false],
    ["channel.minors ? false : true", true],
    ["(channel.minors ? 0.9 : 0.1) < label.insult.probability", true],
    ["has(label.insult) && !has(label.spam) && has(author.age_days) && has(item.country)", true],
    ["-label.insult.probability < -0.7 && label.insult.probability - 0.3 > 0.4", true],
    ["channel.minors == false && (author.verified != channel.minors)", true],
    ["double(label.insult.severity) / 8.0 == 0.5", true],
  ] as const)("%s: %s", (when, expected) => expect(holds(when, known)).toBe(expected));

  it("never holds by comparing what is unknown, nor by its opposite", () => {
    for (const name of ["author.age_days", "item.rating", "author.items_posted", "features.account_days"])
      for (const by of ["<", "<=", ">", ">=", "=="]) expect(holds(`${name} ${by} 2`, plain)).toBe(false);
    expect(holds("!(author.age_days < 2)", plain)).toBe(true);
    expect(holds("has(author.age_days) || has(author.verified) || has(item.language)", plain)).toBe(false);
    expect(holds('item.product_line == "" && !author.verified && !has(item.country)', plain)).toBe(true);
  });

  it.each([
    ['item.surface == "coment"', 16, /one of comment, post/, 'did you mean "comment"?'],
    ["features.link_total > 1", 0, /not known/, "did you mean features.links_total?"],
    ["label.inslut.severity > 1", 0, /not known/, "did you mean label.insult.severity?"],
    ["label.doxxing.probability > 0.5", 0, /not known/, "did you mean label.privacy.doxxing.probability?"],
    ["insult.probability > 0.5", 0, /not known/, "did you mean label.insult.probability?"],
    ["label.insult > 0.5", 0, /group of names/, /label\.insult\.probability/],
    ['item.language == "en-GB"', 17, /without its region/, 'write "en"'],
    ['item.language == "english"', 17, /none/, /such as en/],
    ['item.country == "uk"', 16, /none/, undefined],
    ['item.country == "gb"', 16, /none/, 'write "GB"'],
    ['label.insult.severity >= "3"', 0, /number is compared with a text/, "write 3 without quotes"],
    ['channel.minors == "true"', 0, /compared with a text/, "write true without quotes"],
    ["label.insult.severity", 0, /yes or no is needed/, /compare/],
    ["channel.minors && author.age_days", 18, /yes or no is needed/, /compare/],
    ['item.country == ""', 16, /known by has/, "write !has(item.country)"],
    ["has(item.surface)", 0, /known of every item/, /leave has/],
    ["channel.id < 3", 0, /text is compared with a number/, undefined],
    ['channel.id < "a"', 0, /only numbers/, "write == or !="],
    ["label.insult.severity = 3", 22, /not CEL/, "write == to compare"],
    ["channel.minors and author.verified", 15, /not CEL/, "write && for and"],
    ["channel.minors &&", 17, /not CEL/, /stops/],
    ["item.surface == “post”", 16, /not CEL/, /straight quotes/],
    ['channel.id.matches("(a+)+$")', 0, /patterns/, /startsWith/],
    ["dyn(channel.minors)", 0, /dyn/, /leave it out/],
    ['channel.id + "x" == "yx"', 0, /text where a number/, undefined],
    ["item.brands.map(b, b) == item.brands", 0, /no new lists/, /exists/],
    ["size(channel.id) > 3", 0, /lists/, undefined],
    ["time.hour % 2 == 0", 0, /%/, undefined],
    ["label.insult.severity / 2 > 1", 0, /drops the rest/, /2\.0/],
    ["channel.startWith(3)", 0, /not known/, "did you mean startsWith?"],
    ['label["insult"].severity > 2', 0, /names/, undefined],
    ["item.rating == null", 15, /null/, /has/],
    ["item.brands.exists(b, item.brands.exists(b, true))", 41, /taken/, /another name/],
    ["timestamp(0) < timestamp(1)", 0, /time\.hour/, undefined],
  ] as const)("%s is refused at %i", (when, start, message, fix) => {
    const found = fault(when);
    expect(found).toMatchObject({ start, message: expect.stringMatching(message) });
    if (typeof fix === "string") expect(found?.fix).toBe(fix);
    else if (fix) expect(found?.fix).toMatch(fix);
  });

  it.each([
    "author.followers > 1000",
    "author.following > 1",
    "features.followers > 1",
    "features.follows_seen > 1",
    "author.reach > 1",
    "item.views > 3",
    "author.popularity > 0.5",
    "item.audience_size > 3",
    "author.subscribers > 3",
  ])("%s is refused for what it asks, by name", (when) => expect(fault(when)?.message).toMatch(/refused.*reaches/));

  it("asks for nothing by which somebody's reach could be told", () => {
    const names = VOCABULARY.map(({ name }) => name).filter((name) => !name.startsWith("label."));
    expect(names.filter((name) => /follow|reach|\bviews|fans|popular|sampled$|judged/.test(name))).toEqual([]);
  });

  it("may be large only within limits, which are named", () => {
    const deep = `${"(".repeat(60)}true${")".repeat(60)}`;
    expect(fault(deep)?.message).toMatch(/more than 40 levels of nesting/);
    expect(fault(Array.from({ length: 200 }, () => "true").join(" && "))?.message).toMatch(/more than 300 names/);
    expect(fault(`time.hour in [${Array.from({ length: 120 }, (_, n) => n).join(",")}]`)?.message).toMatch(
      /more than 100 values in a list/,
    );
    expect(fault("item.rating > 99999999999999999999")?.message).toBeDefined();
    expect(fault(`${"!".repeat(5_000)}true`)?.message).toBeDefined();
    expect(fault(`${"-".repeat(5_000)}1 > 0`)?.message).toBeDefined();
  });

  it("costs what it is said to cost at most: steps are counted while it runs", () => {
    fc.assert(
      fc.property(conditions, anyFacts, (when, facts) => {
        const term = termOf(when);
        const view = emptyView();
        fillView(view, facts, usedFeatures(slotsOf(term)));
        let touched = 0;
        const counting = <Row extends object>(row: Row): Row =>
          new Proxy(row, {
            get(target, name) {
              touched += 1;
              return Reflect.get(target, name, target);
            },
          });
        const { numbers, texts, brands, variables } = view;
        testOf(term)({
          numbers: counting(numbers),
          texts: counting(texts),
          brands: [...brands],
          variables: counting(variables),
        });
        expect(touched).toBeLessThanOrEqual(costOf(term));
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    "item.brands.exists(a, item.brands.exists(b, item.brands.exists(c, a != b && b != c)))",
    'item.brands.exists(a, item.brands.all(b, item.brands.exists(c, a.contains(b) || c == "x")))',
    "item.brands.all(a, item.brands.exists(b, b.contains(a)))",
  ])("that nests lists is refused for its cost: %s", (when) =>
    expect(costOf(termOf(when))).toBeGreaterThan(MOST_STEPS),
  );

  it("never throws, on any facts, and answers the same twice", () => {
    fc.assert(
      fc.property(fc.array(conditions, { minLength: 1, maxLength: 6 }), anyFacts, (all, facts) => {
        const policies = compilePolicies([
          {
            document: documentOf(all.map((when, n) => rule(`r${n}`, when, { action: n % 3 === 0 ? "hold" : "flag" }))),
            version: 7,
          },
        ]);
        expect(policies.unreadable).toEqual([]);
        const first = policies.decide(facts);
        expect(policies.decide(facts)).toEqual(first);
        expect(policyReference.safeParse(first.policy).error).toBeUndefined();
        expect(Number.isInteger(first.severity) && first.severity >= 0 && first.severity <= 7).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it("never throws while it is read, whatever was written", () => {
    const words = [
      "label",
      ".",
      "insult",
      "probability",
      ">=",
      "0.5",
      "&&",
      "(",
      ")",
      "!",
      "?",
      ":",
      "[",
      "]",
      '"',
      "in",
    ];
    const scrambled = fc.array(fc.constantFrom(...words), { maxLength: 20 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary", maxLength: 60 }), scrambled), (text) => {
        const read = readCondition(text);
        if (read.ok) return;
        expect(read.fault.start).toBeLessThanOrEqual(Math.max(text.length, 1));
        expect(read.fault.message.length).toBeGreaterThan(0);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("conditions are CEL", () => {
  const schemaOf = (words: readonly Word[]): Record<string, unknown> => {
    const root: Record<string, unknown> = {};
    for (const { name } of words) {
      const parts = name.split(".");
      let at = root;
      for (const part of parts.slice(0, -1)) {
        at[part] ??= {};
        at = at[part] as Record<string, unknown>;
      }
      at[parts.at(-1) ?? ""] = "dyn";
    }
    return root;
  };
  const environment = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false });

  /** The facts as the library wants them: doubles for every number; what is unknown is left out. */
  function contextOf(facts: PolicyFacts): Record<string, unknown> {
    const view = emptyView();
    const slots = new Set(VOCABULARY.flatMap((word) => (word.kind === "number" ? [word.slot] : [])));
    fillView(view, facts, usedFeatures(slots));
    const root = schemaOf(VOCABULARY);
    for (const word of VOCABULARY) {
      const parts = word.name.split(".");
      let at = root;
      for (const part of parts.slice(0, -1)) at = at[part] as Record<string, unknown>;
      const last = parts.at(-1) ?? "";
      if (word.kind === "number") at[last] = view.numbers[word.slot] ?? 0;
      else if (word.kind === "truth") at[last] = view.numbers[word.slot] === 1;
      else at[last] = word.kind === "text" ? (view.texts[word.slot] ?? "") : [...view.brands];
    }
    return root;
  }

  it("every one that is taken means what it means to the library, wherever that has an answer", () => {
    let answered = 0;
    fc.assert(
      fc.property(conditions, anyFacts, (when, facts) => {
        // `has` asks ours whether a value is known, theirs whether a field is there.
        if (when.includes("has(")) return;
        let theirs: unknown;
        try {
          theirs = environment.evaluate(when, contextOf(facts));
        } catch {
          // Stricter about whole numbers and decimals in sums.
          return;
        }
        answered += 1;
        expect(holds(when, facts)).toBe(theirs);
      }),
      { numRuns: 2_000 },
    );
    expect(answered).toBeGreaterThan(1_000);
  });

  it("has two names for each label", () => {
    for (const name of LABEL_NAMES)
      expect(fault(`label.${name}.probability >= 0.5 || label.${name}.severity > 2`)).toBe(undefined);
  });
});
