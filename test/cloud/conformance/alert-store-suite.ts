import { createHash } from "node:crypto";
import { QueryCommand } from "@aws-sdk/lib-dynamodb";
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
    const group: AlertGroup = { tenant: name, subscription: subscriptionNo(1), subject, visibility: "public" };
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
    const [due] = await mine(60);
    if (!due) throw new Error("not due");
    expect(due).toMatchObject({ tenant: name, id: one.id });
    const { noted } = due;
    const next = { ...one, version: 2 };
    expect(await alerts.replace({ ...one, version: 3 }, { at: later(70), noted })).toBe(false);
    // Without a look it is due as before; whoever saw another look is too late.
    expect(await alerts.replace(next)).toBe(true);
    expect(await alerts.replace({ ...one, version: 3 }, { at: undefined, noted: "another" })).toBe(false);
    expect(await mine(60)).toEqual([due]);
    expect(await alerts.replace({ ...one, version: 3 }, { at: undefined, noted })).toBe(true);
    expect(await mine(500)).toEqual([]);
    expect(await alerts.get({ tenant: name, id: one.id })).toEqual({ ...one, version: 3 });
  });

  it("is looked at earlier where something joined, never later", async () => {
    const { alerts, made, opening, group, name } = open();
    const one = made(1);
    await alerts.lead(group, opening(1), undefined);
    await alerts.add(one, later(60));
    const of = { tenant: name, id: one.id };
    await alerts.lookAt(of, later(10), later(5), false);
    await alerts.lookAt(of, later(30), later(6), false);
    await alerts.came(group, opening(1), later(6));
    await alerts.came(group, opening(1), later(5));
    expect((await alerts.opened([group]))[0]?.lastAt).toBe(later(6).toISOString());
    const mine = async () => (await alerts.due(later(25), 500)).filter(({ tenant: its }) => its === name);
    const [due] = await mine();
    expect(due).toMatchObject({ ...of, noted: expect.stringContaining(later(10).toISOString()) });
    // Where somebody may be ending it, whoever does so learns that something came.
    await alerts.lookAt(of, later(20), later(19), true);
    expect(await mine()).toMatchObject([{ ...of, noted: expect.stringContaining(later(20).toISOString()) }]);
    const ended = { ...one, version: 2, state: "ended" as const };
    expect(due && (await alerts.replace(ended, { at: undefined, noted: due.noted }))).toBe(false);
    // One that was opened in its place is not touched by what came for the one before.
    await alerts.lead(group, opening(2, 90), opening(1));
    await alerts.came(group, opening(1), later(99));
    expect((await alerts.opened([group]))[0]).toEqual(opening(2, 90));
  });

  it("finds duties before all else for as long as nobody has acknowledged them", async () => {
    const { alerts, made, name } = open();
    const duty = { ...made(2), duty: { due: later(30).toISOString(), escalated: 0 } };
    await alerts.add(made(1), later(10));
    await alerts.add(duty, later(30));
    const mine = async () => (await alerts.due(later(60), 800)).filter(({ tenant: its }) => its === name);
    expect((await mine()).map(({ id, isDuty }) => [id, isDuty])).toEqual([
      [duty.id, true],
      [made(1).id, false],
    ]);
    // What joins it lets it be looked at earlier, and as a duty.
    await alerts.lookAt({ tenant: name, id: duty.id }, later(20), later(5), false);
    const [due] = await mine();
    if (!due) throw new Error("not due");
    expect(due).toMatchObject({ id: duty.id, isDuty: true, noted: expect.stringContaining(later(20).toISOString()) });
    const acknowledged = { by: "key:1", at: later(21).toISOString() };
    await alerts.replace({ ...duty, acknowledged, version: 2 }, { at: later(25), noted: due.noted });
    expect((await mine()).map(({ id, isDuty }) => [id, isDuty])).toEqual([
      [made(1).id, false],
      [duty.id, false],
    ]);
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
    const minutes = await counts.parts(of);
    expect(minutes.map(({ tally }) => tally.count)).toEqual([20, 20, 20]);
    const sum = minutes.map(({ tally }) => tally).reduce(together);
    expect(sum).toMatchObject({ count: 60, stars: [60, 0, 0, 0, 0], lastAt: later(2).toISOString() });
    expect(minutes.every(({ samples }) => samples.length === 20)).toBe(true);
  });

  it("spreads a minute of very many over rows that stay small, and counts each event once", async () => {
    const { counts, made, name, table } = open();
    const of = { tenant: name, id: made(1).id };
    const events = Array.from({ length: 1_400 }, (_, n) => {
      const digest = createHash("sha256").update(String(n)).digest("base64url");
      return { ...counted(n), id: `evt_${digest.slice(0, 22)}` };
    });
    const batches = Array.from({ length: 28 }, (_, n) => events.slice(n * 50, n * 50 + 50));
    for (const batch of batches) await counts.count(of, batch, NOW);
    // What comes again comes in other company.
    const again = Array.from({ length: 28 }, (_, n) => events.filter((_event, index) => index % 28 === n));
    for (const batch of again) await counts.count(of, batch, NOW);
    const parts = await counts.parts(of);
    expect(parts.map(({ tally }) => tally).reduce(together)).toMatchObject({
      count: 1_400,
      stars: [1_400, 0, 0, 0, 0],
    });
    const { Items = [] } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": `${name}#alertcount#${of.id}` },
        ConsistentRead: true,
      }),
    );
    expect(Items.length).toBe(17);
    for (const row of Items) expect(JSON.stringify(row).length).toBeLessThan(7_000);
    const known = await Promise.all([events[0], events[700], events[1_399]].map((one) => one && counts.knows(of, one)));
    expect(known).toEqual([true, true, true]);
    expect(await counts.knows(of, counted(9_999))).toBe(false);
  });

  it("reads hours that are over as one, and again where something came late", async () => {
    const { counts, made, name } = open();
    const of = { tenant: name, id: made(1).id };
    const total = async () => (await counts.parts(of)).map(({ tally }) => tally.count);
    for (let n = 0; n < 20; n += 1) await counts.count(of, [counted(n, n * 10)], later(n * 10));
    // 12:00 to 15:10, ten minutes apart; now it is 15:16, and 15 o'clock is not over.
    const now = later(196);
    expect((await counts.sumUp(of, now)).map(({ tally }) => tally.count)).toEqual(Array.from({ length: 20 }, () => 1));
    expect(await total()).toEqual([6, 6, 6, 1, 1]);
    expect((await counts.sumUp(of, now)).map(({ tally }) => tally.count)).toEqual([6, 6, 6, 1, 1]);
    // One that is known already, and one that is not.
    await counts.count(of, [counted(3, 30), counted(99, 75)], now);
    expect((await total()).reduce((sum, count) => sum + count, 0)).toBe(21);
    await counts.sumUp(of, now);
    expect(await total()).toEqual([6, 7, 6, 1, 1]);
    const [first] = await counts.parts(of);
    expect(first?.samples).toHaveLength(6);
    expect(await counts.knows(of, counted(3, 30))).toBe(true);
  });

  it("never loses what comes while an hour is summed up", async () => {
    const { counts, made, name } = open();
    const of = { tenant: name, id: made(1).id };
    await counts.count(of, [counted(0, 0), counted(1, 1)], later(1));
    const late = Array.from({ length: 12 }, (_, n) => counts.count(of, [counted(10 + n, n)], later(80)));
    const sums = Array.from({ length: 6 }, () => counts.sumUp(of, later(80)));
    await Promise.all([...late, ...sums]);
    const sum = (parts: Awaited<(typeof sums)[number]>) => parts.reduce((all, { tally }) => all + tally.count, 0);
    expect(sum(await counts.parts(of))).toBe(14);
    expect(sum(await counts.sumUp(of, later(81)))).toBe(14);
    expect(sum(await counts.parts(of))).toBe(14);
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

  it("puts what is more than a row of a gathering holds into others", async () => {
    const { name, table } = open();
    const of = { tenant: name, subscription: subscriptionNo(1), reason: "rate", due: later(60).toISOString() } as const;
    const stores = [gatheringStore(table), gatheringStore(table)];
    const ids = Array.from({ length: 230 }, (_, n) => `alr_${n}`);
    for (const id of ids) await stores[0]?.add(of, id);
    // Another environment, and the same alert again.
    for (const id of ["alr_0", "alr_229", "alr_more"]) await stores[1]?.add(of, id);
    const due = (await gatheringStore(table).due(later(61), 500)).filter(({ tenant: its }) => its === name);
    expect(due.map(({ part }) => part).sort()).toEqual([1, 2]);
    const held = (await Promise.all(due.map((part) => gatheringStore(table).alerts(part)))).flat();
    expect(held.sort()).toEqual([...ids, "alr_more"].sort());
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
    expect(await subscriptions.save({ ...next, version: 3 }, null)).toBe(true);
    expect(await subscriptions.sealedAddress(name, one.id)).toBeUndefined();
    const why = { why: "failing", at: NOW.toISOString() } as const;
    // Whoever changed it meanwhile gave it another chance.
    expect(await subscriptions.pause(name, one.id, 2, why)).toBe(false);
    expect(await subscriptions.pause(name, one.id, 3, why)).toBe(true);
    expect(await subscriptions.pause(name, one.id, 4, { ...why, why: "gone" })).toBe(false);
    expect(await subscriptions.get(name, one.id)).toEqual({ ...next, version: 4, paused: why });
    // Confirming is for what waits for its reader, and both are for the version that was seen.
    expect(await subscriptions.confirm(name, one.id, 4)).toBe(false);
    const asked = { why: "unconfirmed", at: NOW.toISOString() } as const;
    expect(await subscriptions.unsubscribe(name, one.id, 3, asked)).toBe(false);
    expect(await subscriptions.unsubscribe(name, one.id, 4, asked)).toBe(true);
    expect(await subscriptions.confirm(name, one.id, 4)).toBe(false);
    expect(await subscriptions.confirm(name, one.id, 5)).toBe(true);
    expect(await subscriptions.list(name)).toEqual([{ ...next, version: 6 }]);
    expect(await subscriptions.remove(name, one.id, 5, NOW)).toBe(false);
    expect(await subscriptions.remove(name, one.id, 6, NOW)).toBe(true);
    expect(await subscriptions.pause(name, one.id, 6, why)).toBe(false);
    expect(await subscriptions.get(name, one.id)).toBeUndefined();
    expect(await subscriptions.list(name)).toEqual([]);
    // Its id is nobody's again; another's is free, and so is this one elsewhere.
    expect(await subscriptions.save(one)).toBe(false);
    expect(await subscriptions.get(name, one.id)).toBeUndefined();
    expect(await subscriptions.save({ ...one, id: subscriptionNo(5) })).toBe(true);
    expect(await subscriptions.save({ ...one, tenant: tenant() })).toBe(true);
  });

  it("says with new limits of a subscription since when it hears by them", async () => {
    const name = tenant();
    const subscriptions = subscriptionStore(tables().directory);
    const owner = { actor: "bea", role: "brand", brands: ["hats", "shoes"] } as const;
    const one = exampleSubscription({}, { tenant: name, owner: { ...owner, brands: [...owner.brands] } });
    await subscriptions.save(one);
    const narrowed = { ...owner, brands: ["hats"] };
    expect(await subscriptions.own(name, one.id, 1, narrowed, later(1).toISOString())).toBe(true);
    expect(await subscriptions.get(name, one.id)).toMatchObject({
      owner: narrowed,
      hearsSince: later(1).toISOString(),
    });
    expect(await subscriptions.own(name, one.id, 2, { ...narrowed, until: later(2).toISOString() })).toBe(true);
    expect((await subscriptions.get(name, one.id))?.hearsSince).toBe(later(1).toISOString());
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
    const fed = { eventFeed: true, feedAllowed: ["post"], alerts: { allowed: [] } };
    expect(await tenants.setEventFeed(name, { enabled: true, allowed: ["post"] })).toMatchObject(fed);
    expect(await tenants.settings(name)).toMatchObject(fed);
    expect(await tenants.setEventFeed(name, { enabled: false })).toMatchObject({ ...fed, eventFeed: false });
  });
}
