import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { messageFor } from "../../../shared/delivery/deliveries.ts";
import { readAllowedHosts } from "../../../shared/delivery/endpoint-url.ts";
import { rotateSecret } from "../../../shared/delivery/signing-secrets.ts";
import { webhookBody } from "../../../shared/delivery/webhook-sender.ts";
import { replayed } from "../../../shared/domain/delivery.ts";
import { keys, openRig, SLOTS, type WorldRig } from "./delivery-world.ts";

// Attempts on real tables against a receiver in a process of its own; queues and clock are moved by the test.

const HOUR = 3_600_000;
let rig: WorldRig;
let count = 0;
const fresh = () => {
  count += 1;
  return { world: rig.world(), name: `n${count}` };
};

beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig?.close());

describe("a webhook", () => {
  it("arrives once, signed, as a CloudEvent", async () => {
    const { world, name } = fresh();
    const { id, secret } = await world.subscribe(rig.receiver.at("verified", name));
    await rig.receiver.knows({ [name]: [secret] });
    const message = await world.tell(id);
    await world.run();
    const [asked, ...more] = await rig.receiver.requests(name);
    expect(more).toEqual([]);
    expect(asked).toMatchObject({ id: message.id, verified: true, body: webhookBody(message) });
    expect(asked?.headers["content-type"]).toBe("application/cloudevents+json");
    expect(JSON.parse(asked?.body ?? "")).toMatchObject({
      specversion: "1.0",
      type: "touchstone.subscription.paused",
      source: `urn:touchstone:${world.tenant}`,
      subject: id,
      datacontenttype: "application/json",
    });
    expect(await world.get(message.id)).toMatchObject({
      state: "delivered",
      channel: "webhook",
      attempts: [{ outcome: "delivered", status: 200 }],
    });
    // Nothing is written about an endpoint that is well.
    expect((await world.endpoints.get(world.tenant, id)).version).toBe(1);
  });

  it("is handed over once, however often", async () => {
    const { world, name } = fresh();
    const { id } = await world.subscribe(rig.receiver.at("200", name));
    const message = await world.tell(id);
    world.queued.push(...world.queued);
    await world.run();
    const first = await world.get(message.id);
    // The queue brings it once more, much later.
    world.queued.push({ lane: "first", at: 0, message: messageFor({ ...first, version: 1 }) });
    await world.run();
    const asked = await rig.receiver.requests(name);
    // Twice at the same moment may be tried twice, under one id; it stands once.
    expect(new Set(asked.map((one) => one.id))).toEqual(new Set([message.id]));
    expect(asked.length).toBeLessThanOrEqual(2);
    expect(await world.get(message.id)).toEqual(first);
    expect(first.attempts).toHaveLength(1);
  });

  it("is signed with both secrets for a day after a rotation", async () => {
    const { world, name } = fresh();
    const { id, secret } = await world.subscribe(rig.receiver.at("verified", name));
    const next = await rotateSecret({ endpoints: world.endpoints, keys }, world.tenant, id, world.now());
    for (const known of [secret, next?.secret ?? ""]) {
      await rig.receiver.knows({ [name]: [known] });
      const { id: told } = await world.tell(id);
      await world.run();
      expect((await world.get(told)).state).toBe("delivered");
    }
    const [asked] = await rig.receiver.requests(name);
    expect(String(asked?.headers["webhook-signature"]).split(" ")).toHaveLength(2);
  });

  it("tells nobody what it holds: neither secret nor body stands readable in a table", async () => {
    const { world, name } = fresh();
    const { id, secret } = await world.subscribe(rig.receiver.at("200", name));
    const message = await world.tell(id);
    const stored = await world.store.get({ tenant: world.tenant, id: message.id }, world.now());
    const rows = `${Buffer.from(stored?.sealed ?? []).toString("latin1")} ${JSON.stringify(stored?.delivery)} ${JSON.stringify(await world.endpoints.get(world.tenant, id))}`;
    expect(rows).not.toContain("Of a test");
    expect(rows).not.toContain(secret.slice(6));
  });
});

