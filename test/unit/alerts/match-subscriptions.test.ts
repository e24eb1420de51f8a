import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventOfBreaker, eventsOfVerdict } from "../../../shared/alerts/alert-event.ts";
import { compileSubscriptions } from "../../../shared/alerts/match-subscriptions.ts";
import { FLOW_KINDS } from "../../../shared/domain/breaker.ts";
import type { LabelName } from "../../../shared/domain/label.ts";
import type { Subscription } from "../../../shared/domain/subscription.ts";
import { ACTIONS, type Verdict } from "../../../shared/domain/verdict.ts";
import { exampleVerdict, NOW } from "../domain/examples.ts";
import { exampleSubscription, labelled, subscriptionNo, verdictEvent } from "./alert-examples.ts";

const wants = (document: Record<string, unknown>, made: Partial<Verdict>, more: Partial<Subscription> = {}): boolean =>
  compileSubscriptions([exampleSubscription(document, more)]).match(verdictEvent(made)).length === 1;

describe("what a subscription hears of", () => {
  it.each([
    [{ kinds: ["post"] }, {}, { ref: { kind: "review", id: "r", revision: "1" } }],
    [{ brands: ["shoes"] }, { brandIds: ["hats", "shoes"] }, { brandIds: ["hats"] }],
    [{ targets: ["hotel"] }, { targetId: "hotel" }, { targetId: "inn" }],
    [{ accounts: ["author-1"] }, {}, { authorId: "author-2" }],
    [{ labels: ["insult"] }, {}, { labels: [labelled("spam")] }],
    [
      { labels: ["insult"], minSeverity: 5 },
      { labels: [labelled("insult", 5)] },
      { labels: [labelled("spam", 7), labelled("insult", 4)] },
    ],
    [{ minSeverity: 4 }, { severity: 4 }, { severity: 3 }],
    [{ actions: ["hold"] }, { action: "hold" }, { action: "flag" }],
    [{ actions: ["allow"] }, { action: "allow" }, { action: "flag" }],
    [{ languages: ["en"] }, { language: "en-GB" }, { language: "eng" }],
    [{ languages: ["pt-BR"] }, { language: "pt-br" }, { language: "pt" }],
  ] as const)("goes by %j", (filter, inside, outside) => {
    expect(wants({ filter }, inside as Partial<Verdict>)).toBe(true);
    expect(wants({ filter }, outside as Partial<Verdict>)).toBe(false);
  });

  it("leaves out what was allowed unless it is asked for", () => {
    expect(wants({}, { action: "allow" })).toBe(false);
    expect(wants({}, { action: "flag" })).toBe(true);
  });

  it("goes by a condition over the item, and never over who is followed by how many", () => {
    const when = "label.insult.probability > 0.8 && features.words < 10";
    expect(wants({ when }, {})).toBe(true);
    expect(wants({ when }, { features: { words: 12 } })).toBe(false);
    const reach = compileSubscriptions([exampleSubscription({ when: "author.followers > 10" })]);
    expect(reach.unreadable).toEqual(["sub_aaaaaaaaaaaa"]);
    expect(reach.match(verdictEvent())).toEqual([]);
  });

  it("is of its own brands only where a brand's member made it", () => {
    const owner = { actor: "key:b", role: "brand", brands: ["shoes"] } as const;
    expect(wants({}, { brandIds: ["shoes"] }, { owner: { ...owner, brands: ["shoes"] } })).toBe(true);
    expect(wants({}, { brandIds: ["hats"] }, { owner: { ...owner, brands: ["shoes"] } })).toBe(false);
    expect(wants({}, { brandIds: [] }, { owner: { ...owner, brands: ["shoes"] } })).toBe(false);
    expect(
      wants({ filter: { brands: ["hats"] } }, { brandIds: ["hats"] }, { owner: { ...owner, brands: ["shoes"] } }),
    ).toBe(false);
    expect(wants({}, { brandIds: ["hats"] }, { owner: { actor: "key:b", role: "brand" } })).toBe(false);
  });

  it("goes on in the inbox while its receiver fails, and stands still by somebody's hand", () => {
    const at = NOW.toISOString();
    expect(wants({}, {}, { paused: { why: "failing", at } })).toBe(true);
    expect(wants({}, {}, { paused: { why: "by_hand", at } })).toBe(false);
  });

  it("knows the target beside the review, and the breaker", () => {
    const storm = exampleVerdict({
      ref: { kind: "review", id: "r", revision: "1" },
      targetId: "hotel",
      labels: [labelled("rating_storm")],
    });
    const ofTarget = compileSubscriptions([exampleSubscription({ places: ["target"] })]);
    expect(eventsOfVerdict(storm).map((event) => ofTarget.match(event).length)).toEqual([0, 1]);
    const breaker = eventOfBreaker("acme", {
      id: "e1",
      type: "breaker.opened",
      at: NOW.toISOString(),
      quarantine: {
        id: "q",
        subject: "label",
        name: "spam",
        kind: "post",
        effect: "flag",
        at: NOW.toISOString(),
        until: NOW.toISOString(),
        usual: 0.01,
        factor: 5,
        seen: 0.2,
        hits: 20,
        items: 100,
      },
    });
    const matches = (filter: object) =>
      compileSubscriptions([exampleSubscription({ places: ["breaker"], filter })]).match(breaker).length;
    expect(
      [{}, { labels: ["spam"] }, { labels: ["scam"] }, { kinds: ["post"] }, { kinds: ["review"] }].map(matches),
    ).toEqual([1, 1, 0, 1, 0]);
  });
});

