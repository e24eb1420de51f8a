import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { WELL } from "../../../shared/delivery/endpoint-health.ts";
import { concluded, type Delivery, postponed, replayed } from "../../../shared/domain/delivery.ts";
import { deliveryStore } from "../../../shared/store/deliveries.ts";
import { endpointStore } from "../../../shared/store/endpoints.ts";
import type { Tables } from "./tables.ts";

const NOW = new Date("2026-11-23T00:00:00.000Z");
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const SUBSCRIPTION = "sub_aaaaaaaaaaaa";
const SEALED = Buffer.from("sealed");

/** What every store of deliveries and of endpoints promises. `tenant` gives a name that no other test uses. */
export function deliveryStoreSuite(tables: () => Tables, tenant: () => string): void {
  const open = () => {
    const name = tenant();
    const made = (index: number, minutes = index, subscription = SUBSCRIPTION): Delivery => ({
      // The index `due` is shared by all tenants: ids of two tests must differ.
      id: `msg_${createHash("sha256").update(`${name} ${index}`).digest("base64url").slice(0, 22)}`,
      tenant: name,
      subscription,
      type: "verdict.flagged",
      about: `evt_${index}`,
      createdAt: at(minutes).toISOString(),
      state: "waiting",
      attempts: [],
      round: { since: at(minutes).toISOString(), attempts: 0 },
      version: 1,
    });
    return { store: deliveryStore(tables().deliveries), endpoints: endpointStore(tables().deliveries), name, made };
  };
  /** Indexes may be behind: asks until they say it. */
  const eventually = <T>(ask: () => Promise<T>) => expect.poll(ask, { timeout: 20_000, interval: 100 });

  it("stores a delivery once and gives it back whole, to its own tenant", async () => {
    const { store, name, made } = open();
    const one = made(1);
    expect(await store.add(one, SEALED)).toBe(true);
    expect(await store.add(made(1, 5), SEALED)).toBe(false);
    const found = await store.get({ tenant: name, id: one.id }, NOW);
    expect(found?.delivery).toEqual(one);
    expect(Buffer.from(found?.sealed ?? []).equals(SEALED)).toBe(true);
    expect(await store.get({ tenant: `${name}x`, id: one.id }, NOW)).toBeUndefined();
    expect(await store.get({ tenant: name, id: one.id }, at(31 * 1440))).toBeUndefined();
  });

  it("lets exactly one of twenty changes of a version win", async () => {
    const { store, name, made } = open();
    const one = made(1);
    await store.add(one, SEALED);
    const changed = await Promise.all(
      Array.from({ length: 20 }, (_, index) => store.change(postponed(one, at(index), "endpoint_failing"), at(index))),
    );
    expect(changed.filter(Boolean)).toHaveLength(1);
    const found = await store.get({ tenant: name, id: one.id }, NOW);
    expect(found?.delivery).toMatchObject({ version: 2, nextAt: at(changed.indexOf(true)).toISOString() });
    // What is told stays as it was.
    expect(Buffer.from(found?.sealed ?? []).equals(SEALED)).toBe(true);
  });

  it("changes nothing that is not there", async () => {
    const { store, made } = open();
    expect(await store.change(concluded(made(1), "delivered"))).toBe(false);
    expect(await store.putOff({ ...made(1), turns: 0 }, at(5))).toBe(false);
  });

  it("finds what is due, and nothing before its time or that is settled", async () => {
    const { store, name, made } = open();
    const of = { tenant: name, subscription: SUBSCRIPTION };
    const own = async (minutes: number) => (await store.due(of, at(minutes), 100)).map(({ id }) => id);
    const isFound = async (minutes: number, start: number) =>
      (await store.dueEndpoints(at(minutes), start)).filter(({ tenant: its }) => its === name);
    const [one, two, three] = [made(1), made(2), made(3)];
    for (const each of [one, two, three]) await store.add(each, SEALED);
    await store.change(postponed(one, at(10)), at(10));
    await store.change(postponed(two, at(20)), at(20));
    // What some queue is to bring is looked for a quarter of an hour later.
    await eventually(() => own(9)).toEqual([]);
    await eventually(() => own(10)).toEqual([one.id]);
    await eventually(() => own(17)).toEqual([one.id]);
    await eventually(() => own(30)).toEqual([one.id, three.id, two.id]);
    const found = { ...of, id: two.id, version: 2, turns: 0 };
    await eventually(() => store.due(of, at(30), 2)).toEqual([
      { ...found, id: one.id },
      { ...found, id: three.id, version: 1 },
    ]);
    for (const start of [0, 0.3, 0.7, 1]) {
      await eventually(() => isFound(9, start)).toEqual([]);
      await eventually(() => isFound(30, start)).toEqual([of]);
    }
    await store.change(concluded(postponed(one, at(10)), "delivered"));
    await store.change(concluded(three, "cancelled"));
    await eventually(() => own(30)).toEqual([two.id]);
    // The sweep looks again later, unless it was changed meanwhile.
    expect(await store.putOff({ ...found, version: 1 }, at(45))).toBe(false);
    expect(await store.putOff(found, at(45))).toBe(true);
    await eventually(() => own(30)).toEqual([]);
    await eventually(() => store.due(of, at(45), 1)).toEqual([{ ...found, turns: 1 }]);
  });

  it("keeps in sight what waits, however it is written", async () => {
    const { store, name, made } = open();
    const of = { tenant: name, subscription: SUBSCRIPTION };
    const due = async (minutes: number) => (await store.due(of, at(minutes), 9)).map(({ version }) => version);
    const one = made(1);
    await store.add(one, SEALED);
    await eventually(() => due(16)).toEqual([1]);
    const next = postponed(one, at(40));
    await store.change(next);
    await eventually(() => due(54)).toEqual([]);
    await eventually(() => due(55)).toEqual([2]);
    const failed = concluded(next, "failed");
    await store.change(failed);
    await eventually(() => due(9_999)).toEqual([]);
    const again = replayed(failed, at(60));
    if (!again) throw new Error("it cannot be replayed");
    await store.change(again);
    await eventually(() => due(75)).toEqual([4]);
  });

  it("jumps over an endpoint for which much is due, wherever it begins", async () => {
    const { store, name, made } = open();
    const subscriptions = Array.from({ length: 12 }, (_, index) => `sub_${String(index).padStart(12, "0")}`);
    const rows = [
      ...Array.from({ length: 300 }, (_, index) => made(index, 0, subscriptions[0])),
      ...subscriptions.slice(1).map((subscription, index) => made(1_000 + index, 5, subscription)),
    ];
    for (let from = 0; from < rows.length; from += 50)
      await Promise.all(rows.slice(from, from + 50).map((row) => store.add(row, SEALED)));
    for (const start of [0, 0.5, 0.9]) {
      const found = async () =>
        (await store.dueEndpoints(at(30), start))
          .flatMap(({ tenant: its, subscription }) => (its === name ? [subscription] : []))
          .sort();
      await eventually(found).toEqual(subscriptions);
    }
  });

  it("lists what a subscription was sent, newest first, page by page, within a window", async () => {
    const { store, name, made } = open();
    const all = Array.from({ length: 7 }, (_, index) => made(index));
    for (const each of all) await store.add(each, SEALED);
    await store.add(made(99, 3, "sub_bbbbbbbbbbbb"), SEALED);
    const list = async (asked: Parameters<typeof store.log>[2]) =>
      (await store.log(name, SUBSCRIPTION, asked, NOW)).deliveries.map(({ about }) => about);
    await eventually(() => list({ limit: 50 })).toEqual([6, 5, 4, 3, 2, 1, 0].map((index) => `evt_${index}`));
    // From two minutes on, up to and without five.
    expect(await list({ limit: 50, since: at(2), until: at(5) })).toEqual(["evt_4", "evt_3", "evt_2"]);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await store.log(
        name,
        SUBSCRIPTION,
        { limit: 3, since: at(1), ...(after !== undefined && { after }) },
        NOW,
      );
      seen.push(...page.deliveries.map(({ about }) => about));
      after = page.next;
    } while (after !== undefined);
    expect(seen).toEqual([6, 5, 4, 3, 2, 1].map((index) => `evt_${index}`));
  });

  it("keeps what was replayed late until that has ended, and no longer however often it is replayed", async () => {
    const { store, name, made } = open();
    const one = made(1);
    const day = (days: number) => at(days * 1440);
    const stands = async (days: number) => (await store.get({ tenant: name, id: one.id }, day(days))) !== undefined;
    await store.add(one, SEALED);
    const failed = concluded(one, "failed", "attempts_used_up");
    await store.change(failed);
    expect([await stands(29), await stands(31)]).toEqual([true, false]);
    const again = replayed(failed, day(29));
    expect(again && (await store.change(again, day(29)))).toBe(true);
    expect([await stands(33), await stands(35)]).toEqual([true, false]);
    expect(replayed(failed, day(31))).toBeUndefined();
  });

  it("remembers an endpoint, changed by one at a time", async () => {
    const { endpoints, name } = open();
    expect(await endpoints.get(name, SUBSCRIPTION)).toEqual({ secrets: [], health: WELL, version: 0 });
    const secrets = [{ sealed: "c2VhbGVk", since: NOW.toISOString() }];
    const first = await Promise.all(
      Array.from({ length: 10 }, () => endpoints.change(name, SUBSCRIPTION, { secrets, health: WELL, version: 0 })),
    );
    expect(first.filter(Boolean)).toHaveLength(1);
    const health = { failures: 3, failingSince: NOW.toISOString(), openUntil: at(1).toISOString() };
    expect(await endpoints.change(name, SUBSCRIPTION, { secrets, health, version: 1 })).toBe(true);
    expect(await endpoints.change(name, SUBSCRIPTION, { secrets: [], health: WELL, version: 1 })).toBe(false);
    expect(await endpoints.get(name, SUBSCRIPTION)).toEqual({ secrets, health, version: 2 });
    expect((await endpoints.get(name, "sub_bbbbbbbbbbbb")).version).toBe(0);
  });
}
