import { describe, expect, it } from "vitest";
import {
  acknowledge,
  alertIdOf,
  endOf,
  type Gathered,
  grown,
  growthOf,
  isLive,
  isOverdue,
  nextLook,
  nextStep,
  openAlert,
  passedOn,
} from "../../../shared/alerts/alert-life.ts";
import type { Notice } from "../../../shared/alerts/notice.ts";
import { tallyOf, together } from "../../../shared/alerts/tally.ts";
import { type Alert, alert, alertId } from "../../../shared/domain/alert.ts";
import { caseIdOf } from "../../../shared/domain/case.ts";
import { NOW } from "../domain/examples.ts";
import { exampleSubscription, labelled, later, reviewEvent, subscriptionNo, verdictEvent } from "./alert-examples.ts";

const subject = { by: "target", id: "hotel-1" } as const;
const opened = (
  more: { notice?: Notice; document?: Record<string, unknown>; event?: ReturnType<typeof reviewEvent> } = {},
): Alert => {
  const subscription = exampleSubscription(more.document);
  const event = more.event ?? reviewEvent(1);
  const id = alertIdOf(subscription.id, subject, event.facts.id, NOW);
  return openAlert(subscription, event, { id, subject, notice: more.notice ?? { kind: "now" } }, NOW);
};
const gathered = (alert: Alert, count: number, lastAt: Date): Gathered => ({
  tally: { ...alert.tally, count },
  samples: alert.samples,
  lastAt: lastAt.toISOString(),
});

describe("an alert", () => {
  it("fits its schema, and its id tells its day", () => {
    expect(alert.parse(opened())).toEqual(opened());
    expect(alertId.parse(opened().id)).toMatch(/^alr_20261122T120000000_/);
  });

  it("lives while something comes within the hour, a day at the most", () => {
    const since = { openedAt: NOW.toISOString(), lastAt: later(30).toISOString() };
    expect(isLive(since, later(90))).toBe(true);
    expect(isLive(since, later(91))).toBe(false);
    const long = { openedAt: NOW.toISOString(), lastAt: later(24 * 60 - 1).toISOString() };
    expect(isLive(long, later(24 * 60 - 1))).toBe(true);
    expect(isLive(long, later(24 * 60))).toBe(false);
  });

  it("speaks again at 10, 30, 100 and so on, ten minutes after the last word at the earliest", () => {
    expect([1, 9, 10, 29, 30, 99, 100, 214, 300, 3_000].map(nextStep)).toEqual([
      10, 10, 30, 30, 100, 100, 300, 300, 1_000, 10_000,
    ]);
    const one = opened();
    expect(growthOf(one, gathered(one, 9, later(20)), later(20))).toEqual({ ends: false, news: false });
    expect(growthOf(one, gathered(one, 10, later(9)), later(9))).toEqual({ ends: false, news: false });
    expect(growthOf(one, gathered(one, 10, later(10)), later(10))).toEqual({ ends: false, news: true });
  });

  it("ends with a summary where something came since the last word, and silently where not", () => {
    const one = opened();
    expect(growthOf(one, gathered(one, 2, later(5)), later(66))).toEqual({ ends: true, news: true });
    expect(growthOf(one, gathered(one, 1, NOW), later(61))).toEqual({ ends: true, news: false });
  });

  it("is in each digest with what came since", () => {
    const notice = { kind: "gather", reason: "digest", due: later(60).toISOString() } as const;
    const one = opened({ notice });
    expect(growthOf(one, gathered(one, 2, later(15)), later(15)).news).toBe(true);
  });

  it("remembers what was told, and when to look again", () => {
    const one = opened();
    const next = grown(one, gathered(one, 12, later(12)), { ends: false, notice: { kind: "now" } }, later(12));
    expect(next).toMatchObject({ state: "open", version: 2, told: { count: 12, sequence: 1 }, tally: { count: 12 } });
    expect(next.record.map(({ what }) => what)).toEqual(["opened", "told", "grown"]);
    expect(nextLook(next, endOf(NOW.toISOString(), later(12).toISOString()), later(12))?.getTime()).toBe(
      later(72).getTime() + 1,
    );
    const end = grown(next, gathered(next, 12, later(12)), { ends: true }, later(73));
    expect(end).toMatchObject({ state: "ended", told: { sequence: 1 } });
    expect(nextLook(end, later(99), later(73))).toBeUndefined();
  });

  it("keeps a bounded record, its beginning included", () => {
    let one = opened();
    for (let n = 1; n < 200; n++)
      one = grown(one, gathered(one, n, later(n)), { ends: false, notice: { kind: "now" } }, later(n));
    expect(one.record).toHaveLength(60);
    expect(one.record[0]?.what).toBe("opened");
    expect(one.record.at(-1)?.count).toBe(199);
    expect(alert.parse(one)).toEqual(one);
  });
});

