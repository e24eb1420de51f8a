import { expect, it } from "vitest";
import type { Case, Decision } from "../../../shared/domain/case.ts";
import { decide, reverseCase } from "../../../shared/domain/case.ts";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import { caseStore, positionOf } from "../../../shared/store/cases.ts";
import { exampleCase, exampleVerdict, NOW } from "../../unit/domain/examples.ts";
import type { Tables } from "./tables.ts";

const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const made = (id: string): Decision => ({ id, outcome: "uphold", reason: "other", by: "key:1", at: NOW.toISOString() });
const decidedBy = (current: Case, id: string): Case => decide(current, made(id), current.version).case;

/** What every store of cases promises. `tenant` gives a name that no other test uses. */
export function caseStoreSuite(tables: () => Tables, tenant: () => string): void {
  const open = () => {
    const name = tenant();
    const waiting = (index: number, more: Partial<Verdict> = {}, seconds = index) =>
      exampleCase(`post-${index}`, { tenant: name, ...more }, at(seconds));
    return { store: caseStore(tables().cases), name, waiting };
  };

  it("opens a case once and gives it back whole", async () => {
    const { store, name, waiting } = open();
    const one = waiting(1);
    expect(await store.open(one)).toBe(true);
    expect(await store.open(waiting(1, {}, 99))).toBe(false);
    expect(await store.get(name, one.id)).toEqual(one);
    expect(await store.get(`${name}x`, one.id)).toBeUndefined();
  });

  it("lets exactly one of twenty at the same time open it", async () => {
    const { store, waiting } = open();
    const opened = await Promise.all(Array.from({ length: 20 }, (_, index) => store.open(waiting(1, {}, index))));
    expect(opened.filter(Boolean)).toHaveLength(1);
  });

  it("lets exactly one of twenty decisions at the same time win", async () => {
    const { store, name, waiting } = open();
    const one = waiting(1);
    await store.open(one);
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) => store.decide(decidedBy(one, `decision-${index}`), 1, NOW)),
    );
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await store.get(name, one.id)).toEqual(decidedBy(one, `decision-${results.indexOf(true)}`));
  });

  it("decides no case that is not there", async () => {
    const { store, name, waiting } = open();
    const one = waiting(1);
    expect(await store.decide(decidedBy(one, "decision-1"), 1, NOW)).toBe(false);
    expect(await store.get(name, one.id)).toBeUndefined();
  });

  it("gives many at once, each once, and none that is not there", async () => {
    const { store, name, waiting } = open();
    const all = Array.from({ length: 120 }, (_, index) => waiting(index));
    for (const one of all) await store.open(one);
    const ids = all.map(({ id }) => id);
    const found = await store.getMany(name, [...ids, ...ids.slice(0, 5), "x".repeat(22)]);
    expect(found.map(({ id }) => id).sort()).toEqual(ids.sort());
    expect(await store.getMany(name, [])).toEqual([]);
  });

  it("amends a case that stays in its lane, unless somebody was faster", async () => {
    const { store, name, waiting } = open();
    const one = waiting(1);
    await store.open(one);
    const reversed = { by: "undo:aaaaaaaa-00000000-run", at: NOW.toISOString(), from: "hold", to: "flag" } as const;
    const amended = reverseCase(one, reversed);
    expect(await store.amend(amended, 1)).toBe(true);
    expect(await store.amend(amended, 1)).toBe(false);
    expect(await store.get(name, one.id)).toEqual({ ...one, reversed, version: 2 });
    expect(await store.lane(name, one.queue, one.lane, 5)).toEqual([{ ...one, reversed, version: 2 }]);
  });

  it("takes a decided case out of its lane", async () => {
    const { store, name, waiting } = open();
    const [one, two] = [waiting(1), waiting(2)];
    await store.open(one);
    await store.open(two);
    expect(await store.lane(name, "default", "medium", 10)).toEqual([one, two]);
    await store.decide(decidedBy(one, "decision-1"), 1, NOW);
    expect(await store.lane(name, "default", "medium", 10)).toEqual([two]);
  });

  it("lists a lane by waiting time, and goes on after a position, whatever the shard", async () => {
    const { store, name, waiting } = open();
    const all = Array.from({ length: 30 }, (_, index) => waiting(index, {}, 1_000 - (index >> 1)));
    await Promise.all(all.map((one) => store.open(one)));
    await store.open(waiting(100, { lane: "high" }));
    await store.open(waiting(101, { queue: "appeals" }));
    await store.open(exampleCase("post-102", { tenant: `${name}x` }));
    const order = [...all].sort((a, b) => (positionOf(a) < positionOf(b) ? -1 : 1)).map(({ id }) => id);
    const seen: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await store.lane(name, "default", "medium", 7, after);
      const last = page.at(-1);
      if (!last) break;
      seen.push(...page.map(({ id }) => id));
      after = positionOf(last);
    }
    expect(seen).toEqual(order);
  });

  it("lists a lane whole where its cases are larger than one answer of DynamoDB", async () => {
    const { store, name, waiting } = open();
    const letters = (index: number) =>
      [...String(index)].map((digit) => String.fromCharCode(97 + Number(digit))).join("");
    const params = Object.fromEntries(Array.from({ length: 1_500 }, (_, index) => [letters(index), "x".repeat(60)]));
    const labels = exampleVerdict().labels.map((one) => ({ ...one, reasons: [{ code: "text.insult", params }] }));
    const all = Array.from({ length: 60 }, (_, index) => waiting(index, { labels }));
    await Promise.all(all.map((one) => store.open(one)));
    expect((await store.lane(name, "default", "medium", 200)).map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect((await store.lane(name, "default", "medium", 50)).map(({ id }) => id)).toEqual(
      all.slice(0, 50).map(({ id }) => id),
    );
  });

  it("owes the event of a decision until it is settled, and shows it only when it is due", async () => {
    const { store, name, waiting } = open();
    const all = Array.from({ length: 8 }, (_, index) => waiting(index));
    for (const one of all) await store.open(one);
    for (const [index, one] of all.entries())
      await store.decide(decidedBy(one, `decision-${index}`), 1, at(index < 6 ? 100 : 200));
    const due = async (seconds: number) => (await store.owing(at(seconds), 100)).filter((one) => one.tenant === name);
    expect(await due(100)).toEqual([]);
    expect((await due(101)).map(({ id }) => id).sort()).toEqual(
      all
        .slice(0, 6)
        .map(({ id }) => id)
        .sort(),
    );
    await store.settle(name, all[0]?.id ?? "", "decision-0");
    await store.settle(name, all[1]?.id ?? "", "another-decision");
    expect((await due(101)).map(({ id }) => id).sort()).toEqual(
      all
        .slice(1, 6)
        .map(({ id }) => id)
        .sort(),
    );
    expect(await due(201)).toHaveLength(7);
  });

  it("settles twice without complaint", async () => {
    const { store, name, waiting } = open();
    const one = waiting(1);
    await store.open(one);
    await store.decide(decidedBy(one, "decision-1"), 1, NOW);
    for (let round = 0; round < 2; round += 1) await store.settle(name, one.id, "decision-1");
    expect(await store.get(name, one.id)).toMatchObject({ state: "decided" });
  });
}
