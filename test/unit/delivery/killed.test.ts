import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Manner, virtualCloud } from "./virtual-cloud.ts";

// The process is killed at each of the steps that leave it, before the step is done or right after, and lives again a second
// later; what the queue held comes again, or is lost.

const START = Date.parse("2026-11-23T00:00:00Z");
const TENANT = "alpha";
const HOUR = 3_600_000;
const DOWN_MS = 1_000;

beforeEach(() => {
  vi.useFakeTimers({ now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Counts steps, and dies at one of them. `diesAt` 0: never. */
function mortal(diesAt: number, when: "before" | "after") {
  let steps = 0;
  let downUntil = 0;
  let deaths = 0;
  function die(): never {
    throw new Error("the process ended");
  }
  const isDown = () => Date.now() < downUntil;
  const kill = (): never => {
    deaths += 1;
    downUntil = Date.now() + DOWN_MS;
    return die();
  };
  const wrap = <Ports extends object>(ports: Ports): Ports =>
    new Proxy(ports, {
      get(target, name) {
        const work: unknown = Reflect.get(target, name);
        if (typeof work !== "function") return work;
        return async (...given: unknown[]) => {
          if (isDown()) die();
          steps += 1;
          const isLast = steps === diesAt;
          if (isLast && when === "before") kill();
          const result: unknown = await Reflect.apply(work, target, given);
          if (isLast) kill();
          // Whatever others had begun before it died is done; they do not hear of it.
          if (isDown()) die();
          return result;
        };
      },
    });
  return { wrap, steps: () => steps, deaths: () => deaths };
}

const ENDINGS = (["before", "after"] as const).flatMap((when) => [
  { when, isLost: false },
  { when, isLost: true },
]);

describe.each(ENDINGS)("killed $when a step, its messages lost: $isLost", ({ when, isLost }) => {
  async function live(diesAt: number, later: Manner) {
    const life = mortal(diesAt, when);
    const cloud = virtualCloud({ wrap: life.wrap, isLost, environments: 1 });
    const subscription = cloud.subscribe(TENANT, { answersIn: 20, status: 500 });
    const other = cloud.subscribe(TENANT, { answersIn: 20 });
    const standing = (id: string) => cloud.store.standing(TENANT, id);
    /** As whoever hands over does: once more where it was not told that it is done; never where it stands, if all is lost. */
    async function tell(): Promise<string> {
      const message = cloud.messageTo(TENANT, subscription);
      for (let time = 0; time < 3; time += 1) {
        const told = cloud.tell(message).then(
          () => true,
          () => false,
        );
        await cloud.pass(2_000);
        if ((await told) || (isLost && standing(message.id))) break;
      }
      return message.id;
    }
    const first = await tell();
    cloud.turn(subscription, later);
    await cloud.pass(2 * HOUR);
    const due = cloud.store.deliveries.due({ tenant: TENANT, subscription }, new Date(START + 1_000 * HOUR), 10);
    await vi.advanceTimersByTimeAsync(10);
    return { life, cloud, subscription, other, standing, tell, first, left: await due };
  }

  it("a delivery is tried again, under its id, until it has arrived", async () => {
    const steps = (await live(0, { answersIn: 20 })).life.steps();
    expect(steps).toBeGreaterThan(15);
    for (let diesAt = 1; diesAt <= steps; diesAt += 1) {
      const { life, cloud, standing, first, left, subscription } = await live(diesAt, { answersIn: 20 });
      expect(life.deaths(), `step ${diesAt}`).toBe(1);
      expect(standing(first), `step ${diesAt}`).toMatchObject({ state: "delivered" });
      expect(left).toEqual([]);
      const ids = cloud.seen.flatMap((one) => (one.subscription === subscription ? [one.id] : []));
      expect(new Set(ids)).toEqual(new Set([first]));
      // Twice at most in addition to the two that it takes: the one that was under way, and the one that nobody recorded.
      expect(ids.length).toBeLessThanOrEqual(4);
    }
  });

  it("whose receiver is gone: nobody is paused who was not told, and nobody is told twice", async () => {
    const steps = (await live(0, { answersIn: 20, status: 410 })).life.steps();
    for (let diesAt = 1; diesAt <= steps; diesAt += 1) {
      const { cloud, subscription, other, tell } = await live(diesAt, { answersIn: 20, status: 410 });
      const told = () => new Set(cloud.seen.flatMap((one) => (one.subscription === other ? [one.id] : []))).size;
      if (cloud.store.subscription(subscription)?.paused) expect([told(), cloud.alerts.size]).toEqual([1, 1]);
      // The next one finds it gone as well, if the first could not say so any more.
      await tell();
      await cloud.pass(2 * HOUR);
      expect(cloud.store.subscription(subscription)?.paused, `step ${diesAt}`).toMatchObject({ why: "gone" });
      expect([told(), cloud.alerts.size], `step ${diesAt}`).toEqual([1, 1]);
    }
  });
});
