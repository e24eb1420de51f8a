import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { DeliveryMessage } from "../../../shared/contracts/delivery-message.ts";
import { PATIENCE } from "../../../shared/delivery/attempt-delivery.ts";
import { newDelivery } from "../../../shared/domain/delivery.ts";
import { type Manner, type VirtualCloud, virtualCloud } from "./virtual-cloud.ts";

const START = Date.parse("2026-11-23T00:00:00Z");
const TENANT = "alpha";
const LIVING: Manner = { answersIn: 50 };
const DEAD: readonly Manner[] = [
  { fails: "answer_timed_out" },
  { fails: "connection_reset" },
  { fails: "tls_failed" },
  { fails: "connection_refused" },
  { answersIn: 20, status: 500 },
];

beforeEach(() => {
  vi.useFakeTimers({ now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

const shareOf = (sorted: readonly number[], share: number): number =>
  sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;

interface Load {
  /** Times a second that each endpoint is told something, and for how long. */
  readonly perSecond?: number;
  readonly seconds?: number;
  readonly groupOf?: (message: DeliveryMessage) => string;
  readonly living?: Manner;
}

/** @returns how long the living ones' first attempts took to come (ms) */
async function waits(
  living: number,
  dead: readonly Manner[],
  { perSecond = 1, seconds = 10, living: manner = LIVING, ...more }: Load = {},
): Promise<readonly number[]> {
  const cloud = virtualCloud(more);
  const alive = Array.from({ length: living }, () => cloud.subscribe(TENANT, manner));
  const gone = dead.map((manner) => cloud.subscribe(TENANT, manner));
  const told: Promise<void>[] = [];
  for (let turn = 0; turn < seconds * perSecond; turn += 1) {
    // Those that fail go first, each time.
    for (const id of [...gone, ...alive]) told.push(cloud.tell(cloud.messageTo(TENANT, id)));
    await cloud.pass(1_000 / perSecond);
  }
  await cloud.pass(30_000);
  await Promise.all(told);
  const to = new Set(alive);
  const first = new Map<string, number>();
  for (const { id, subscription, waited } of cloud.seen)
    if (to.has(subscription) && !first.has(id)) first.set(id, waited);
  expect(first.size).toBe(living * seconds * perSecond);
  return [...first.values()].sort((one, other) => one - other);
}

it("fifty dead endpoints of a hundred, dead in five ways, do not keep the living ones waiting", async () => {
  const alone = await waits(50, []);
  const beside = await waits(50, Array.from({ length: 10 }, () => DEAD).flat());
  const silent = await waits(
    50,
    Array.from({ length: 50 }, () => ({ fails: "answer_timed_out" })),
  );
  const shown = (of: readonly number[]) => [0.5, 0.95, 1].map((share) => `p${share * 100} ${shareOf(of, share)} ms`);
  process.stdout.write(
    `virtual: 50 living alone ${shown(alone)}; beside 50 dead ${shown(beside)}; beside 50 that say nothing ${shown(silent)}\n`,
  );
  for (const share of [0.5, 0.95, 1]) expect(shareOf(beside, share)).toBeLessThanOrEqual(2 * shareOf(alone, share));
  // Nobody knows yet that they say nothing: an attempt at each has to end first, of which as many go on at once as there is room for.
  expect(shareOf(silent, 0.5)).toBeLessThanOrEqual(2 * shareOf(alone, 0.5));
  expect(shareOf(silent, 1)).toBeLessThan(1.1 * PATIENCE.first.totalMs);
});

it("at a load that fills all environments the living wait for one attempt at those that fall silent, and for no more", async () => {
  const busy = { perSecond: 10, seconds: 3 };
  const five = await waits(50, Array.from({ length: 10 }, () => DEAD).flat(), busy);
  const silent = Array.from({ length: 50 }, () => ({ fails: "answer_timed_out" }) as const);
  const own = await waits(50, silent, busy);
  const one = await waits(50, silent, { ...busy, groupOf: () => "all" });
  // Slower living ones are not taken for dead, which would put them behind the dead in the second queue.
  const slower = await waits(50, silent, { perSecond: 4, seconds: 3, living: { answersIn: 500 } });
  const shown = (of: readonly number[]) => [0.5, 0.95, 1].map((share) => `p${share * 100} ${shareOf(of, share)} ms`);
  process.stdout.write(
    `virtual, ten times the load: beside 50 dead ${shown(five)}; beside 50 that say nothing ${shown(own)}, in one group ${shown(one)}; living that take 500 ms ${shown(slower)}\n`,
  );
  const attempt = PATIENCE.first.totalMs;
  expect(shareOf(five, 0.95)).toBeLessThan(attempt / 2);
  expect(shareOf(own, 0.95)).toBeLessThan(attempt);
  expect(shareOf(own, 1)).toBeLessThan(1.1 * attempt);
  expect(shareOf(slower, 1)).toBeLessThan(1.1 * attempt);
  // It is the groups that do it.
  expect(shareOf(one, 0.95)).toBeGreaterThan(attempt);
  expect(shareOf(one, 1)).toBeGreaterThan(1.4 * attempt);
}, 60_000);

/** Tells one endpoint much at once and lets time pass until all has arrived. @returns minutes that it took */
async function drain(cloud: VirtualCloud, subscription: string, count: number): Promise<number> {
  const messages = Array.from({ length: count }, () => cloud.messageTo(TENANT, subscription));
  const told = messages.map((message) => cloud.tell(message));
  for (let minute = 1; minute <= 240; minute += 1) {
    await cloud.pass(60_000);
    if (messages.every(({ id }) => cloud.store.standing(TENANT, id)?.state === "delivered")) {
      await Promise.all(told);
      return minute;
    }
  }
  throw new Error("it never ended");
}

it("what waits for a slow endpoint costs each delivery the same, however much it is, and all of it arrives", async () => {
  const costs = [];
  for (const count of [200, 2_000]) {
    const cloud = virtualCloud();
    const minutes = await drain(cloud, cloud.subscribe(TENANT, { answersIn: 5_000 }), count);
    const { sends, receives, writes } = cloud.counted();
    const attempts = cloud.seen.length;
    const [sent, received, written, tried] = [sends, receives, writes, attempts].map((all) => (all / count).toFixed(1));
    process.stdout.write(
      `virtual: ${count} for an endpoint that takes 5 s: ${minutes} min; of each ${sent} sends, ${received} receives and deletions, ${written} writes, ${tried} attempts\n`,
    );
    costs.push({ sends: sends / count, writes: writes / count, attempts: attempts / count });
  }
  const [few, many] = costs;
  expect(few?.sends).toBeLessThan(4);
  expect(many?.sends).toBeLessThan(4);
  expect(many?.writes).toBeLessThan(5);
  // Those under way when it was found to be slow are tried twice.
  expect(many?.attempts).toBeLessThan(1.1);
});

it("20,000 due deliveries of a dead endpoint do not keep ten of a living one waiting", async () => {
  const cloud = virtualCloud({ environments: 2 });
  const dead = cloud.subscribe(TENANT, { fails: "answer_timed_out" });
  const living = cloud.subscribe("beta", LIVING);
  const { deliveries } = cloud.store;
  const add = async (tenant: string, subscription: string, count: number) => {
    const messages = Array.from({ length: count }, () => cloud.messageTo(tenant, subscription));
    const told = messages.map((message) =>
      deliveries.add(newDelivery(message, new Date()), Buffer.from(JSON.stringify(message))),
    );
    await vi.advanceTimersByTimeAsync(100);
    await Promise.all(told);
    return messages;
  };
  // Its queue lost them all, and those of the other a minute later.
  await add(TENANT, dead, 20_000);
  await vi.advanceTimersByTimeAsync(60_000);
  const waiting = await add("beta", living, 10);
  await vi.advanceTimersByTimeAsync(16 * 60_000);
  const swept = cloud.sweep();
  await vi.advanceTimersByTimeAsync(60_000);
  const { requeued } = await swept;
  expect(waiting.map(({ id }) => cloud.store.standing("beta", id)?.state)).toEqual(Array(10).fill("delivered"));
  expect(requeued).toBeLessThanOrEqual(3_000);
});
