import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Outgoing } from "../../../shared/domain/outgoing.ts";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import { labelled, later, reviewEvent, subscriptionNo, verdictEvent } from "../../unit/alerts/alert-examples.ts";
import { createTables, startDynalite, type Tables } from "../conformance/tables.ts";
import { alertsWorld } from "./alerts-world.ts";

// From an event to what is handed over, on the embedded DynamoDB; the test moves the clock.

let tables: Tables;
let stop: () => Promise<void>;
beforeAll(async () => {
  const { config, stop: end } = await startDynalite();
  tables = await createTables(config);
  stop = end;
});
afterAll(async () => {
  await tables?.remove();
  await stop?.();
});

const world = () => alertsWorld(tables);
const typesOf = (messages: readonly Outgoing[]): string[] => messages.map(({ type }) => type);
const alertOf = ({ data }: Outgoing) => {
  if (data.about !== "alert") throw new Error("not about an alert");
  return data.alert;
};
const reviews = (
  tenant: string,
  from: number,
  count: number,
  minute: number,
  more: (n: number) => Partial<Verdict> = () => ({}),
) =>
  Array.from({ length: count }, (_, n) =>
    reviewEvent(from + n, { tenant, scoredAt: later(minute).toISOString(), ...more(from + n) }),
  );

describe("a review bomb", () => {
  it("is one alert that grows and ends with a summary, exactly counted though everything comes twice", async () => {
    const it = world();
    const mine = await it.subscribe();
    const stars = (n: number) => ({ features: { rating: n % 100 < 61 ? 1 : 5 } });
    for (let minute = 0; minute < 40; minute += 2) {
      const some = reviews(it.tenant, minute * 5, minute === 38 ? 24 : 10, minute, stars);
      await it.happen([mine], some, minute);
      await it.happen([mine], some, minute);
      await it.sweep(minute);
    }
    expect(typesOf(it.told())).toEqual(["alert.opened", "alert.grown", "alert.grown"]);
    expect(it.told().map((one) => alertOf(one).tally.count)).toEqual([1, 60, 110]);
    await it.pass(39, 101);
    const [, , , last, ...more] = it.told();
    expect(more).toEqual([]);
    expect(last?.type).toBe("alert.ended");
    const facts = last && alertOf(last);
    expect(facts?.tally.count).toBe(214);
    expect(facts?.headline).toMatch(/^214 reviews in 38 minutes, 6\d% with one star/);
    const [alert, ...others] = await it.inbox();
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ state: "ended", tally: { count: 214 }, told: { count: 214, sequence: 3 } });
    expect(await it.sweep(5_000)).toEqual({ grown: 0, ended: 0, escalated: 0, gathered: 0 });
  });

  it("is another alert after an hour of silence", async () => {
    const it = world();
    const mine = await it.subscribe();
    await it.happen([mine], reviews(it.tenant, 0, 1, 0), 0);
    await it.happen([mine], reviews(it.tenant, 1, 1, 61), 61);
    expect(typesOf(it.told())).toEqual(["alert.opened", "alert.opened"]);
  });

  it("joins what reads alike across targets", async () => {
    const it = world();
    const mine = await it.subscribe();
    const alike = Array.from({ length: 5 }, (_, n) =>
      reviewEvent(n, { tenant: it.tenant, targetId: `hotel-${n}` }, "same-words"),
    );
    for (const event of alike) await it.happen([mine], [event], 0);
    expect(await it.inbox()).toHaveLength(1);
    await it.pass(1, 61);
    expect(it.told().map((one) => alertOf(one).tally.count)).toEqual([1, 5]);
  });

  it("is told event by event to a platform's stream, and to nobody else of its rate", async () => {
    const it = world();
    const channel = { type: "webhook", url: "https://platform.example/in", stream: true };
    const mine = await it.subscribe({ channel, perHour: 1 });
    const some = reviews(it.tenant, 0, 30, 0);
    await it.happen([mine], some, 0);
    await it.happen([mine], some, 0);
    expect(it.told()).toHaveLength(30);
    expect(await it.inbox()).toEqual([]);
  });
});

