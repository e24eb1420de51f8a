import { describe, expect, it } from "vitest";
import { type BreakerState, breakerState, CALM, standing } from "../../../shared/domain/breaker.ts";
import { type FlowSlot, SLOT_MS } from "../../../shared/domain/flow-slot.ts";
import { afterPublishing, afterReset, afterTrips, tripsOf } from "../../../shared/policy/breaker.ts";
import { usualOf } from "../../../shared/policy/breaker-bands.ts";
import { countersOf } from "../../../shared/policy/flow.ts";
import { exampleTrip, exampleVerdict, NOW } from "../domain/examples.ts";

const DAY_SLOTS = 144;
const FACTOR = 5;
const BEGIN = Date.parse("2026-11-01T00:00:00Z");

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const hitsOf = (items: number, share: number, next: () => number): number => {
  let hits = 0;
  for (let item = 0; item < items; item += 1) if (next() < share) hits += 1;
  return hits;
};

/** More by day than by night, by a factor of three. */
const rhythm = (slot: number): number => 1 + 0.5 * Math.sin((2 * Math.PI * slot) / DAY_SLOTS);

interface Flow {
  readonly items: (slot: number) => number;
  /** By counter without its kind, such as `r|insult`. */
  readonly shares: (slot: number) => Readonly<Record<string, number>>;
  readonly epoch?: (slot: number) => number;
}

function slotsOf({ items, shares, epoch = () => 1 }: Flow, from: number, to: number, seed = 1): FlowSlot[] {
  const next = random(seed + from);
  return Array.from({ length: to - from }, (_, index) => {
    const slot = from + index;
    const all = Math.round(items(slot));
    const hits = Object.entries(shares(slot)).flatMap(([name, share]) => {
      const count = hitsOf(all, share, next);
      return count === 0 ? [] : [[`post|${name}`, count] as const];
    });
    return {
      slot: new Date(BEGIN + slot * SLOT_MS),
      epoch: epoch(slot),
      counts: { ...(all > 0 ? { "post|n": all } : {}), ...Object.fromEntries(hits) },
    };
  });
}

const FORTNIGHT = 14 * DAY_SLOTS;
/** Insults by night are three times as usual as by day, links half as. */
const shares = (slot: number) => ({
  "r|insult": 0.02 * rhythm(slot + DAY_SLOTS / 2),
  "l|insult": 0.03 * rhythm(slot + DAY_SLOTS / 2),
  "r|links": 0.004 * rhythm(slot),
});
const calm: Flow = { items: (slot) => 200 * rhythm(slot), shares };
const tripsIn = (slots: readonly FlowSlot[], usual: ReturnType<typeof usualOf>, factor = FACTOR) =>
  slots.flatMap((slot) => tripsOf(slot, usual, factor).map((trip) => ({ ...trip, at: slot.slot.getTime() })));

