import { expect, it } from "vitest";
import { alertIdOf, openAlert as begin } from "../../../shared/alerts/alert-life.ts";
import { tallyOf, together } from "../../../shared/alerts/tally.ts";
import { defaultSettings } from "../../../shared/domain/tenant.ts";
import { alertCountStore, type Counted } from "../../../shared/store/alert-counts.ts";
import { type AlertGroup, alertStore, type OpenAlert } from "../../../shared/store/alerts.ts";
import { gatheringStore } from "../../../shared/store/gatherings.ts";
import { subscriptionStore } from "../../../shared/store/subscriptions.ts";
import { tenantStore } from "../../../shared/store/tenants.ts";
import { exampleSubscription, later, reviewEvent, subscriptionNo } from "../../unit/alerts/alert-examples.ts";
import { NOW } from "../../unit/domain/examples.ts";
import type { Tables } from "./tables.ts";

const subject = { by: "target", id: "hotel-1" } as const;
const eventId = (n: number): string => `evt_${String(n).padStart(8, "0")}aaaaaaaaaaaaaa`;
const counted = (n: number, minute = 0): Counted => {
  const at = later(minute).toISOString();
  const event = reviewEvent(n, { scoredAt: at });
  return { id: eventId(n), at, tally: tallyOf(event), ref: event.facts.item?.ref };
};

