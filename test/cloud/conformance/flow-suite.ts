import { expect, it } from "vitest";
import { type BreakerState, CALM } from "../../../shared/domain/breaker.ts";
import type { ShadowDifference } from "../../../shared/domain/shadow.ts";
import { afterTrips } from "../../../shared/policy/breaker.ts";
import { breakerStates } from "../../../shared/store/breaker-states.ts";
import { flowCounts } from "../../../shared/store/flow-counts.ts";
import { shadowDifferenceStore } from "../../../shared/store/shadow-differences.ts";
import { exampleTrip, NOW } from "../../unit/domain/examples.ts";
import type { Tables } from "./tables.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
const at = (milliseconds: number): Date => new Date(NOW.getTime() + milliseconds);

/** What the counts of the flow, the breaker's state and the differences of candidates promise. */
export function flowSuite(tables: () => Tables, tenant: () => string): void {
  it("adds up counts of ten minutes, whoever adds, and answers with all of them", async () => {
    const [store, other, name] = [flowCounts(tables().signals), flowCounts(tables().signals), tenant()];
    const first = await store.add(name, { "post|n": 10, "post|r|insult": 2 }, 7, at(9.9 * MINUTE));
    expect(first).toEqual({ slot: NOW, counts: { "post|n": 10, "post|r|insult": 2 }, epoch: 7 });
    expect(await other.add(name, { "post|n": 5, "post|l|spam": 1 }, 8, at(0))).toEqual({
      slot: NOW,
      counts: { "post|n": 15, "post|r|insult": 2, "post|l|spam": 1 },
      epoch: 8,
    });
    await store.add(name, { "post|n": 1 }, 8, at(10 * MINUTE));
    await store.add(name, { "post|n": 1 }, 6, at(-10 * MINUTE));
    const counted = async (from: number, to: number) =>
      (await store.between(name, at(from), at(to))).map(({ counts }) => counts["post|n"]);
    expect(await counted(-DAY, DAY)).toEqual([1, 15, 1]);
    expect(await counted(0, 10 * MINUTE)).toEqual([15]);
    expect(await store.between(tenant(), at(-DAY), at(DAY))).toEqual([]);
  });

  it("loses no count of many that are added at once, and takes hundreds of counters", async () => {
    const [store, name] = [flowCounts(tables().signals), tenant()];
    const counters = Object.fromEntries(Array.from({ length: 450 }, (_, index) => [`post|r|rule-${index}`, 1]));
    await Promise.all(Array.from({ length: 4 }, () => store.add(name, counters, 1, NOW)));
    const { counts } = await store.add(name, { "post|n": 1 }, 1, NOW);
    expect(Object.keys(counts)).toHaveLength(451);
    // A count whose answer was lost may be counted again; none is lost.
    expect(Math.min(...Object.keys(counters).map((counter) => counts[counter] ?? 0))).toBe(4);
  });

  it("keeps what was made of the slots, the latest of it", async () => {
    const [store, name] = [flowCounts(tables().signals), tenant()];
    expect(await store.digest(name)).toBeUndefined();
    for (const value of [{ bands: { a: 0.25 } }, { bands: {} }]) {
      await store.putDigest(name, { at: NOW, value });
      expect(await store.digest(name)).toEqual({ at: NOW, value });
    }
    expect(await store.between(name, at(-DAY), at(DAY))).toEqual([]);
  });

  it("lets exactly one of ten at once change a breaker's state, and says so", async () => {
    const [store, name] = [breakerStates(tables().signals), tenant()];
    expect(await store.read(name, true)).toEqual(CALM);
    const next = (id: string, state: BreakerState = CALM) => afterTrips(state, [exampleTrip], NOW, () => id);
    const made = Array.from({ length: 10 }, (_, index) => next(`q${index}`));
    const results = await Promise.all(made.map((one) => store.change(name, one)));
    expect(results.filter(Boolean)).toHaveLength(1);
    const winner = made[results.indexOf(true)] ?? CALM;
    expect(await store.read(name, true)).toEqual(winner);
    // What stands already is not changed by a change of what was before.
    expect(await store.change(name, { ...CALM, version: 1 })).toBe(false);
    const later = { ...winner, version: 2, owed: [] };
    expect(await store.change(name, later)).toBe(true);
    // The same again is the SDK's own second try.
    expect(await store.change(name, later)).toBe(true);
    expect(await store.read(tenant(), true)).toEqual(CALM);
  });

  it("keeps a candidate's differing items once, newest first, and adds up what it was asked", async () => {
    const name = tenant();
    const stores = [1, 2].map(() => shadowDifferenceStore(tables().verdicts, tables().signals));
    const [store, other] = stores;
    if (!store || !other) throw new Error("no store");
    const of = { id: "house", version: 2 };
    const opinion = (action: "flag" | "hold") => ({
      action,
      queue: "default",
      policy: { id: "house", version: 1, rule: "insult", reasonCode: "insult" },
    });
    const difference = (id: string, time: number): ShadowDifference => ({
      ref: { kind: "post", id, revision: "r1" },
      scoredAt: at(time).toISOString(),
      surface: "comment",
      labels: [{ label: "insult", probability: 0.9 }],
      decided: opinion("flag"),
      candidate: { ...opinion("hold"), values: { "label.insult.probability": 0.9 } },
    });
    const all = Array.from({ length: 60 }, (_, index) => difference(`p${index}`, index * 1_000));
    for (let from = 0; from < all.length; from += 10) await store.keep(name, of, all.slice(from, from + 10));
    await other.keep(name, of, all.slice(5, 25));
    const latest = await store.latest(name, of, 50, NOW);
    expect(latest).toEqual(all.toReversed().slice(0, 50));
    expect(await store.latest(name, of, 50, at(37 * DAY))).toEqual([]);
    expect(await store.latest(name, { ...of, version: 1 }, 50, NOW)).toEqual([]);

    expect(await store.counts(name, of, NOW)).toEqual({ evaluated: 0, moves: {} });
    await store.count(name, of, { evaluated: 10, moves: {} }, NOW);
    await other.count(name, of, { evaluated: 7, moves: { "flag>hold": 2, "allow>flag": 1 } }, at(MINUTE));
    await store.count(name, of, { evaluated: 3, moves: { "flag>hold": 3 } }, at(2 * MINUTE));
    expect(await other.counts(name, of, at(3 * MINUTE))).toEqual({
      evaluated: 20,
      moves: { "flag>hold": 5, "allow>flag": 1 },
      since: NOW,
    });
    expect(await other.counts(tenant(), of, NOW)).toEqual({ evaluated: 0, moves: {} });
  });
}
