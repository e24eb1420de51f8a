import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Outgoing } from "../../../shared/domain/outgoing.ts";
import { labelled, later, reviewEvent, subscriptionNo } from "../../unit/alerts/alert-examples.ts";
import { startHostileTables } from "../conformance/hostile-services.ts";
import { createTables, type Tables } from "../conformance/tables.ts";
import { alertsWorld } from "./alerts-world.ts";

// A review bomb as its target's brand hears of it, through three execution environments and the sweep on a hostile
// DynamoDB; every message comes twice.

let tables: Tables;
let stop: () => Promise<void>;
beforeAll(async () => {
  const { config, stop: end } = await startHostileTables({ seed: 4, outages: 0.05, unprocessed: 0.2 });
  tables = await createTables(config);
  stop = end;
});
afterAll(async () => {
  await tables?.remove();
  await stop?.();
});

const BOMB = 214;
const MINUTES = 40;
/** A review of the bomb: of one hotel, 131 of 214 with one star, in the minute in which it comes. */
const minuteOf = (n: number): number => Math.floor((n * MINUTES) / (BOMB - 1));
const bombed = (tenant: string, n: number) =>
  reviewEvent(n, {
    tenant,
    features: { rating: (n * 131) % BOMB < 131 ? 1 : 5 },
    labels: [labelled("rating_storm")],
    brandIds: ["b1"],
    scoredAt: later((n * MINUTES) / (BOMB - 1)).toISOString(),
  });
const alertOf = ({ data }: Outgoing) => {
  if (data.about !== "alert") throw new Error("not about an alert");
  return data.alert;
};

describe("214 reviews of one hotel in 40 minutes, 61% with one star", () => {
  it("are one alert that grows and a handful of messages; the last has all the numbers", async () => {
    const it = alertsWorld(tables);
    const brand = await it.subscribe({ filter: { brands: ["b1"] } }, { id: subscriptionNo(1) });
    const inbox = await it.subscribe({ channel: { type: "inbox" } }, { id: subscriptionNo(2) });
    const stream = { channel: { type: "webhook", url: "https://platform.example/in", stream: true } };
    const platform = await it.subscribe(stream, { id: subscriptionNo(3) });
    for (let minute = 0; minute <= MINUTES; minute += 1) {
      const now = Array.from({ length: BOMB }, (_, n) => n).filter((n) => minuteOf(n) === minute);
      const events = now.map((n) => bombed(it.tenant, n));
      await it.happen([brand, inbox, platform], [...events, ...events], minute);
      if (minute % 2 === 0) await it.sweep(minute);
    }
    await it.pass(MINUTES + 1, MINUTES + 70);

    const told = it.told().filter(({ subscription }) => subscription === brand.id);
    expect(told.map(({ type }) => type)).toEqual([
      "alert.opened",
      ...Array.from({ length: told.length - 2 }, () => "alert.grown"),
      "alert.ended",
    ]);
    expect(told.length).toBeLessThanOrEqual(6);
    const sizes = told.map((one) => alertOf(one).tally.count);
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
    const last = told.at(-1);
    expect(last && alertOf(last).headline).toMatch(/^214 reviews in 40 minutes, 61% with one star: /);
    // Each is told to the stream, and counted once for the others.
    expect(it.told().filter(({ subscription }) => subscription === platform.id)).toHaveLength(BOMB);
    const alerts = await it.inbox();
    expect(alerts.map(({ subscription, tally, state }) => [subscription, tally.count, state]).sort()).toEqual([
      [brand.id, BOMB, "ended"],
      [inbox.id, BOMB, "ended"],
    ]);
  });
});

describe("a flood of everything", () => {
  it("is told within the rate; alerts, messages and events add up, and near-duplicates are one", async () => {
    const it = alertsWorld(tables);
    const mine = await it.subscribe({ perHour: 4 });
    const { tenant } = it;
    const alike = Array.from({ length: 60 }, (_, n) =>
      reviewEvent(n, { tenant, targetId: `alike-${n % 12}` }, "the-same-words"),
    );
    const others = Array.from({ length: 90 }, (_, n) => reviewEvent(100 + n, { tenant, targetId: `hotel-${n % 15}` }));
    const all = [...alike, ...others];
    // The first of those that read alike opens what the others find.
    await it.happen([mine], alike.slice(0, 1), 1);
    for (let from = 0; from < all.length; from += 30) await it.happen([mine], all.slice(from, from + 30), 1);
    await it.happen([mine], all, 2);
    await it.pass(3, 130);
    const alerts = await it.inbox();
    expect(alerts).toHaveLength(16);
    expect(alerts.reduce((sum, { tally }) => sum + tally.count, 0)).toBe(150);
    expect(alerts.find(({ tally }) => tally.count === 60)?.samples).toHaveLength(20);
    expect(alerts.every(({ state, told, tally }) => state === "ended" && told.count === tally.count)).toBe(true);
    // Four at once, then summaries: none of the alerts is in no message, and none of the messages is beyond the rate.
    const messages = it.told();
    const inHour = (hour: number) => messages.filter(({ at }) => at.startsWith(`2026-11-22T${12 + hour}`));
    const byItself = (of: readonly Outgoing[]) => of.filter(({ data }) => data.about === "alert");
    expect(byItself(inHour(0))).toHaveLength(4);
    expect(byItself(inHour(1)).length).toBeLessThanOrEqual(4);
    const heldBack = messages.flatMap(({ data }) => (data.about === "alerts" ? [data.alerts] : []));
    expect(heldBack.length).toBeGreaterThan(0);
    const spoken = new Map<string, number>();
    for (const { data } of messages) {
      const told = data.about === "alert" ? [data.alert] : data.about === "alerts" ? data.alerts.shown : [];
      for (const { id, tally } of told) spoken.set(id, Math.max(spoken.get(id) ?? 0, tally.count));
    }
    expect(spoken.size).toBe(16);
    expect([...spoken.values()].reduce((sum, count) => sum + count, 0)).toBe(150);
  });
});