describe("what must not be lost", () => {
  it("is handed over after a crash between the alert and its delivery", async () => {
    const it = world();
    const mine = await it.subscribe();
    const some = reviews(it.tenant, 0, 1, 0);
    it.fail(() => true);
    await expect(it.happen([mine], some, 0)).rejects.toThrow("the queue is down");
    expect(it.told()).toEqual([]);
    it.fail(() => false);
    await it.happen([mine], some, 1);
    await it.happen([mine], some, 2);
    expect(typesOf(it.told())).toEqual(["alert.opened"]);
    expect((await it.inbox())[0]?.tally.count).toBe(1);
  });

  it("is swept though something else fails", async () => {
    const it = world();
    const mine = await it.subscribe({ timing: { kind: "digest", every: "hour", timeZone: "UTC" } });
    const other = await it.subscribe({}, { id: subscriptionNo(2) });
    await it.happen([mine], reviews(it.tenant, 0, 1, 0), 0);
    await it.happen([other], reviews(it.tenant, 1, 2, 0), 0);
    it.fail(() => true);
    await expect(it.sweep(61)).rejects.toThrow("the queue is down");
    let failures = 0;
    it.fail(() => failures++ === 0);
    await expect(it.sweep(62)).rejects.toThrow("the queue is down");
    await it.sweep(63);
    expect(typesOf(it.told()).sort()).toEqual(["alert.ended", "alert.opened", "alerts.digest"]);
  });

  it("is told in one summary where it is over the rate", async () => {
    const it = world();
    const mine = await it.subscribe({ perHour: 3 });
    const others = Array.from({ length: 10 }, (_, n) => reviewEvent(n, { tenant: it.tenant, targetId: `hotel-${n}` }));
    for (const event of others) await it.happen([mine], [event], 1);
    expect(typesOf(it.told())).toEqual(["alert.opened", "alert.opened", "alert.opened"]);
    await it.pass(2, 60);
    const { data, type } = it.told()[3] ?? {};
    expect(type).toBe("alerts.held_back");
    expect(data).toMatchObject({ alerts: { alerts: 7, events: 7, reason: "rate" } });
    await it.pass(61, 200);
    expect(it.told()).toHaveLength(4);
  });

  it("is told after quiet hours, but at once where a life may hang on it", async () => {
    const it = world();
    const quiet = { from: "11:00", to: "13:00", timeZone: "UTC" };
    const mine = await it.subscribe({ quiet });
    const severe = verdictEvent({ tenant: it.tenant, lane: "severe_safety", labels: [labelled("self_harm", 7)] });
    await it.happen([mine], [reviewEvent(1, { tenant: it.tenant }), severe], 0);
    expect(it.told().map(({ data }) => data.about)).toEqual(["alert"]);
    expect(it.told()[0] && alertOf(it.told()[0] as Outgoing).first.item?.lane).toBe("severe_safety");
    await it.pass(59, 60);
    expect(typesOf(it.told()).sort()).toEqual(["alert.escalated", "alert.opened", "alerts.after_quiet"]);
  });

  it("is in the digest, and again in the next where it grew", async () => {
    const it = world();
    const mine = await it.subscribe({ timing: { kind: "digest", every: "hour", timeZone: "Europe/Zurich" } });
    await it.happen([mine], reviews(it.tenant, 0, 3, 5), 5);
    await it.pass(6, 60);
    expect(it.told().map(({ data }) => data)).toMatchObject([{ alerts: { reason: "digest", alerts: 1, events: 3 } }]);
    await it.happen([mine], reviews(it.tenant, 3, 4, 62), 62);
    await it.pass(63, 120);
    expect(it.told().map(({ data }) => data)).toMatchObject([{}, { alerts: { alerts: 1, events: 7 } }]);
    expect(typesOf(it.told())).toEqual(["alerts.digest", "alerts.digest"]);
  });
});

describe("a duty", () => {
  const document = { filter: { labels: ["adverse_event"] }, duty: { ackMinutes: 15, escalateTo: subscriptionNo(2) } };
  const adverse = (tenant: string, n: number) => reviewEvent(n, { tenant, labels: [labelled("adverse_event")] });

  it("is an alert of its own, is passed on when nobody acknowledges, and its record is kept", async () => {
    const it = world();
    const mine = await it.subscribe(document);
    const quality = { name: "Quality", channel: { type: "webhook", url: "https://quality.example/x" } };
    const senior = await it.subscribe(quality, { id: subscriptionNo(2) });
    await it.happen([mine], [adverse(it.tenant, 1), adverse(it.tenant, 2)], 0);
    expect(it.told().map((one) => alertOf(one).mustAcknowledge)).toEqual([true, true]);
    const [one, other] = await it.inbox();
    if (!one || !other) throw new Error("not two alerts");
    const { acknowledge } = await import("../../../shared/alerts/alert-life.ts");
    await it.alerts.replace(acknowledge(one, "key:officer", later(10)));
    await it.pass(11, 70);
    const passed = it.told().filter(({ type }) => type === "alert.escalated");
    expect(passed).toHaveLength(1);
    expect(passed[0]).toMatchObject({ subscription: senior.id, at: later(15).toISOString() });
    expect(passed[0] && alertOf(passed[0])).toMatchObject({ id: other.id, escalatedFrom: { id: mine.id } });
    const kept = await it.alerts.get({ tenant: it.tenant, id: other.id });
    expect(kept?.record.map(({ what }) => what)).toEqual(["opened", "told", "escalated", "ended"]);
    expect(kept?.duty).toMatchObject({ escalated: 1 });
  });

  it("is passed on to no brand that it is not about", async () => {
    const it = world();
    const owner = { actor: "key:b", role: "brand", brands: ["hats"] } as const;
    const mine = await it.subscribe(document);
    const channel = { type: "webhook", url: "https://hats.example/x" };
    await it.subscribe({ channel }, { id: subscriptionNo(2), owner: { ...owner, brands: ["hats"] } });
    await it.happen([mine], [adverse(it.tenant, 1)], 0);
    await it.pass(15, 16);
    expect(it.told().map(({ type, subscription }) => [type, subscription])).toEqual([
      ["alert.opened", mine.id],
      ["alert.escalated", mine.id],
    ]);
    expect((await it.inbox())[0]?.record.slice(-2)).toMatchObject([
      { what: "not_reached", to: subscriptionNo(2), why: "other_brand" },
      { what: "escalated", to: mine.id },
    ]);
  });

  it("is passed on once, though the sweep dies before it wrote so", async () => {
    const it = world();
    const mine = await it.subscribe(document);
    await it.subscribe({ channel: { type: "webhook", url: "https://quality.example/x" } }, { id: subscriptionNo(2) });
    await it.happen([mine], [adverse(it.tenant, 1)], 0);
    it.fail(() => true);
    await expect(it.sweep(15)).rejects.toThrow("the queue is down");
    it.fail(() => false);
    await it.pass(16, 18);
    expect(typesOf(it.told())).toEqual(["alert.opened", "alert.escalated"]);
  });
});