/** What the stores of alerts promise. `tenant` gives a name that no other test uses. */
export function alertStoreSuite(tables: () => Tables, tenant: () => string): void {
  const open = () => {
    const name = tenant();
    const table = tables().deliveries;
    const alerts = alertStore(table);
    const group: AlertGroup = { tenant: name, subscription: subscriptionNo(1), subject };
    const opening = (n: number, minute = 0): OpenAlert => {
      const time = later(minute);
      const id = alertIdOf(group.subscription, subject, eventId(n), time);
      return { alert: id, opener: eventId(n), openedAt: time.toISOString(), lastAt: time.toISOString() };
    };
    const made = (n: number, minute = 0) => {
      const subscription = exampleSubscription({}, { tenant: name });
      const details = { id: opening(n, minute).alert, subject, notice: { kind: "now" } } as const;
      return begin(subscription, reviewEvent(n, { tenant: name }), details, later(minute));
    };
    return { name, table, alerts, group, opening, made, counts: alertCountStore(table, together) };
  };

  it("lets exactly one of many events open an alert, and the next only in its place", async () => {
    const { alerts, group, opening } = open();
    const won = await Promise.all(Array.from({ length: 16 }, (_, n) => alerts.lead(group, opening(n), undefined)));
    expect(won.filter(Boolean)).toHaveLength(1);
    const first = opening(won.indexOf(true));
    expect(await alerts.opened([group, { ...group, subject: { by: "cluster", id: "x" } }])).toEqual([first, undefined]);
    const second = opening(99, 90);
    expect(await alerts.lead(group, second, opening(98))).toBe(false);
    expect(await alerts.lead(group, second, first)).toBe(true);
    expect(await alerts.lead(group, opening(97), first)).toBe(false);
  });

  it("writes an alert once, then version after version, and finds it when its time has come", async () => {
    const { alerts, made, name } = open();
    const one = made(1);
    expect(await alerts.add(one, later(60))).toBe(true);
    expect(await alerts.add(one, later(60))).toBe(false);
    expect(await alerts.get({ tenant: name, id: one.id })).toEqual(one);
    const mine = async (minute: number) =>
      (await alerts.due(later(minute), 500)).filter(({ tenant: of }) => of === name);
    expect(await mine(59)).toEqual([]);
    expect(await mine(60)).toEqual([{ tenant: name, id: one.id }]);
    const next = { ...one, version: 2 };
    expect(await alerts.replace({ ...one, version: 3 }, later(70))).toBe(false);
    expect(await alerts.replace(next)).toBe(true);
    expect(await mine(500)).toEqual([]);
    expect(await alerts.get({ tenant: name, id: one.id })).toEqual(next);
  });

  it("is looked at earlier where something joined, never later", async () => {
    const { alerts, made, opening, group, name } = open();
    const one = made(1);
    await alerts.lead(group, opening(1), undefined);
    await alerts.add(one, later(60));
    await alerts.touch(group, opening(1), later(5), later(10));
    await alerts.touch(group, opening(1), later(6), later(30));
    expect((await alerts.opened([group]))[0]?.lastAt).toBe(later(6).toISOString());
    const due = (await alerts.due(later(11), 500)).filter(({ tenant: of }) => of === name);
    expect(due).toEqual([{ tenant: name, id: one.id }]);
    // One that was opened in its place is not touched by what came for the one before.
    await alerts.lead(group, opening(2, 90), opening(1));
    await alerts.touch(group, opening(1), later(99), later(100));
    expect((await alerts.opened([group]))[0]).toEqual(opening(2, 90));
  });

  it("lists a day's alerts, the newest first, page by page", async () => {
    const { alerts, made, name } = open();
    const all = Array.from({ length: 7 }, (_, n) => made(n, n));
    await Promise.all(all.map((one) => alerts.add(one)));
    const ids = all.map(({ id }) => id).reverse();
    const day = NOW.toISOString().slice(0, 10);
    expect((await alerts.ofDay(name, day, 4)).map(({ id }) => id)).toEqual(ids.slice(0, 4));
    expect((await alerts.ofDay(name, day, 4, ids[3])).map(({ id }) => id)).toEqual(ids.slice(4));
    expect(await alerts.ofDay(name, "2026-11-21", 4)).toEqual([]);
    const several = await alerts.several(all.slice(0, 3).map(({ id }) => ({ tenant: name, id })));
    expect(several.map(({ id }) => id).sort()).toEqual(ids.slice(4).reverse());
  });

  it("counts an event once, whoever counts it, however late it comes again", async () => {
    const { counts, made, name } = open();
    const of = { tenant: name, id: made(1).id };
    const events = Array.from({ length: 60 }, (_, n) => counted(n, n % 3));
    const batches = Array.from({ length: 12 }, (_, n) => events.slice(n * 5, n * 5 + 5));
    await Promise.all([...batches, ...batches].map((batch) => counts.count(of, batch, NOW)));
    await counts.count(of, events, later(600));
    const minutes = await counts.minutes(of);
    expect(minutes.map(({ tally }) => tally.count)).toEqual([20, 20, 20]);
    const sum = minutes.map(({ tally }) => tally).reduce(together);
    expect(sum).toMatchObject({ count: 60, stars: [60, 0, 0, 0, 0], lastAt: later(2).toISOString() });
    expect(minutes.every(({ samples }) => samples.length === 20)).toBe(true);
  });

  it("counts what was sent in an hour", async () => {
    const { alerts, name } = open();
    const sent = (minute: number) => alerts.countSent(name, subscriptionNo(1), later(minute));
    const before = await Promise.all([0, 1, 2].map(sent));
    // An answer that was lost is asked for again: at least as many as there were.
    expect(Math.max(...before)).toBeGreaterThanOrEqual(2);
    expect(await sent(60)).toBeLessThan(2);
  });

  it("keeps what is gathered until it is due, and what came while it was told", async () => {
    const { name, table } = open();
    const gatherings = gatheringStore(table);
    const of = {
      tenant: name,
      subscription: subscriptionNo(1),
      reason: "digest",
      due: later(60).toISOString(),
    } as const;
    for (const id of ["alr_a", "alr_b", "alr_a"]) await gatherings.add(of, id);
    const due = async (minute: number) =>
      (await gatherings.due(later(minute), 500)).filter(({ tenant: its }) => its === name);
    expect(await due(59)).toEqual([]);
    expect(await due(60)).toEqual([{ ...of, part: 1 }]);
    const whole = { ...of, part: 1 };
    const told = await gatherings.alerts(whole);
    expect([...told].sort()).toEqual(["alr_a", "alr_b"]);
    await gatherings.add(of, "alr_late");
    await gatherings.take(whole, told);
    expect(await gatherings.alerts(whole)).toEqual(["alr_late"]);
    expect(await due(60)).toEqual([whole]);
    await gatherings.take(whole, ["alr_late"]);
    expect(await due(60)).toEqual([]);
    await gatherings.take(whole, []);
  });

  it("saves subscriptions version after version, and pauses one once", async () => {
    const name = tenant();
    const subscriptions = subscriptionStore(tables().directory);
    const one = exampleSubscription({}, { tenant: name });
    expect(await subscriptions.save(one, "sealed")).toBe(true);
    expect(await subscriptions.save(one)).toBe(false);
    expect(await subscriptions.sealedAddress(name, one.id)).toBe("sealed");
    const next = { ...one, version: 2, changedBy: "key:2" };
    expect(await subscriptions.save({ ...one, version: 3 })).toBe(false);
    expect(await subscriptions.save(next)).toBe(true);
    expect(await subscriptions.sealedAddress(name, one.id)).toBe("sealed");
    const why = { why: "failing", at: NOW.toISOString() } as const;
    expect(await subscriptions.pause(name, one.id, why)).toBe(true);
    expect(await subscriptions.pause(name, one.id, { ...why, why: "gone" })).toBe(false);
    expect(await subscriptions.get(name, one.id)).toEqual({ ...next, version: 3, paused: why });
    // Confirming is for what waits for its reader, and both are for the version that was seen.
    expect(await subscriptions.confirm(name, one.id, 3)).toBe(false);
    const asked = { why: "unconfirmed", at: NOW.toISOString() } as const;
    expect(await subscriptions.unsubscribe(name, one.id, 2, asked)).toBe(false);
    expect(await subscriptions.unsubscribe(name, one.id, 3, asked)).toBe(true);
    expect(await subscriptions.confirm(name, one.id, 3)).toBe(false);
    expect(await subscriptions.confirm(name, one.id, 4)).toBe(true);
    expect(await subscriptions.list(name)).toEqual([{ ...next, version: 5 }]);
    expect(await subscriptions.remove(name, one.id, 4)).toBe(false);
    expect(await subscriptions.remove(name, one.id, 5)).toBe(true);
    expect(await subscriptions.pause(name, one.id, why)).toBe(false);
    expect(await subscriptions.get(name, one.id)).toBeUndefined();
  });

  it("lets whoever changes a subscription last say what all want", async () => {
    const name = tenant();
    const tenants = tenantStore(tables().directory);
    await tenants.create(defaultSettings(name));
    const saved = new Set<string>();
    const kinds = ["verdict", "case", "decision", "target", "audience", "breaker"] as const;
    await Promise.all(
      kinds.map(async (place) => {
        saved.add(place);
        await tenants.setAlerts(name, async () => ({ places: kinds.filter((one) => saved.has(one)), allowed: [] }));
      }),
    );
    expect((await tenants.settings(name))?.alerts.places).toEqual([...kinds]);
    await tenants.setEventFeed(name, true);
    expect(await tenants.settings(name)).toMatchObject({ eventFeed: true, alerts: { allowed: [] } });
  });
}
