import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openRig, SLOTS, type WorldRig } from "./delivery-world.ts";

// What an endpoint's state does to its deliveries.

const HOUR = 3_600_000;
const raise = (why: string): never => {
  throw new Error(why);
};
let rig: WorldRig;

beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig?.close());

describe("a receiver that is slow", () => {
  it("is left to the second queue, and what comes after goes there at once", async () => {
    const { world, name } = rig.fresh();
    const { id } = await world.subscribe(rig.receiver.at("slow_2500", name));
    const message = await world.tell(id);
    await world.run();
    const { attempts, state } = await world.get(message.id);
    // Nobody was patient enough at first: that is no attempt, and the id is the same.
    expect({ state, outcomes: attempts.map(({ outcome }) => outcome) }).toEqual({
      state: "delivered",
      outcomes: ["delivered"],
    });
    expect((await rig.receiver.requests(name)).map((one) => one.id)).toEqual([message.id, message.id]);
    expect((await world.endpoints.get(world.tenant, id)).health.isSlow).toBe(true);
    const next = await world.tell(id);
    await world.run();
    expect((await rig.receiver.requests(name)).filter((one) => one.id === next.id)).toHaveLength(1);
  });

  it("that answers with 10 MB has taken it", async () => {
    const { world, name } = rig.fresh();
    const { id } = await world.subscribe(rig.receiver.at("huge", name));
    const message = await world.tell(id);
    await world.run();
    expect((await world.get(message.id)).state).toBe("delivered");
  });

  it("never has more requests at once than there are slots", async () => {
    const { world, name } = rig.fresh();
    const { id } = await world.subscribe(rig.receiver.at("slow_20", name));
    const told = await Promise.all(Array.from({ length: 20 }, () => world.tell(id)));
    await world.run({ untilMs: 60_000 });
    for (const { id: one } of told) expect((await world.get(one)).state).toBe("delivered");
    const sides = (await rig.receiver.requests(name)).map(({ side }) => side);
    expect(Math.max(...sides)).toBeLessThanOrEqual(SLOTS);
    expect(Math.max(...sides)).toBe(SLOTS);
  });

  it("has no more of them because several subscriptions lead to it", async () => {
    const { world, name } = rig.fresh();
    const url = rig.receiver.at("slow_20", name);
    const ids = await Promise.all(Array.from({ length: 10 }, async () => (await world.subscribe(url)).id));
    const told = await Promise.all(ids.map((id) => world.tell(id)));
    await world.run({ untilMs: 60_000 });
    for (const { id: one } of told) expect((await world.get(one)).state).toBe("delivered");
    expect(Math.max(...(await rig.receiver.requests(name)).map(({ side }) => side))).toBe(SLOTS);
  });
});

