import { describe, expect, it } from "vitest";
import { brokenBy } from "../../../shared/policy/check-family.ts";
import { checkPolicy, type PolicyFault } from "../../../shared/policy/check-policy.ts";
import { MOST_STEPS_TOGETHER } from "../../../shared/policy/condition/cost.ts";
import { defaultPolicy } from "../../../shared/policy/default-policy.ts";
import { inheritedRules } from "../../../shared/policy/inherited-rules.ts";
import type { PolicyDocument, PolicyRule } from "../../../shared/policy/policy-document.ts";
import { documentOf, rule } from "./policy-of.ts";

const faultsOf = (given: unknown, parents: readonly PolicyDocument[] = []): readonly PolicyFault[] => {
  const checked = checkPolicy(given, { parents });
  return checked.ok ? [] : checked.faults;
};
const of = (...rules: PolicyRule[]) => faultsOf(documentOf(rules));
const messages = (faults: readonly PolicyFault[]): string[] =>
  faults.map(({ rule: name, message }) => `${name}: ${message}`);

describe("the check of a policy", () => {
  it("passes the built-in policy, without a warning", () => {
    expect(checkPolicy(defaultPolicy)).toEqual({ ok: true, document: defaultPolicy, warnings: [] });
  });

  it("names what is unknown or of the wrong form, with what was meant", () => {
    const given = {
      ...documentOf([]),
      titel: "x",
      appliesTo: { surface: ["comment"], kinds: ["posts"] },
      rules: [{ name: "a", when: "channel.minors", action: "holdd", reason: "x" }],
    };
    const found = faultsOf(given).map(({ pointer, rule: name, fix }) => [pointer, name, fix]);
    expect(found).toEqual(
      expect.arrayContaining([
        ["/titel", undefined, "did you mean title?"],
        ["/appliesTo/surface", undefined, "did you mean surfaces?"],
        ["/appliesTo/kinds/0", undefined, "did you mean post?"],
        ["/rules/0/action", "a", "did you mean hold?"],
        ["/rules/0/reason", "a", "did you mean reasonCode?"],
        ["/rules/0/reasonCode", "a", undefined],
      ]),
    );
  });

  it("says all that is wrong at once: form and conditions", () => {
    const given = { ...documentOf([]), rules: [{ ...rule("a", "item.kind == 3"), action: "x" }, rule("b", "nothing")] };
    expect(faultsOf(given).map(({ pointer }) => pointer)).toEqual([
      "/rules/0/action",
      "/rules/0/when",
      "/rules/1/when",
    ]);
  });

  it.each([null, undefined, 3, "a text", [], {}, { rules: 3 }, { rules: [null, 3, { when: 3 }] }])(
    "refuses %j without a throw",
    (given) => expect(faultsOf(given).length).toBeGreaterThan(0),
  );

  it("points into a condition of several lines", () => {
    const [fault] = of(rule("a", 'channel.minors\n  && item.surfase == "post"'));
    expect(fault).toMatchObject({ pointer: "/rules/0/when", line: 2, column: 6, length: 12, rule: "a" });
  });

  it("takes two rules of one name for a mistake", () => {
    expect(messages(of(rule("a", "channel.minors"), rule("a", "author.verified")))).toEqual([
      "a: another rule of this policy has this name",
    ]);
  });

  it.each([
    ["label.insult.probability >= 80", /between 0 and 1: this comparison never holds/, "did you mean 0.8?"],
    ["0.5 < label.insult.probability || label.spam.severity > 7", /between 0 and 7.*never/, "write >= 7"],
    ["label.insult.probability >= 0", /always/, undefined],
    ["label.insult.probability >= (channel.minors ? 1.3 : 0.5)", /never/, undefined],
    ["time.hour == 24", /0 and 23.*never/, "write at most 23"],
    ["item.rating > 5", /1 and 5.*never/, "write >= 5"],
    ["features.links_total < 0", /never below 0.*never/, undefined],
    ["label.insult.severity > 6.5 && label.insult.severity < 6.8", /contradict/, undefined],
    ["features.links_total > 3 && features.links_total < 2", /contradict/, undefined],
    ["features.links_total > 2 && features.links_total < 3", /contradict/, undefined],
    ['item.kind == "post" && item.kind == "review"', /contradict/, undefined],
    ['item.kind == "post" && item.kind in ["review", "audience"]', /contradict/, undefined],
    ['item.kind != "post" && item.kind != "review" && item.kind != "audience"', /contradict/, undefined],
    ["channel.minors && !channel.minors", /contradict/, undefined],
    ['item.brands.exists(b, b == "x") && !item.brands.exists(b, b == "x")', /contradict/, undefined],
    [
      "label.insult.probability >= (channel.minors ? 0.3 : 0.5) && label.insult.probability < 0.2",
      /contradict/,
      undefined,
    ],
    ["false", /contradict/, undefined],
    ["1 > 2", /contradict/, undefined],
    ["channel.minors || !channel.minors", /every item/, /true/],
    ["features.links_total > 2 || features.links_total <= 2", /every item|always/, undefined],
    ['item.visibility in ["public", "private"]', /every item/, undefined],
  ] as const)("finds what can never, or must always, hold: %s", (when, message, fix) => {
    const [fault, ...others] = of(rule("one", when));
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ rule: "one", message: expect.stringMatching(message) });
    if (fix) expect(fault?.fix).toMatch(fix);
  });

  it.each([
    "author.age_days < 3 || author.age_days >= 3",
    "!(author.age_days < 3)",
    "features.links_total > 2 && features.links_total < 4",
    "features.toxicity > 0.2 && features.toxicity < 0.3",
    "label.insult.severity >= 7 && label.insult.probability == 1.0",
    'item.country != "GB" && item.country != "DE"',
    'author.age_band != "adult" && author.age_band in ["under_13", "13_15"]',
    "features.words > features.links_total && features.links_total > features.words - 3",
  ])("leaves alone what may hold or not: %s", (when) => expect(of(rule("one", when))).toEqual([]));

  it("finds rules that can never decide", () => {
    const spam = "label.spam.probability >= 0.5";
    const cases = [
      [[rule("a", spam), rule("b", spam)], "b: never decides: it has the same condition as rule a"],
      [[rule("a", spam), rule("b", "0.5 <= label.spam.probability")], "b: never decides: it has the same condition"],
      [[rule("a", spam, { action: "hold" }), rule("b", `${spam} && channel.minors`)], "b: never decides: wherever"],
      [[rule("a", `${spam} && channel.minors`), rule("b", spam, { action: "hold" })], "a: never decides: wherever"],
      [[rule("a", `${spam} || channel.minors`), rule("b", "channel.minors")], "b: never decides: wherever"],
      [[rule("a", spam, { action: "allow" }), rule("b", "label.spam.probability > 0.7")], "b: never asked"],
      [[rule("a", "true", { action: "allow" }), rule("b", spam, { action: "block" })], "b: never asked"],
      [[rule("a", 'item.kind in ["post", "review"]'), rule("b", 'item.kind == "post"')], "b: never decides"],
    ] as const;
    for (const [rules, expected] of cases) expect(messages(of(...rules))).toEqual([expect.stringContaining(expected)]);
  });

  it("leaves alone rules that decide somewhere", () => {
    const spam = "label.spam.probability >= 0.5";
    for (const rules of [
      [rule("a", spam), rule("b", spam, { action: "hold" }), rule("c", "channel.minors")].slice(1),
      [rule("a", `${spam} && channel.minors`), rule("b", spam)],
      [rule("a", spam), rule("b", "label.spam.probability >= 0.7", { action: "hold" })],
      [rule("a", "author.verified", { action: "allow" }), rule("b", spam)],
      [rule("a", spam), rule("b", `${spam} && author.verified`, { action: "allow" })],
      [rule("a", spam), rule("b", "author.verified", { action: "allow" }), rule("c", spam, { action: "hold" })],
      [rule("a", "author.age_days < 2"), rule("b", "!(author.age_days >= 2)")],
    ])
      expect(messages(of(...rules))).toEqual([]);
  });

  it("warns of a rule for everything, which may be meant", () => {
    const checked = checkPolicy(documentOf([rule("a", "true", { action: "allow" })]));
    expect(checked).toMatchObject({
      ok: true,
      warnings: [{ rule: "a", message: expect.stringContaining("every item") }],
    });
  });

  it("comes to an end, however deeply choices nest", () => {
    const around = (before: string, after: string): string =>
      Array.from({ length: 19 }).reduce<string>((inner) => `((${inner}) ${before}${after})`, "channel.minors");
    expect(of(rule("choices", around("? author.verified : ", "channel.minors")))).toEqual([]);
    expect(of(rule("alike", `${around("== ", "author.verified")} && item.kind == "post"`))).toEqual([]);
    const parts = Array.from({ length: 28 }, (_, n) => `(features.words > ${n} || features.emoji > ${n})`);
    const wide = parts.join(" && ");
    expect(of(rule("wide", wide), rule("other", `${wide} || channel.minors`, { action: "hold" }))).toEqual([]);
  });

  it("warns where what is inherited always decides instead", () => {
    const strict = rule("strict", "label.spam.probability >= 0.5", { action: "hold", locked: true });
    const child = documentOf([rule("mild", "label.spam.probability >= 0.6")], { inherits: "parent" });
    expect(checkPolicy(child, { parents: [documentOf([strict], { id: "parent" })] })).toMatchObject({
      ok: true,
      warnings: [{ rule: "mild", message: expect.stringMatching(/with what it inherits, never decides.*rule strict/) }],
    });
  });

  it("adds up what all conditions cost, those that are inherited among them", () => {
    const dear = 'item.brands.exists(a, item.brands.exists(b, a != b && a == "x"))';
    const many = Array.from({ length: 6 }, (_, n) =>
      rule(`r${n}`, `${dear} && features.words > ${n}`, n % 2 ? {} : { action: "hold" }),
    );
    const child = documentOf([rule("more", `${dear} && channel.minors`, { action: "block" })], { inherits: "parent" });
    expect(faultsOf(child, [documentOf(many, { id: "parent" })])).toMatchObject([
      { pointer: "/rules", message: expect.stringContaining(String(MOST_STEPS_TOGETHER)) },
    ]);
    expect(faultsOf(child, [documentOf(many.slice(0, 1), { id: "parent" })])).toEqual([]);
  });
});