describe("a share that leaves its usual band", () => {
  it("is seen in the ten minutes in which it does, by its rule and its label", () => {
    const usual = usualOf(slotsOf(calm, 0, FORTNIGHT));
    const flood: Flow = { ...calm, shares: (slot) => ({ ...shares(slot), "r|links": 0.2, "l|spam": 0.2 }) };
    const [first] = slotsOf(flood, FORTNIGHT, FORTNIGHT + 1);
    if (!first) throw new Error("no slot");
    const trips = tripsOf(first, usual, FACTOR);
    expect(trips.map(({ subject, name }) => [subject, name]).sort()).toEqual([
      ["label", "spam"],
      ["rule", "links"],
    ]);
    const links = trips.find(({ name }) => name === "links");
    expect(links).toMatchObject({ kind: "post", effect: "flag", factor: FACTOR, items: first.counts["post|n"] });
    expect(links?.usual).toBeGreaterThan(0.003);
    expect(links?.usual).toBeLessThan(0.02);
    expect(links?.seen).toBeCloseTo(0.2, 1);
  });

  it.each([1, 2, 3, 4, 5])(
    "is none of a daily rhythm, nor of what goes viral: more of everything (seed %i)",
    (seed) => {
      const usual = usualOf(slotsOf(calm, 0, FORTNIGHT, seed));
      const viral: Flow = { ...calm, items: (slot) => (slot % 50 < 6 ? 30 : 1) * calm.items(slot) };
      expect(tripsIn(slotsOf(calm, FORTNIGHT, FORTNIGHT + 5 * DAY_SLOTS, seed), usual)).toEqual([]);
      expect(tripsIn(slotsOf(viral, FORTNIGHT, FORTNIGHT + DAY_SLOTS, seed), usual)).toEqual([]);
    },
  );

  it("is none of a tenant with few items, whose shares jump about", () => {
    const few: Flow = { items: (slot) => (slot % 7 === 0 ? 1 : slot % 11 === 0 ? 60 : 0), shares };
    const usual = usualOf(slotsOf(few, 0, FORTNIGHT));
    expect(tripsIn(slotsOf(few, FORTNIGHT, FORTNIGHT + 7 * DAY_SLOTS), usual)).toEqual([]);
    // It has a band all the same: a flood of sixty is one.
    const flood: FlowSlot = { slot: NOW, epoch: 1, counts: { "post|n": 60, "post|r|links": 40 } };
    expect(tripsOf(flood, usual, FACTOR)).toHaveLength(1);
  });

  it("is none while nothing is known: of a new tenant, a new rule, or new policies", () => {
    const flood = (epoch: number): FlowSlot => ({
      slot: new Date(BEGIN + FORTNIGHT * SLOT_MS),
      epoch,
      counts: { "post|n": 500, "post|r|links": 300, "post|r|new": 300 },
    });
    expect(tripsOf(flood(1), usualOf([]), FACTOR)).toEqual([]);
    expect(tripsOf(flood(1), usualOf(slotsOf(calm, 0, 100)), FACTOR)).toEqual([]);
    const known = usualOf(slotsOf(calm, 0, FORTNIGHT));
    // What these policies never did in a fortnight is not usual; of policies of a moment ago nothing can be said.
    expect(tripsOf(flood(1), known, FACTOR).map(({ name }) => name)).toEqual(["links", "new"]);
    expect(tripsOf(flood(2), known, FACTOR).map(({ name }) => name)).toEqual(["links"]);
    // Seen since three hours, under policies as old.
    const since = FORTNIGHT - 18;
    const changing: Flow = {
      ...calm,
      epoch: (slot) => (slot < since ? 1 : 2),
      shares: (slot) => ({ ...shares(slot), "r|new": slot < since ? 0 : 0.5 }),
    };
    const changed = usualOf(slotsOf(changing, 0, FORTNIGHT));
    expect(tripsOf(flood(2), changed, FACTOR).map(({ name }) => name)).toEqual(["links"]);
  });

  it("stays one though it lasts for a day, and is usual once it has lasted for two", () => {
    const flooded = (days: number): Flow => ({
      ...calm,
      shares: (slot) => ({ ...shares(slot), "r|links": slot >= FORTNIGHT - days * DAY_SLOTS ? 0.2 : 0.004 }),
    });
    const [slot] = slotsOf(flooded(1), FORTNIGHT, FORTNIGHT + 1);
    if (!slot) throw new Error("no slot");
    expect(tripsOf(slot, usualOf(slotsOf(flooded(1), 0, FORTNIGHT)), FACTOR)).toHaveLength(1);
    expect(tripsOf(slot, usualOf(slotsOf(flooded(2), 0, FORTNIGHT)), FACTOR)).toEqual([]);
  });

  it("needs enough items, enough hits, and the factor that is set", () => {
    const usual = usualOf(slotsOf(calm, 0, FORTNIGHT));
    const of = (items: number, hits: number): FlowSlot => ({
      slot: NOW,
      epoch: 1,
      counts: { "post|n": items, "post|r|links": hits },
    });
    expect(tripsOf(of(49, 40), usual, FACTOR)).toEqual([]);
    expect(tripsOf(of(1_000, 9), usual, FACTOR)).toEqual([]);
    expect(tripsOf(of(1_000, 100), usual, FACTOR)).toHaveLength(1);
    expect(tripsOf(of(1_000, 100), usual, 20)).toEqual([]);
    // Another kind's flow says nothing of this one's.
    const review = { slot: NOW, epoch: 1, counts: { "review|n": 1_000, "review|r|links": 900 } };
    expect(tripsOf(review, usual, FACTOR)).toEqual([]);
  });
});