describe("a dead endpoint", () => {
  it("is not asked again by every delivery: one tries whether it lives, the others wait, and all arrive", async () => {
    const { world, name } = rig.fresh();
    const { id } = await world.subscribe(rig.receiver.at(`${"500,".repeat(5)}200`, name));
    const first = await world.tell(id);
    await world.run({ untilMs: 120_000 });
    const before = (await rig.receiver.requests(name)).length;
    const told = await Promise.all(Array.from({ length: 20 }, () => world.tell(id)));
    await world.run({ untilMs: 10_000 });
    // The circuit is open: nobody asked, or one did.
    expect((await rig.receiver.requests(name)).length - before).toBeLessThanOrEqual(1);
    await world.run({ untilMs: 6 * HOUR });
    for (const { id: one } of [first, ...told]) expect((await world.get(one)).state).toBe("delivered");
    const failed = (await rig.receiver.requests(name)).length - told.length - 1;
    expect(failed).toBe(5);
  });

  it("that says 410 is paused at once, its owner is told, and what waits is cancelled and can be replayed", async () => {
    const { world, name } = rig.fresh();
    const { id } = await world.subscribe(rig.receiver.at("410", name));
    const other = await world.subscribe(rig.receiver.at("200", `${name}-other`));
    const message = await world.tell(id);
    await world.run();
    expect(await world.get(message.id)).toMatchObject({ state: "failed", reason: "gone" });
    expect((await world.subscriptions.get(world.tenant, id))?.paused).toMatchObject({ why: "gone" });
    const [told, ...more] = await rig.receiver.requests(`${name}-other`);
    expect(more).toEqual([]);
    expect(JSON.parse(told?.body ?? "").data).toMatchObject({ subscription: { id }, why: "gone" });
    expect((await world.subscriptions.get(world.tenant, other.id))?.paused).toBeUndefined();

    const later = await world.tell(id);
    await world.run();
    const cancelled = await world.get(later.id);
    expect(cancelled).toMatchObject({ state: "cancelled", reason: "paused_gone", attempts: [] });
    expect(await rig.receiver.requests(name)).toHaveLength(1);

    // Its owner resumes it, and what was cancelled is sent again under its id.
    const resumed = await world.subscriptions.get(world.tenant, id);
    const { paused: _, ...going } = resumed ?? raise("no such subscription");
    await world.subscriptions.save({ ...going, version: going.version + 1 });
    await rig.receiver.answers(name, "200");
    expect(await world.replay(id, [cancelled])).toHaveLength(1);
    await world.run();
    expect(await world.get(later.id)).toMatchObject({ state: "delivered", attempts: [{ status: 200 }] });
    expect((await rig.receiver.requests(name)).map((one) => one.id)).toEqual([message.id, later.id]);
  });

  it("is not paused by an attempt that began before its owner changed it", async () => {
    const { world, name } = rig.fresh();
    const { id } = await world.subscribe(rig.receiver.at("410", name));
    await world.subscribe(rig.receiver.at("200", `${name}-other`));
    // The attempt knows its subscription already.
    const enter = async () => {
      await world.move(id, rig.receiver.at("200", `${name}-new`));
      return () => undefined;
    };
    world.over({ slots: { enter } });
    const message = await world.tell(id);
    await world.run();
    expect(await world.get(message.id)).toMatchObject({ state: "failed", reason: "gone" });
    expect((await world.subscriptions.get(world.tenant, id))?.paused).toBeUndefined();
    expect(await rig.receiver.requests(`${name}-other`)).toEqual([]);
  });

  it("that fails for days is paused, and its owner is told once", async () => {
    const { world, name } = rig.fresh();
    const { id } = await world.subscribe(rig.receiver.at("500", name));
    await world.subscribe(rig.receiver.at("200", `${name}-other`));
    // Something new each hour, as alerts come.
    for (let hour = 0; hour < 76; hour += 1) {
      await world.tell(id);
      await world.run({ untilMs: HOUR, sweepMinutes: 15 });
    }
    expect((await world.subscriptions.get(world.tenant, id))?.paused).toMatchObject({ why: "failing" });
    expect(await rig.receiver.requests(`${name}-other`)).toHaveLength(1);
    const { deliveries } = await world.store.log(world.tenant, id, { limit: 100 }, world.now());
    expect(deliveries).toHaveLength(76);
    // Nothing is lost without a word: each has failed, was cancelled, or still waits to be.
    await world.run({ untilMs: 30 * HOUR, sweepMinutes: 15 });
    const { deliveries: after } = await world.store.log(world.tenant, id, { limit: 100 }, world.now());
    expect(after.filter(({ state }) => state === "waiting")).toEqual([]);
    expect(after.every(({ reason }) => reason !== undefined)).toBe(true);
  });

  it("of a subscription that is gone gets nothing", async () => {
    const { world, name } = rig.fresh();
    const { id } = await world.subscribe(rig.receiver.at("200", name));
    const message = await world.tell(id);
    await world.subscriptions.remove(world.tenant, id, 1, world.now());
    await world.run();
    expect(await world.get(message.id)).toMatchObject({ state: "cancelled", reason: "subscription_deleted" });
    expect(await rig.receiver.requests(name)).toEqual([]);
  });
});