const LABELS: readonly LabelName[] = ["insult", "spam", "scam", "adverse_event"];
const some = <Of>(of: readonly Of[]) =>
  fc.option(fc.uniqueArray(fc.constantFrom(...of), { minLength: 1, maxLength: 3 }), { nil: undefined });
const anySubscription = fc.record({
  places: fc.uniqueArray(fc.constantFrom("verdict", "target", "audience"), { minLength: 1 }),
  when: fc.option(fc.constantFrom("label.insult.severity >= 3", "features.words < 5", '"a" in item.brands'), {
    nil: undefined,
  }),
  filter: fc.record({
    kinds: some(FLOW_KINDS),
    brands: some(["a", "b", "c"]),
    targets: some(["t1", "t2"]),
    accounts: some(["u1", "u2"]),
    labels: some(LABELS),
    minSeverity: fc.option(fc.integer({ min: 0, max: 7 }), { nil: undefined }),
    actions: some(ACTIONS),
    languages: some(["en", "de", "pt-BR"]),
  }),
});
const anyVerdict = fc.record({
  ref: fc.record({
    kind: fc.constantFrom("post", "review", "audience"),
    id: fc.constant("x"),
    revision: fc.constant("1"),
  }),
  action: fc.constantFrom(...ACTIONS),
  severity: fc.integer({ min: 0, max: 7 }),
  labels: fc.uniqueArray(
    fc.tuple(fc.constantFrom<LabelName>(...LABELS, "rating_storm"), fc.integer({ min: 0, max: 7 })),
    { selector: ([name]) => name, maxLength: 4 },
  ),
  features: fc.record({ words: fc.integer({ min: 0, max: 9 }) }),
  language: fc.constantFrom("en", "en-GB", "de", "pt-BR", undefined),
  authorId: fc.constantFrom("u1", "u2", "u3"),
  targetId: fc.constantFrom("t1", "t2", "t3", undefined),
  brandIds: fc.uniqueArray(fc.constantFrom("a", "b", "c", "d")),
});

describe("the index", () => {
  it("finds what asking each subscription by itself finds, and nothing twice", () => {
    fc.assert(
      fc.property(
        fc.array(anySubscription, { maxLength: 12 }),
        fc.array(anyVerdict, { minLength: 1, maxLength: 4 }),
        (documents, verdicts) => {
          const subscriptions = documents.map((document, n) =>
            exampleSubscription(JSON.parse(JSON.stringify(document)) as object as Record<string, unknown>, {
              id: subscriptionNo(n),
            }),
          );
          const all = compileSubscriptions(subscriptions);
          for (const { labels, ...made } of verdicts) {
            const whole = JSON.parse(JSON.stringify({ ...exampleVerdict(), ...made })) as Verdict;
            const one = { ...whole, labels: labels.map(([name, severity]) => labelled(name, severity)) };
            for (const event of eventsOfVerdict(one)) {
              const found = all.match(event).map(({ id }) => id);
              const asked = subscriptions.filter((each) => compileSubscriptions([each]).match(event).length > 0);
              expect(found.sort()).toEqual(asked.map(({ id }) => id).sort());
            }
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
