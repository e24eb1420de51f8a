import { describe, expect, it } from "vitest";
import { alertMessage, eventMessage, gatheredMessage } from "../../../shared/alerts/told-facts.ts";
import { type Alert, alert as alertSchema, recordLine } from "../../../shared/domain/alert.ts";
import { LABELS } from "../../../shared/domain/label.ts";
import { outgoing } from "../../../shared/domain/outgoing.ts";
import { toAsciiJson } from "../../../shared/runtime/read-json.ts";
import { NOW } from "../domain/examples.ts";
import { exampleSubscription, later, subscriptionNo } from "./alert-examples.ts";

// The longest of everything that our schemas take.

/** What a row of DynamoDB holds, with room for all that stands beside a message. */
const ROW = 380_000;

const id = (name: string) => name.padEnd(128, "x");
const at = "2026-11-23T00:00:00.000+00:00";
const subscription = exampleSubscription({ name: "ü".repeat(80) });
const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));
const ref = (n: number) => ({ kind: "audience" as const, id: id(`r${n}`), revision: id(`v${n}`) });
const labels = Object.keys(LABELS);

const largest = (n: number): Alert => {
  const item = {
    ...({ kind: "review", ref: ref(n), action: "hold", severity: 7, lane: "severe_safety" } as const),
    labels: labels.slice(0, 12).map((label) => ({ label, probability: 0.123456789012345, severity: 7 })),
    policy: { id: id("policy"), version: 999_999, rule: "r".repeat(100), reasonCode: "c".repeat(100) },
    ...({ visibility: "private", surface: "s".repeat(40), brands: many(20, (k) => id(`b${k}`)) } as const),
    ...{ language: "zh-Hant-TW", target: id("t"), account: id("a"), rating: 4.5, receivedAt: at },
  };
  return alertSchema.parse({
    id: `alr_20261123T000000000_${String(n).padStart(16, "0")}`,
    tenant: "t".repeat(40),
    subscription: subscription.id,
    place: "subscription",
    subject: { by: "subscription", id: "s".repeat(300) },
    brands: many(20, (k) => id(`b${k}`)),
    state: "open",
    lane: "severe_safety",
    openedAt: at,
    first: {
      ...{ id: `evt_${String(n).padStart(22, "0")}`, type: "subscription.paused", tenant: "t".repeat(40) },
      ...{ place: "subscription", at, item },
      case: { id: "c".repeat(22), state: "s".repeat(20), queue: "q".repeat(40) },
      decision: {
        ...{ id: "d".repeat(64), outcome: "o".repeat(20), reason: "r".repeat(40), by: "b".repeat(64), at },
        ...{ version: 999_999, reversal: { from: "block", to: "allow" } },
      },
      paused: { id: "p".repeat(20), name: "ü".repeat(80), why: "w".repeat(60) },
    },
    tally: {
      ...{ count: 1_000_000, firstAt: at, lastAt: at, stars: [200_000, 200_000, 200_000, 200_000, 200_000], worst: 7 },
      labels: Object.fromEntries(labels.map((label) => [label, 1_000_000])),
      languages: Object.fromEntries(many(21, (k) => [`zh-Hant-${k}`, 1_000_000])),
      actions: { flag: 1_000_000, hold: 1_000_000, block: 1_000_000, allow: 1_000_000 },
    },
    samples: many(20, ref),
    told: { at, count: 1_000_000, sequence: 9_999 },
    notice: { kind: "gather", reason: "digest", due: at },
    duty: { due: at, escalateTo: subscriptionNo(1), escalated: 5, passedTo: many(10, subscriptionNo) },
    acknowledged: { by: "b".repeat(64), at },
    record: many(60, (k) =>
      recordLine.parse({
        at,
        what: "not_reached",
        by: "b".repeat(64),
        to: "t".repeat(64),
        why: "other_brand",
        count: k,
      }),
    ),
    version: 9_999,
  });
};

describe("what is told fits the row that it is stored in", () => {
  const all = many(300, largest);
  const due = later(60).toISOString();
  const gathered = (of: readonly Alert[]) => {
    const made = gatheredMessage(subscription, "digest", of, due);
    if (made.data.about !== "alerts") throw new Error("not gathered");
    return { made: outgoing.parse(made), facts: made.data.alerts };
  };

  it("as many alerts together, all of them counted and as many shown as there is room for", () => {
    const { made, facts } = gathered(all);
    expect(toAsciiJson(made).length).toBeLessThan(ROW);
    expect(facts).toMatchObject({ alerts: 300, events: 300_000_000 });
    expect(facts.shown.length).toBeGreaterThan(20);
    expect(facts.shown.length).toBeLessThanOrEqual(50);
    expect(facts.shown.map(({ id }) => id)).toEqual(
      all
        .map(({ id }) => id)
        .sort()
        .reverse()
        .slice(0, facts.shown.length),
    );
  });

  it("of each of them the first of its items and brands", () => {
    const [shown] = gathered(all.slice(0, 1)).facts.shown;
    expect(shown?.samples).toEqual(many(3, ref));
    expect(shown?.first.item?.brands).toEqual(many(3, (k) => id(`b${k}`)));
    expect(shown?.tally).toEqual(all[0]?.tally);
  });

  it("one alert, one event, and the alert itself", () => {
    const one = largest(1);
    const word = { at: NOW.toISOString(), sequence: 9_999, from: subscription };
    for (const made of [
      alertMessage(subscription, "alert.escalated", one, word),
      eventMessage(subscription, one.first),
      one,
    ])
      expect(toAsciiJson(made).length).toBeLessThan(60_000);
  });
});