describe("inheritance", () => {
  const root = documentOf(
    [
      rule("locked", "channel.minors", { locked: true }),
      rule("open", "author.verified"),
      rule("third", "item.rating < 3"),
    ],
    { id: "root" },
  );
  const child = (more: Partial<PolicyDocument>, ...rules: PolicyRule[]) =>
    documentOf(rules, { id: "child", inherits: "root", ...more });

  it("neither replaces nor disables what is locked, nor disables what is not there", () => {
    expect(faultsOf(child({}, rule("locked", "author.verified")), [root])).toMatchObject([
      { pointer: "/rules/0/name", message: expect.stringContaining("locked in root") },
    ]);
    expect(faultsOf(child({ disable: ["locked", "opne"] }), [root])).toMatchObject([
      { pointer: "/disable/0", message: expect.stringContaining("locked in root") },
      { pointer: "/disable/1", fix: "did you mean open?" },
    ]);
    expect(faultsOf(child({ disable: ["open"] }, rule("third", "item.rating < 2")), [root])).toEqual([]);
  });

  it("lets a parent change under what inherits, but for what that would no longer pass", () => {
    const heir = child({ disable: ["open"] });
    const breaks = (before: PolicyDocument, after: PolicyDocument) =>
      brokenBy({ id: "root", before: activeOf(before, heir), after: activeOf(after, heir) }, new Map())?.id;
    const activeOf = (...documents: PolicyDocument[]) => new Map(documents.map((one) => [one.id, one]));
    const without = documentOf([rule("locked", "channel.minors", { locked: true })], { id: "root" });
    const closed = documentOf([rule("open", "author.verified", { locked: true })], { id: "root" });
    // Back to before there was what the heir leaves out: nothing stands in the way.
    expect(breaks(root, without)).toBeUndefined();
    expect(breaks(root, closed)).toBe("child");
    expect(breaks(without, closed)).toBe("child");
  });

  it("asks locked rules first, then its own, then what it neither replaces nor disables", () => {
    const middle = documentOf([rule("mine", "has(item.country)", { locked: true }), rule("open", "has(item.rating)")], {
      id: "middle",
      inherits: "root",
    });
    const last = documentOf([rule("own", "author.verified"), rule("locked", "true")], {
      id: "last",
      inherits: "middle",
      disable: ["third"],
    });
    const names = (...chain: PolicyDocument[]) =>
      inheritedRules(chain.map((document) => ({ document }))).map(({ name, when }) => `${name} ${when}`);
    expect(names(last, middle, root)).toEqual([
      "locked channel.minors",
      "mine has(item.country)",
      "own author.verified",
      "open has(item.rating)",
    ]);
    expect(names(root)).toEqual(["locked channel.minors", "open author.verified", "third item.rating < 3"]);
  });
});
