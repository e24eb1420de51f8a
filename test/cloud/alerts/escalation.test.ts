import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listAlerts } from "../../../functions/alerts/list-alerts.ts";
import type { Subscription } from "../../../shared/domain/subscription.ts";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import { labelled, later, reviewEvent, subscriptionNo } from "../../unit/alerts/alert-examples.ts";
import { createTables, startDynalite, type Tables } from "../conformance/tables.ts";
import { alertsWorld } from "./alerts-world.ts";

// Who is told of a duty that nobody acknowledges, on the embedded DynamoDB.

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

const OWN = subscriptionNo(1);
const [SECOND, THIRD] = [subscriptionNo(2), subscriptionNo(3)];
const hook = (name: string) => ({ channel: { type: "webhook", url: `https://${name}.example/x` } });
const passTo = (escalateTo: string) => ({ duty: { ackMinutes: 15, escalateTo } });

/** A duty of the first subscription, passed on to the second, after a time. */
async function escalated(
  others: readonly (readonly [id: string, document: Record<string, unknown>, more?: Partial<Subscription>])[],
  { until = 16, own = {}, item = {} }: { until?: number; own?: Record<string, unknown>; item?: Partial<Verdict> } = {},
) {
  const world = alertsWorld(tables);
  const document = { filter: { labels: ["adverse_event"] }, ...passTo(SECOND), ...own };
  const mine = await world.subscribe(document, { id: OWN });
  for (const [id, given, more] of others) await world.subscribe(given, { id, ...more });
  const { tenant } = world;
  await world.happen([mine], [reviewEvent(1, { tenant, labels: [labelled("adverse_event")], ...item })], 0);
  await world.pass(1, until);
  const [alert] = await world.inbox();
  const passed = world.told().filter(({ type }) => type === "alert.escalated");
  const record = alert?.record.filter(({ what }) => what === "escalated" || what === "not_reached") ?? [];
  return { ...world, alert, to: passed.map(({ subscription }) => subscription), passed, record };
}
const paused = { paused: { why: "failing", at: later(0).toISOString() } } as const;

describe("a duty that nobody acknowledged", () => {
  it("goes on to the next of the chain where the one who is named stands still", async () => {
    const it = await escalated([
      [SECOND, { ...hook("second"), ...passTo(THIRD) }, paused],
      [THIRD, hook("third")],
    ]);
    expect(it.to).toEqual([THIRD]);
    expect(it.record).toMatchObject([
      { what: "not_reached", to: SECOND, why: "paused" },
      { what: "escalated", to: THIRD },
    ]);
  });

  it("goes to its own subscription again where the one who is named is gone", async () => {
    const it = await escalated([]);
    expect(it.to).toEqual([OWN]);
    expect(it.passed[0]?.data).toMatchObject({ alert: { mustAcknowledge: true, escalatedFrom: { id: OWN } } });
    expect(it.record).toMatchObject([
      { what: "not_reached", to: SECOND, why: "gone" },
      { what: "escalated", to: OWN },
    ]);
  });

  it("goes around in no circle of those who cannot be told", async () => {
    const it = await escalated([
      [SECOND, { ...hook("second"), ...passTo(THIRD) }, paused],
      [THIRD, { ...hook("third"), ...passTo(SECOND) }, paused],
    ]);
    expect(it.to).toEqual([OWN]);
    expect(it.record.map(({ to }) => to)).toEqual([SECOND, THIRD, OWN]);
  });

  it("goes to no brand where its item is private, though the item is of that brand", async () => {
    const brands = { filter: { labels: ["adverse_event"], brands: ["hats"] } };
    const owner: Subscription["owner"] = { actor: "key:b", role: "brand", brands: ["hats"] };
    const item: Partial<Verdict> = { visibility: "private", brandIds: ["hats"] };
    const hats = [SECOND, hook("hats"), { owner }] as const;
    expect((await escalated([hats], { own: brands, item })).to).toEqual([OWN]);
    expect((await escalated([hats], { own: brands, item: { ...item, visibility: "public" } })).to).toEqual([SECOND]);
  });

  it("waits in the inbox where nobody can be told, and is tried again, five times at the most", async () => {
    const inbox = { channel: { type: "inbox" } };
    const it = await escalated([[SECOND, hook("second"), paused]], { own: inbox, until: 14 });
    expect(it.record).toEqual([]);
    await it.pass(15, 20);
    const waiting = (await it.inbox())[0];
    expect(waiting?.record.at(-1)).toMatchObject({ what: "escalated", to: "inbox" });
    expect(waiting?.duty).toMatchObject({ escalated: 1, escalateTo: SECOND });
    // Whoever stood still is back.
    const second = await it.subscriptions.get(it.tenant, SECOND);
    if (!second) throw new Error("no second");
    const { paused: _, ...back } = second;
    await it.subscriptions.save({ ...back, version: second.version + 1 });
    await it.pass(21, 300);
    expect(
      it
        .told()
        .filter(({ type }) => type === "alert.escalated")
        .map(({ subscription }) => subscription),
    ).toEqual([SECOND]);
    const never = await escalated([[SECOND, hook("second"), paused]], { own: inbox, until: 300 });
    expect(never.to).toEqual([]);
    expect(never.alert?.duty?.escalated).toBe(5);
  });

  it("is listed among what an inbox subscription hears of once it was passed on to it", async () => {
    const it = await escalated([[SECOND, { channel: { type: "inbox" } }, { owner: { actor: "mona", role: "lead" } }]]);
    expect(it.record).toMatchObject([{ what: "escalated", to: SECOND }]);
    const list = listAlerts({ alerts: it.alerts, subscriptions: it.subscriptions });
    const listed = async (subscription: string) => {
      const answer = await list({
        caller: { tenant: it.tenant, actor: "mona", role: "lead" },
        query: { subscription, days: "7", limit: "50" },
        now: later(20),
      } as never);
      return answer.ok ? answer.value : undefined;
    };
    expect(await listed(SECOND)).toMatchObject({ alerts: [{ mustAcknowledge: true, escalations: 1 }] });
    expect(await listed(THIRD)).toMatchObject({ alerts: [] });
  });
});

describe("what is private", () => {
  it("is in no alert with what is public, for the brands that may see that one", async () => {
    const world = alertsWorld(tables);
    const { tenant } = world;
    const mine = await world.subscribe({ filter: { brands: ["hats"] } });
    const of = (n: number, visibility: "public" | "private") =>
      reviewEvent(n, { tenant, brandIds: ["hats"], visibility });
    for (const [n, visibility] of (["public", "private", "public", "private"] as const).entries())
      await world.happen([mine], [of(n, visibility)], n);
    await world.pass(5, 70);
    const seen = (await world.inbox()).map(({ first, samples, tally }) => [
      first.item?.visibility,
      samples.map(({ id }) => id),
      tally.count,
    ]);
    expect(seen.sort()).toEqual([
      ["private", ["review-1", "review-3"], 2],
      ["public", ["review-0", "review-2"], 2],
    ]);
  });
});