describe("what fails is tried again", () => {
  it("until it is taken, later each time, under the same id", async () => {
    const { world, name } = fresh();
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
    const { world, name } = fresh();
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
    const { world, name } = fresh();
    const { id } = await world.subscribe(rig.receiver.at("429_1200,200", name));
    const message = await world.tell(id);
    const others = await world.tell(id);
    await world.run({ untilMs: 19 * 60_000 });
    expect((await world.get(message.id)).state).toBe("waiting");
    await world.run({ untilMs: HOUR });
    expect((await world.get(message.id)).state).toBe("delivered");
    expect((await world.get(others.id)).state).toBe("delivered");
  });

  it.each([
    ["302_http%3A%2F%2F127.0.0.1%2F", "status"],
    ["reset", "connection_reset"],
    ["garbage", "not_http"],
  ])("%s: %s", async (answers, outcome) => {
    const { world, name } = fresh();
    const { id } = await world.subscribe(rig.receiver.at(`${answers},200`, name));
    const message = await world.tell(id);
    await world.run({ untilMs: HOUR });
    expect((await world.get(message.id)).attempts.map((one) => one.outcome)).toEqual([outcome, "delivered"]);
  });

  it("where the name leads to the machine itself, and never goes there", async () => {
    const { world, name } = fresh();
    const inner = ["127.0.0.1", "169.254.169.254"];
    let asked = 0;
    world.guard({ allowed: readAllowedHosts(""), resolve: async () => inner.slice(asked++ % 2, inner.length) });
    const { id } = await world.subscribe(`https://hooks.example.com:8443/do/200/${name}`);
    const message = await world.tell(id);
    await world.run({ untilMs: 10_000 });
    const { attempts } = await world.get(message.id);
    expect(attempts.map(({ outcome }) => outcome)).toEqual(["address_not_public", "address_not_public"]);
    expect(await rig.receiver.requests(name)).toEqual([]);
  });

  it("with a clock that is wrong the receiver refuses, and takes it when the clock is right", async () => {
    const { world, name } = fresh();
    const { id, secret } = await world.subscribe(rig.receiver.at("verified", name));
    await rig.receiver.knows({ [name]: [secret] });
    const message = await world.tell(id);
    await world.run({ skewMs: -600_000 });
    const [refused] = await rig.receiver.requests(name);
    expect(refused).toMatchObject({ verified: false, fault: "Message timestamp too old" });
    expect((await world.get(message.id)).attempts).toMatchObject([{ outcome: "status", status: 400 }]);
    await world.run({ untilMs: 60_000 });
    expect((await world.get(message.id)).state).toBe("delivered");
    expect((await rig.receiver.requests(name)).at(-1)).toMatchObject({ verified: true, id: message.id });
  });
});

describe("a receiver that is slow", () => {
  it("is left to the second queue, and what comes after goes there at once", async () => {
    const { world, name } = fresh();
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
    const { world, name } = fresh();
    const { id } = await world.subscribe(rig.receiver.at("huge", name));
    const message = await world.tell(id);
    await world.run();
    expect((await world.get(message.id)).state).toBe("delivered");
  });

  it("never has more requests at once than there are slots", async () => {
    const { world, name } = fresh();
    const { id } = await world.subscribe(rig.receiver.at("slow_20", name));
    const told = await Promise.all(Array.from({ length: 20 }, () => world.tell(id)));
    await world.run({ untilMs: 60_000 });
    for (const { id: one } of told) expect((await world.get(one)).state).toBe("delivered");
    const sides = (await rig.receiver.requests(name)).map(({ side }) => side);
    expect(Math.max(...sides)).toBeLessThanOrEqual(SLOTS);
    expect(Math.max(...sides)).toBe(SLOTS);
  });
});

describe("a dead endpoint", () => {
  it("is not asked again by every delivery: one tries whether it lives, the others wait, and all arrive", async () => {
    const { world, name } = fresh();
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
    const { world, name } = fresh();
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
  });

  it("that fails for days is paused, and its owner is told once", async () => {
    const { world, name } = fresh();
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
    const { world, name } = fresh();
    const { id } = await world.subscribe(rig.receiver.at("200", name));
    const message = await world.tell(id);
    await world.subscriptions.remove(world.tenant, id, 1);
    await world.run();
    expect(await world.get(message.id)).toMatchObject({ state: "cancelled", reason: "subscription_deleted" });
    expect(await rig.receiver.requests(name)).toEqual([]);
  });
});

describe("what is interrupted", () => {
  it("between the attempt and its record is tried again under the same id", async () => {
    const { world, name } = fresh();
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
    const { world, name } = fresh();
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
    const { world, name } = fresh();
    const { id } = await world.subscribe(rig.receiver.at("200", name));
    const message = await world.tell(id);
    world.queued.length = 0;
    await world.run({ untilMs: HOUR });
    expect((await world.get(message.id)).state).toBe("waiting");
    await world.repeat(message);
    await world.run();
    expect((await world.get(message.id)).state).toBe("delivered");
  });
});
