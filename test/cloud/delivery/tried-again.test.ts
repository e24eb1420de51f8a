import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { replayed } from "../../../shared/domain/delivery.ts";
import { openRig, type WorldRig } from "./delivery-world.ts";

// When what failed is tried again, and how often.

const HOUR = 3_600_000;
let rig: WorldRig;

beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig?.close());

describe("what fails is tried again", () => {
  it("until it is taken, later each time, under the same id", async () => {
    const { world, name } = rig.fresh();
    const { id } = await world.subscribe(rig.receiver.at("500,503,404,200", name));
    const message = await world.tell(id);
    const began = world.now().getTime();
    await world.run({ untilMs: HOUR });
    const delivery = await world.get(message.id);
    expect(delivery.state).toBe("delivered");
    expect(delivery.attempts.map(({ status }) => status)).toEqual([500, 503, 404, 200]);
    const seconds = delivery.attempts.map(({ at }) => (Date.parse(at) - began) / 1000);
    // 5 s, 30 s, and then the circuit is open as well; 5 minutes.
    expect(seconds[1]).toBeGreaterThanOrEqual(5);
    expect((seconds[2] ?? 0) - (seconds[1] ?? 0)).toBeGreaterThanOrEqual(30);
    expect((seconds[3] ?? 0) - (seconds[2] ?? 0)).toBeGreaterThanOrEqual(300);
    expect(new Set((await rig.receiver.requests(name)).map((one) => one.id))).toEqual(new Set([message.id]));
    expect((await world.endpoints.get(world.tenant, id)).health).toEqual({ failures: 0 });
  });

  it("ten times over about three days, and is then given up, on record and to be replayed", async () => {
    const { world, name } = rig.fresh();
    const { id } = await world.subscribe(rig.receiver.at("500", name));
    const message = await world.tell(id);
    const began = world.now().getTime();
    await world.run({ untilMs: 100 * HOUR, sweepMinutes: 15 });
    const failed = await world.get(message.id);
    expect(failed).toMatchObject({ state: "failed", reason: "attempts_used_up" });
    expect(failed.attempts).toHaveLength(10);
    expect(await rig.receiver.requests(name)).toHaveLength(10);
    const hours = (Date.parse(failed.attempts.at(-1)?.at ?? "") - began) / HOUR;
    expect(hours).toBeGreaterThan(60);
    expect(hours).toBeLessThan(84);
    expect(world.queued).toEqual([]);

    const again = replayed(failed, world.now());
    if (!again) throw new Error("it cannot be replayed");
    await world.store.change(again, world.now());
    await world.run({ untilMs: 2 * HOUR });
    const { state, attempts, round } = await world.get(message.id);
    expect(state).toBe("waiting");
    expect(round.attempts).toBeGreaterThan(0);
    expect(attempts).toHaveLength(10 + round.attempts);
  });

  it("not before the receiver wants it", async () => {
    const { world, name } = rig.fresh();
    const { id } = await world.subscribe(rig.receiver.at("429_1200,200", name));
    const message = await world.tell(id);
    const others = await world.tell(id);
    await world.run({ untilMs: 19 * 60_000 });
    expect((await world.get(message.id)).state).toBe("waiting");
    await world.run({ untilMs: HOUR });
    expect((await world.get(message.id)).state).toBe("delivered");
    expect((await world.get(others.id)).state).toBe("delivered");
  });

  it("at once where somebody wants it, whatever it waits for, and not twice where it is about to be tried anyway", async () => {
    const { world, name } = rig.fresh();
    const { id } = await world.subscribe(rig.receiver.at("429_36000,200", name));
    const message = await world.tell(id);
    await world.run({ untilMs: 2 * HOUR, sweepMinutes: 15 });
    const waiting = await world.get(message.id);
    expect(waiting).toMatchObject({ state: "waiting", attempts: [{ status: 429 }] });
    const again = replayed(waiting, world.now());
    if (!again) throw new Error("it cannot be replayed");
    expect(await world.store.change(again)).toBe(true);
    expect(replayed(again, world.now())).toBeUndefined();
    await world.run({ untilMs: 20 * 60_000 });
    expect(await world.get(message.id)).toMatchObject({
      state: "delivered",
      attempts: [{ status: 429 }, { status: 200 }],
    });
  });
});
