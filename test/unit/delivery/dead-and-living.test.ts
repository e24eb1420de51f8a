import { afterEach, beforeEach, expect, it, vi } from "vitest";
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

/** For ten seconds each endpoint is told something each second. @returns how long the living ones' first attempts took to come (ms) */
async function waits(living: number, dead: readonly Manner[]): Promise<readonly number[]> {
  const cloud = virtualCloud();
  const alive = Array.from({ length: living }, () => cloud.subscribe(TENANT, LIVING));
  const gone = dead.map((manner) => cloud.subscribe(TENANT, manner));
  const told: Promise<void>[] = [];
  for (let second = 0; second < 10; second += 1) {
    // Those that fail go first, each time.
    for (const id of [...gone, ...alive]) told.push(cloud.tell(cloud.messageTo(TENANT, id)));
    await cloud.pass(1_000);
  }
  await cloud.pass(30_000);
  await Promise.all(told);
  const to = new Set(alive);
  const first = new Map<string, number>();
  for (const { id, subscription, waited } of cloud.seen)
    if (to.has(subscription) && !first.has(id)) first.set(id, waited);
  expect(first.size).toBe(living * 10);
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
  expect(shareOf(silent, 1)).toBeLessThan(2_000);
});

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
