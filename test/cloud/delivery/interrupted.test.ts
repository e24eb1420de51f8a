import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openRig, type WorldRig } from "./delivery-world.ts";

// What dies in between, on real tables; at every single step: test/unit/delivery/killed.test.ts.

const HOUR = 3_600_000;
let rig: WorldRig;

beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig?.close());

describe("what is interrupted", () => {
  it("between the attempt and its record is tried again under the same id", async () => {
    const { world, name } = rig.fresh();
    const { id, secret } = await world.subscribe(rig.receiver.at("verified", name));
    await rig.receiver.knows({ [name]: [secret] });
    let broken = true;
    world.over({
      deliveries: {
        ...world.store,
        async change(...wanted) {
          if (broken) throw new Error("the process ended");
          return world.store.change(...wanted);
        },
      },
    });
    const message = await world.tell(id);
    await world.run();
    expect((await world.get(message.id)).attempts).toEqual([]);
    broken = false;
    await world.run({ untilMs: 10_000 });
    expect(await world.get(message.id)).toMatchObject({ state: "delivered" });
    const asked = await rig.receiver.requests(name);
    expect(asked.map((one) => [one.id, one.verified])).toEqual([
      [message.id, true],
      [message.id, true],
    ]);
  });

  it("between the record and the queue is taken up by the sweep", async () => {
    const { world, name } = rig.fresh();
    const { id } = await world.subscribe(rig.receiver.at("500,200", name));
    world.over({ retries: { send: () => Promise.reject(new Error("the process ended")) } });
    const message = await world.tell(id);
    await world.run();
    expect(await world.get(message.id)).toMatchObject({ state: "waiting", attempts: [{ status: 500 }] });
    expect(world.queued).toEqual([]);
    await world.run({ untilMs: HOUR });
    expect(await world.get(message.id)).toMatchObject({ state: "delivered" });
  });

  it("between the store and the queue is queued by whoever hands it over again", async () => {
    const { world, name } = rig.fresh();
    const { id } = await world.subscribe(rig.receiver.at("200", name));
    const message = await world.tell(id);
    world.queued.length = 0;
    await world.run();
    expect((await world.get(message.id)).state).toBe("waiting");
    await world.repeat(message);
    await world.run();
    expect((await world.get(message.id)).state).toBe("delivered");
  });

  it("is taken up by the sweep where nobody hands it over again, or its message was lost", async () => {
    const { world, name } = rig.fresh();
    const { id } = await world.subscribe(rig.receiver.at("500,500,200", name));
    const message = await world.tell(id);
    // Before its first attempt, and with each message for one that waits to be tried again.
    for (const attempts of [1, 2, 3]) {
      world.queued.length = 0;
      await world.run({ untilMs: 20 * 60_000, sweepMinutes: 5 });
      expect((await world.get(message.id)).attempts.length).toBeGreaterThanOrEqual(attempts);
    }
    expect(await world.get(message.id)).toMatchObject({ state: "delivered" });
  });
});
