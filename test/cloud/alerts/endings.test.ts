import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tellSubscriber } from "../../../functions/match-alerts/tell-subscriber.ts";
import { sweepAlerts } from "../../../shared/alerts/sweep-alerts.ts";
import type { Outgoing } from "../../../shared/domain/outgoing.ts";
import { later, reviewEvent } from "../../unit/alerts/alert-examples.ts";
import { startHostileTables } from "../conformance/hostile-services.ts";
import { createTables, type Tables } from "../conformance/tables.ts";
import { alertsWorld } from "./alerts-world.ts";

// What comes in the moment in which an alert begins or ends, on a hostile DynamoDB: each event is told, each is counted once.

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

const countOf = (message: Outgoing | undefined): number | undefined =>
  message?.data.about === "alert" ? message.data.alert.tally.count : undefined;

async function began(minutes: readonly number[]) {
  const world = alertsWorld(tables);
  const mine = await world.subscribe();
  const event = (n: number, minute: number) =>
    reviewEvent(n, { tenant: world.tenant, scoredAt: later(minute).toISOString() });
  for (const [n, minute] of minutes.entries()) await world.happen([mine], [event(n, minute)], minute);
  const sum = async () => (await world.inbox()).reduce((all, { tally }) => all + tally.count, 0);
  return { ...world, mine, event, sum };
}

describe("what joins an alert in the moment in which it ends", () => {
  it("is told, though it is counted after the last word was said", async () => {
    const it = await began([0, 5]);
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    let reached = () => {};
    const waits = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const counts = {
      ...it.counts,
      count: async (...given: Parameters<typeof it.counts.count>) => {
        reached();
        await gate;
        return it.counts.count(...given);
      },
    };
    const slow = tellSubscriber({ ...it.ports, counts })(it.mine, it.event(2, 64), later(64));
    await waits;
    await it.pass(65, 66);
    expect(it.told().map(countOf)).toEqual([1, 2]);
    release();
    await slow;
    await it.pass(67, 135);
    expect(it.told().map(countOf)).toEqual([1, 2, 3]);
    expect(await it.inbox()).toMatchObject([{ state: "ended", tally: { count: 3 }, told: { count: 3 } }]);
  });

  it("is told, though it is noted between the sweep's reading and its writing", async () => {
    const it = await began([0, 5]);
    const late = tellSubscriber(it.ports);
    let once = true;
    const counts = {
      ...it.counts,
      sumUp: async (...given: Parameters<typeof it.counts.sumUp>) => {
        const read = await it.counts.sumUp(...given);
        if (once) await late(it.mine, it.event(2, 64), later(64));
        once = false;
        return read;
      },
    };
    await sweepAlerts({ ...it.ports, counts })(later(66));
    await it.pass(67, 135);
    expect(countOf(it.told().at(-1))).toBe(3);
    expect(await it.inbox()).toMatchObject([{ state: "ended", tally: { count: 3 }, told: { count: 3 } }]);
  });

  it("is told at the end of the longest day, too", async () => {
    const day = 24 * 60;
    const it = await began([0, ...Array.from({ length: 29 }, (_, n) => (n + 1) * 49)]);
    const teller = tellSubscriber(it.ports);
    await teller(it.mine, it.event(40, day - 2), later(day - 2));
    await it.sweep(day);
    // By the clock of its environment there is a moment left.
    await teller(it.mine, it.event(41, day - 1.9), later(day - 1.9));
    await it.pass(day + 1, day + 90);
    expect(countOf(it.told().at(-1))).toBe(32);
    expect(await it.sum()).toBe(32);
  });
});

describe("a message that comes again", () => {
  it("finds itself in the alert that has ended, whether it began it or joined it", async () => {
    const it = await began([0, 5]);
    await it.pass(6, 70);
    const told = it.told().length;
    await it.happen([it.mine], [it.event(0, 0), it.event(1, 5)], 80);
    await it.pass(81, 160);
    expect(it.told()).toHaveLength(told);
    expect(await it.sum()).toBe(2);
  });

  it("goes with what has begun since where another alert took the place", async () => {
    const it = await began([0, 70]);
    await it.happen([it.mine], [it.event(0, 0)], 71);
    await it.pass(72, 150);
    expect(await it.inbox()).toHaveLength(2);
  });
});

describe("an alert whose first message dies before it is written", () => {
  it("is begun by what joins it, with nothing lost and one alert", async () => {
    const it = await began([]);
    const dies = tellSubscriber({
      ...it.ports,
      alerts: {
        ...it.alerts,
        add: async () => {
          throw new Error("the process died");
        },
      },
    });
    await expect(dies(it.mine, it.event(0, 0), later(0))).rejects.toThrow("died");
    await it.happen([it.mine], [it.event(1, 0), it.event(2, 0), it.event(3, 0)], 0.2);
    expect(it.told().map(({ type }) => type)).toEqual(["alert.opened"]);
    // It comes again, and is one more.
    await it.happen([it.mine], [it.event(0, 0)], 3);
    await it.pass(4, 70);
    expect(await it.inbox()).toMatchObject([{ state: "ended", tally: { count: 4 } }]);
    expect(it.told().map(countOf)).toEqual([1, 4]);
  });

  it("is written when its message comes again after an hour", async () => {
    const it = await began([]);
    let fails = true;
    const teller = tellSubscriber({
      ...it.ports,
      alerts: {
        ...it.alerts,
        add: async (...given: Parameters<typeof it.alerts.add>) => {
          if (fails) throw new Error("the process died");
          return it.alerts.add(...given);
        },
      },
    });
    await expect(teller(it.mine, it.event(0, 0), later(0))).rejects.toThrow("died");
    fails = false;
    await teller(it.mine, it.event(0, 0), later(70));
    expect(it.told().map(({ type }) => type)).toEqual(["alert.opened"]);
    await it.pass(71, 140);
    expect(await it.inbox()).toMatchObject([{ state: "ended", tally: { count: 1 } }]);
  });
});

it("says a word again with what has come since, where the sweep died before it wrote that it was said", async () => {
  const it = await began(Array.from({ length: 12 }, () => 0));
  const dying = { ...it.alerts, replace: async () => Promise.reject(new Error("the process died")) };
  await expect(sweepAlerts({ ...it.ports, alerts: dying })(later(12))).rejects.toThrow("died");
  await it.happen([it.mine], [it.event(12, 12)], 12);
  await it.pass(13, 90);
  // The end counts what came, though nothing came after the word that was handed over twice.
  expect(it.told().map(countOf)).toEqual([1, 12, 13]);
});
