import { describe, expect, it } from "vitest";
import { sweepAlerts } from "../../../shared/alerts/sweep-alerts.ts";
import type { DueAlert } from "../../../shared/store/alerts.ts";
import type { GatheringKey } from "../../../shared/store/gatherings.ts";
import { later, subscriptionNo } from "./alert-examples.ts";

const due = (n: number, more: Partial<DueAlert> = {}): DueAlert => ({
  ...{ tenant: "loud", id: `alert-${n}`, noted: String(n), isDuty: false },
  ...more,
});
const alertsDue = (count: number): DueAlert[] => Array.from({ length: count }, (_, n) => due(n));
const gathering = (subscription: number, more: Partial<GatheringKey> = {}): GatheringKey => ({
  ...{ tenant: "loud", subscription: subscriptionNo(subscription), reason: "digest", part: 1 },
  due: later(60).toISOString(),
  ...more,
});

/** A sweep whose alerts are gone when it looks at them, so that looking is all that it does; `bad` ones fail each time. */
function sweeping(alerts: readonly DueAlert[], gathered: readonly GatheringKey[] = [], bad: readonly string[] = []) {
  const left = new Map(alerts.map((one) => [`${one.tenant} ${one.id}`, one]));
  const told = new Set<GatheringKey>();
  const looked: string[] = [];
  const taken: GatheringKey[] = [];
  let beside = 0;
  let most = 0;
  let listing = async (): Promise<void> => undefined;
  const sweep = sweepAlerts({
    alerts: {
      async due(_, limit) {
        await listing();
        return [...left.values()].slice(0, limit);
      },
      async get({ tenant, id }) {
        looked.push(`${tenant} ${id}`);
        await new Promise(setImmediate);
        if (bad.includes(id)) throw new Error("cannot be read");
        left.delete(`${tenant} ${id}`);
        return undefined;
      },
      several: async () => [],
      replace: async () => true,
      countSent: async () => 0,
    },
    counts: { parts: async () => [], sumUp: async () => [] },
    gatherings: {
      due: async (_, limit) => gathered.filter((one) => !told.has(one)).slice(0, limit),
      async alerts(of) {
        beside += 1;
        most = Math.max(most, beside);
        await new Promise(setImmediate);
        beside -= 1;
        if (bad.includes(of.subscription)) throw new Error("cannot be read");
        return [];
      },
      async take(of) {
        told.add(of);
        taken.push(of);
      },
      add: async () => undefined,
    },
    subscriptions: { get: async () => undefined },
    deliveries: { enqueue: async () => undefined },
  });
  return {
    run: (hasTime?: () => boolean) => sweep(later(0), hasTime),
    looked,
    taken,
    mostBeside: () => most,
    failListing: () => {
      listing = async () => Promise.reject(new Error("no list"));
    },
  };
}

describe("a sweep", () => {
  it("gets past what always fails, tries it once, and says so when all else is done", async () => {
    const bad = ["alert-0", "alert-3"];
    const it = sweeping(alertsDue(9_000), [gathering(1)], bad);
    await expect(it.run()).rejects.toThrow("cannot be read");
    expect(new Set(it.looked).size).toBe(9_000);
    expect(it.looked).toHaveLength(9_000);
    expect(it.taken).toHaveLength(1);
  });

  it("ends though more fails than it looks up at once", async () => {
    const all = alertsDue(8_100);
    const it = sweeping(
      all,
      [],
      all.map(({ id }) => id),
    );
    await expect(it.run()).rejects.toThrow("cannot be read");
    expect(it.looked).toHaveLength(8_000);
  });

  it("looks at duties first, and gives each tenant its turn", async () => {
    const all = [
      ...alertsDue(300),
      due(0, { tenant: "quiet" }),
      due(500, { isDuty: true }),
      due(501, { isDuty: true }),
      due(500, { tenant: "quiet", isDuty: true }),
    ];
    const it = sweeping(all);
    await it.run();
    expect(it.looked.slice(0, 5)).toEqual([
      "loud alert-500",
      "quiet alert-500",
      "loud alert-501",
      "loud alert-0",
      "quiet alert-0",
    ]);
    expect(it.looked).toHaveLength(all.length);
  });

  it("gives each tenant its turn with what was gathered, a few messages at a time, and lets none stand in the way", async () => {
    const loud = Array.from({ length: 40 }, (_, n) => gathering(n));
    const it = sweeping([], [...loud, gathering(1, { tenant: "quiet" })], [subscriptionNo(0)]);
    await expect(it.run()).rejects.toThrow("cannot be read");
    expect(it.taken).toHaveLength(40);
    expect(it.taken.slice(0, 2).some(({ tenant }) => tenant === "quiet")).toBe(true);
    expect(it.mostBeside()).toBeLessThan(4);
  });

  it("tells what was gathered beside alerts without end, and stops when its time is over", async () => {
    const it = sweeping(alertsDue(5_000), [gathering(1)]);
    await expect(it.run(() => it.looked.length < 200)).resolves.toMatchObject({ gathered: 1 });
    expect(it.looked.length).toBeGreaterThanOrEqual(200);
    expect(it.looked.length).toBeLessThan(220);
  });

  it("tells what was gathered where alerts cannot be listed", async () => {
    const it = sweeping([], [gathering(1)]);
    it.failListing();
    await expect(it.run()).rejects.toThrow("no list");
    expect(it.taken).toHaveLength(1);
  });
});