describe("what is counted of a verdict", () => {
  it("is its kind, its action, the rules that applied and the labels that were found", () => {
    const [label] = exampleVerdict().labels;
    if (!label) throw new Error("no label");
    const labels = [label, { ...label, label: "spam" as const, probability: 0.4 }];
    expect(countersOf(exampleVerdict({ labels }))).toEqual(["post|n", "post|a|flag", "post|r|insult", "post|l|insult"]);
    const matched = ["insult", "rude", "insult"].map((rule) => ({ rule, action: "flag" as const, values: {} }));
    const policy = { ...exampleVerdict().policy, matched };
    expect(countersOf(exampleVerdict({ policy }))).toEqual([
      "post|n",
      "post|a|flag",
      "post|r|insult",
      "post|r|rude",
      "post|l|insult",
    ]);
  });

  it("is no rule in the lane of severe safety, which no flood may switch off", () => {
    expect(countersOf(exampleVerdict({ lane: "severe_safety" }))).toEqual(["post|n", "post|a|flag", "post|l|insult"]);
    const usual = usualOf(slotsOf(calm, 0, FORTNIGHT));
    const counts = { "post|n": 500, "post|l|child_safety": 300, "post|l|spam": 300 };
    const trips = tripsOf({ slot: NOW, epoch: 1, counts }, usual, FACTOR);
    expect(trips.map(({ name, effect }) => [name, effect])).toEqual([
      ["child_safety", "announced"],
      ["spam", "flag"],
    ]);
  });

  it("is nothing of what has no flow", () => {
    const ref = { kind: "follow", id: "f", revision: "r1" } as const;
    expect(countersOf(exampleVerdict({ ref }))).toEqual([]);
    const policy = { ...exampleVerdict().policy, rule: "none", reasonCode: "none" };
    expect(countersOf(exampleVerdict({ action: "allow", policy, labels: [] }))).toEqual(["post|n", "post|a|allow"]);
  });
});

describe("the breaker's state", () => {
  let made = 0;
  const newId = () => {
    made += 1;
    return `q${made}`;
  };
  const later = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
  const who = { by: "key:1", note: "a campaign of ours" };
  const opened = (state: BreakerState = CALM) => afterTrips(state, [exampleTrip], NOW, newId);

  it("holds a subject once, for a day, and owes the events of both ends", () => {
    const state = opened();
    expect(breakerState.parse(state)).toEqual(state);
    expect(state).toMatchObject({ version: 1, quarantines: [exampleTrip], owed: [{ type: "breaker.opened" }] });
    expect(afterTrips(state, [exampleTrip, { ...exampleTrip, kind: "review" }], later(1), newId)).toBe(state);
    expect([standing(state, later(23.99)), standing(state, later(24.01))]).toEqual([state.quarantines, []]);
    const over = afterTrips(state, [], later(24.01), newId);
    expect(over).toMatchObject({ version: 2, quarantines: [] });
    expect(over.owed.map(({ type, by }) => [type, by])).toEqual([
      ["breaker.opened", undefined],
      ["breaker.closed", "time"],
    ]);
    // A flood that lasts is held again, and people are told again.
    const again = afterTrips(state, [exampleTrip], later(24.01), newId);
    expect(again.quarantines).toHaveLength(1);
    expect(again.history.map(({ type }) => type)).toEqual(["breaker.opened", "breaker.closed", "breaker.opened"]);
  });

  it("is reset by a person, learns anew for a day, and holds again only then", () => {
    const reset = afterReset(opened(), exampleTrip, later(1), who);
    if (!reset) throw new Error("not reset");
    expect(breakerState.parse(reset)).toEqual(reset);
    expect(reset).toMatchObject({ version: 2, quarantines: [], history: [{ by: "key:1", note: who.note }, {}] });
    expect(JSON.stringify(reset.owed)).not.toContain(who.note);
    expect(afterTrips(reset, [exampleTrip], later(24.9), newId)).toBe(reset);
    expect(afterTrips(reset, [exampleTrip], later(25.1), newId).quarantines).toHaveLength(1);
    expect(afterReset(reset, exampleTrip, later(2), who)).toBe(reset);
    expect(afterReset(reset, { subject: "label", name: "links" }, later(2), who)).toBeUndefined();
    expect(afterReset(CALM, exampleTrip, NOW, who)).toBeUndefined();
  });

  it("learns a reset subject from the reset on", () => {
    const flow: Flow = {
      ...calm,
      shares: (slot) => ({ ...shares(slot), "r|links": slot < FORTNIGHT - 150 ? 0.004 : 0.2 }),
    };
    const slots = slotsOf(flow, 0, FORTNIGHT);
    const [slot] = slotsOf(flow, FORTNIGHT, FORTNIGHT + 1);
    if (!slot) throw new Error("no slot");
    const since = new Date(BEGIN + (FORTNIGHT - 150) * SLOT_MS).toISOString();
    expect(tripsOf(slot, usualOf(slots), FACTOR)).toHaveLength(1);
    expect(tripsOf(slot, usualOf(slots, [{ subject: "rule", name: "links", since }]), FACTOR)).toEqual([]);
  });

  it("forgets what was published, and remembers fifty events", () => {
    let state = opened();
    state = afterPublishing(state, state.owed);
    expect(state).toMatchObject({ version: 2, owed: [] });
    expect(afterPublishing(state, state.history)).toBe(state);
    for (let n = 0; n < 60; n += 1) state = afterTrips(state, [{ ...exampleTrip, name: `rule-${n}` }], NOW, newId);
    expect(breakerState.parse(state).history).toHaveLength(50);
    expect(state.owed).toHaveLength(60);
  });
});
