import { beforeEach, describe, expect, it } from "vitest";
import type { DeliveryMessage } from "../../../shared/contracts/delivery-message.ts";
import { type EndpointHealth, WELL } from "../../../shared/delivery/endpoint-health.ts";
import { requeueDue } from "../../../shared/delivery/requeue-due.ts";
import type { Subscription } from "../../../shared/domain/subscription.ts";
import type { DueDelivery } from "../../../shared/store/due-deliveries.ts";

const NOW = new Date("2026-11-23T00:00:00Z");
const later = (seconds: number): string => new Date(NOW.getTime() + seconds * 1000).toISOString();
const FAILING: EndpointHealth = { failures: 1, failingSince: later(-60), countedAt: later(-60) };
const OPEN: EndpointHealth = { ...FAILING, failures: 9, openUntil: later(60) };
const SETTLED: EndpointHealth = { ...OPEN, openUntil: later(-1) };

interface Known {
  readonly tenant?: string;
  readonly health?: EndpointHealth;
  readonly due: number;
  /** Of them, how many are older than anything is waited for. */
  readonly old?: number;
  readonly subscription?: Partial<Subscription> | "deleted";
  readonly turns?: number;
}

let reads: { readonly of: string; readonly limit: number }[];
let sent: { readonly message: DeliveryMessage; readonly delay: number }[];
let putOff: { readonly id: string; readonly minutes: number }[];

beforeEach(() => {
  [reads, sent, putOff] = [[], [], []];
});

function sweep(known: Readonly<Record<string, Known>>, refused: (message: DeliveryMessage) => boolean = () => false) {
  const found = (id: string): Known => known[id] ?? { due: 0 };
  return requeueDue(
    {
      deliveries: {
        dueEndpoints: async () =>
          Object.entries(known).map(([subscription, { tenant = "acme" }]) => ({ tenant, subscription })),
        async due(of, now, limit) {
          reads.push({ of: of.subscription, limit });
          const { due, old = 0, turns = 0 } = found(of.subscription);
          const all = Array.from(
            { length: due },
            (_, index): DueDelivery => ({ ...of, id: `${of.subscription}-${index}`, version: 3, turns }),
          );
          return (now < NOW ? all.slice(0, old) : all).slice(0, limit);
        },
        async putOff({ id }, at) {
          putOff.push({ id, minutes: (at.getTime() - NOW.getTime()) / 60_000 });
          return true;
        },
      },
      endpoints: { get: async (_, id) => ({ secrets: [], health: found(id).health ?? WELL, version: 1 }) },
      subscriptions: {
        get: async (_, id) => {
          const { subscription = {} } = found(id);
          return subscription === "deleted" ? undefined : (subscription as Subscription);
        },
      },
      retries: {
        async send(messages, delay = 0) {
          if (messages.some(refused)) throw new Error("the queue took nothing");
          for (const [index, message] of messages.entries())
            sent.push({ message, delay: typeof delay === "number" ? delay : delay(index) });
        },
      },
      random: () => 0.5,
    },
    NOW,
  );
}

const countOf = (subscription: string): number =>
  sent.filter(({ message }) => message.subscription === subscription).length;

describe("the sweep of what is due", () => {
  it("queues what is due as it stands, and looks again in a quarter of an hour", async () => {
    expect(await sweep({ one: { due: 2 } })).toEqual({ requeued: 2, failed: 0, endpoints: 1 });
    expect(sent.map(({ message, delay }) => [message, delay])).toEqual(
      ["one-0", "one-1"].map((delivery) => [{ v: 1, tenant: "acme", subscription: "one", delivery, version: 3 }, 0]),
    );
    expect(putOff).toEqual(["one-0", "one-1"].map((id) => ({ id, minutes: 15 })));
  });

  it("looks again later each time, half a day later at most: what can never be tried fills no queue", async () => {
    const waits: (number | undefined)[] = [];
    for (const turns of [0, 1, 2, 5, 50]) {
      await sweep({ one: { due: 1, turns } });
      waits.push(putOff.at(-1)?.minutes);
    }
    expect(waits).toEqual([15, 30, 60, 480, 720]);
  });

  it("takes as many as an endpoint is well enough for", async () => {
    await sweep({
      well: { due: 9_000 },
      slow: { due: 9_000, health: { failures: 0, isSlow: true } },
      failing: { due: 9_000, health: FAILING },
      probed: { due: 9_000, health: SETTLED },
      open: { due: 9_000, health: OPEN },
    });
    expect(["well", "slow", "failing", "probed", "open"].map(countOf)).toEqual([500, 240, 10, 1, 0]);
  });

  it("reads nothing of what waits for an open circuit, but what is to be given up", async () => {
    await sweep({ open: { due: 9_000, health: OPEN, old: 3 } });
    expect(reads).toHaveLength(1);
    expect(countOf("open")).toBe(3);
  });

  it("settles what was for a subscription that stands still or is gone, whatever its circuit", async () => {
    const paused = { why: "failing", at: later(-9) } as const;
    await sweep({
      still: { due: 20, health: OPEN, subscription: { paused } },
      gone: { due: 20, health: OPEN, subscription: "deleted" },
    });
    expect([countOf("still"), countOf("gone")]).toEqual([20, 20]);
  });

  it("gives every endpoint its turn where more is due than a sweep takes, the tenants in turn", async () => {
    const crowd = Array.from({ length: 50 }, (_, index) => [`crowd${index}`, { due: 5_000 }] as const);
    const few = Array.from({ length: 4 }, (_, index) => [`few${index}`, { tenant: `t${index}`, due: 5 }] as const);
    const { requeued } = await sweep({ ...Object.fromEntries(crowd), ...Object.fromEntries(few) });
    expect(requeued).toBe(3_000);
    expect(few.map(([id]) => countOf(id))).toEqual([5, 5, 5, 5]);
    for (const [id] of crowd) expect(countOf(id)).toBeGreaterThanOrEqual(59);
    // What it reads to choose from is bounded, too.
    expect(reads.reduce((sum, { limit }) => sum + limit, 0)).toBeLessThanOrEqual(12_000);
    // They come out over most of a minute, the first of each at once.
    const delays = sent.map(({ delay }) => delay);
    expect(Math.max(...delays)).toBeLessThanOrEqual(50);
    expect(sent.filter(({ message }) => message.subscription.startsWith("few")).every(({ delay }) => delay < 5)).toBe(
      true,
    );
  });

  it("goes on where a queue or an endpoint's row fails, and counts what was not queued", async () => {
    const refused = ({ subscription }: DeliveryMessage) => subscription === "bad";
    const result = await sweep({ bad: { due: 10 }, good: { due: 25 } }, refused);
    expect(result.requeued + result.failed).toBe(35);
    expect(result.failed).toBeGreaterThanOrEqual(10);
    expect(result.requeued).toBeGreaterThan(0);
    expect(putOff).toHaveLength(result.requeued);
  });
});