describe("a duty", () => {
  const event = verdictEvent({ labels: [labelled("adverse_event")] });
  const document = { duty: { ackMinutes: 15, escalateTo: subscriptionNo(2) } };
  const other = exampleSubscription(
    { duty: { ackMinutes: 30, escalateTo: subscriptionNo(3) } },
    { id: subscriptionNo(2) },
  );

  it("is what adverse events and harm to life are, and nothing else", () => {
    expect(opened({ event }).duty).toEqual({ escalated: 0, due: later(60).toISOString() });
    expect(opened({ event: verdictEvent({ lane: "severe_safety" }) }).duty).toBeDefined();
    expect(opened({ event: reviewEvent(1) }).duty).toBeUndefined();
  });

  it("is passed on when nobody acknowledged in time, then by the next one's duty", () => {
    const one = opened({ event, document });
    expect(isOverdue(one, later(14))).toBe(false);
    expect(isOverdue(one, later(15))).toBe(true);
    const next = passedOn(one, { to: other, notReached: [], own: undefined }, later(15));
    expect(next.duty).toEqual({
      escalated: 1,
      due: later(45).toISOString(),
      escalateTo: subscriptionNo(3),
      passedTo: [subscriptionNo(2)],
    });
    expect(next.record.at(-1)).toMatchObject({ what: "escalated", to: subscriptionNo(2) });
    expect(isOverdue(passedOn(next, { to: undefined, notReached: [], own: undefined }, later(45)), later(500))).toBe(
      false,
    );
  });

  it("ends its escalations, though two subscriptions pass it to each other", () => {
    let one = opened({ event, document });
    for (let n = 0; n < 20 && isOverdue(one, later(10_000)); n++)
      one = passedOn(one, { to: other, notReached: [], own: undefined }, later(n));
    expect(one.duty?.escalated).toBe(5);
  });

  it("is over once somebody acknowledged; the first stays", () => {
    const seen = acknowledge(opened({ event, document }), "key:a", later(3));
    expect(acknowledge(seen, "key:b", later(4))).toBe(seen);
    expect(seen.acknowledged).toEqual({ by: "key:a", at: later(3).toISOString() });
    expect(isOverdue(seen, later(99))).toBe(false);
  });

  it("runs from when the word goes out, not from when quiet hours kept it", () => {
    const notice = { kind: "gather", reason: "quiet", due: later(300).toISOString() } as const;
    expect(opened({ event, document, notice }).duty?.due).toBe(later(315).toISOString());
  });
});

describe("a brand's alert", () => {
  it("names no other brand", () => {
    const subscription = exampleSubscription({}, { owner: { actor: "key:b", role: "brand", brands: ["shoes"] } });
    const event = verdictEvent({ brandIds: ["hats", "shoes"] });
    const made = openAlert(
      subscription,
      event,
      { id: "alr_20261122T120000000_aaaaaaaaaaaaaaaa", subject, notice: { kind: "now" } },
      NOW,
    );
    expect(made.brands).toEqual(["shoes"]);
    expect(JSON.stringify(made)).not.toContain("hats");
  });
});

describe("what an alert keeps", () => {
  it("is nobody's account, which erasure would not find there", () => {
    const ref = { kind: "audience", id: "celebrity", revision: "3" } as const;
    const told = [verdictEvent({ ref, authorId: "celebrity" }), verdictEvent({ authorId: "celebrity" })];
    for (const event of told) expect(JSON.stringify(opened({ event }))).not.toContain("celebrity");
    expect(opened({ event: told[0] as never }).samples).toEqual([{ ...ref, id: caseIdOf("acme", ref) }]);
  });
});

describe("a tally", () => {
  const events = Array.from({ length: 40 }, (_, n) =>
    reviewEvent(n, {
      features: { rating: 1 + (n % 5) },
      language: n % 3 ? "en-GB" : "de",
      scoredAt: later(n).toISOString(),
      labels: n % 2 ? [labelled("fake_review.paid")] : [],
    }),
  );
  const sum = (of: typeof events) => of.map(tallyOf).reduce(together);

  it("adds up to the same in any order", () => {
    const shuffled = [...events].sort((a, b) => (a.facts.id < b.facts.id ? -1 : 1));
    expect(sum(shuffled)).toEqual(sum(events));
    expect(together(sum(events.slice(0, 7)), sum(events.slice(7)))).toEqual(sum(events));
    expect(sum(events)).toMatchObject({
      count: 40,
      stars: [8, 8, 8, 8, 8],
      labels: { "fake_review.paid": 20 },
      languages: { en: 26, de: 14 },
      firstAt: later(0).toISOString(),
      lastAt: later(39).toISOString(),
    });
  });

  it("keeps a bounded number of names and loses no count", () => {
    const many = Array.from({ length: 60 }, (_, n) =>
      reviewEvent(n, {
        language: `${String.fromCharCode(97 + (n % 26))}${String.fromCharCode(97 + Math.floor(n / 26))}x`,
      }),
    );
    const { languages } = sum(many);
    expect(Object.keys(languages).length).toBe(21);
    expect(Object.values(languages).reduce((a, b) => a + b, 0)).toBe(60);
  });
});
