import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { acknowledgeAlert } from "../../../functions/alerts/acknowledge-alert.ts";
import { listAlerts } from "../../../functions/alerts/list-alerts.ts";
import { tellSubscriber } from "../../../functions/match-alerts/tell-subscriber.ts";
import type { Caller } from "../../../shared/domain/tenant.ts";
import { labelled, later, reviewEvent, subscriptionNo } from "../../unit/alerts/alert-examples.ts";
import { createTables, startDynalite, type Tables } from "../conformance/tables.ts";
import { alertsWorld } from "./alerts-world.ts";

// One answer stands for one duty, and none is forgotten, on the embedded DynamoDB.

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

const DAY = 1_440;
const SAME = "same-words-same-words-";
const wordsNo = (n: number): string => String(n).padStart(22, "w");

/** Adverse events of one drug, in the inbox of a lead, and what the lead can do. */
async function duties(document: Record<string, unknown> = {}) {
  const world = alertsWorld(tables);
  const { tenant, alerts, subscriptions, counts } = world;
  const mine = await world.subscribe({ filter: { labels: ["adverse_event"] }, ...document });
  const caller: Caller = { tenant, actor: "mona", role: "lead" };
  const audit = { append: async () => undefined };
  const ask = acknowledgeAlert({ alerts, subscriptions, counts, audit });
  const list = listAlerts({ alerts, subscriptions });
  return {
    ...world,
    mine,
    event: (n: number, words: string, label: "adverse_event" | "rating_storm" = "adverse_event") =>
      reviewEvent(
        n,
        {
          tenant,
          targetId: "drug-1",
          labels: [labelled("adverse_event"), labelled(label)],
          scoredAt: later(n).toISOString(),
        },
        words,
      ),
    acknowledge: async (id: string, minute: number) => {
      const answer = await ask({ caller, params: { id }, query: {}, body: {}, now: later(minute) } as never);
      if (!answer.ok) throw new Error("not acknowledged");
      return answer.value;
    },
    waiting: async (minute: number, more: Record<string, string> = {}) => {
      const query = { duty: "waiting", days: "7", limit: "50", ...more };
      const answer = await list({ caller, params: {}, query, now: later(minute) } as never);
      if (!answer.ok) throw new Error("no list");
      return answer.value;
    },
    types: () => world.told().map(({ type }) => type),
    /** Of each alert how many events it has, and whether somebody acknowledged it. */
    whereabouts: async () =>
      (await world.inbox()).map(({ tally, acknowledged }) => [tally.count, acknowledged !== undefined]),
  };
}

describe("a duty", () => {
  it("is one for each of eight patients, though their reviews are one storm", async () => {
    const it = await duties();
    const events = Array.from({ length: 8 }, (_, n) => it.event(n, wordsNo(n), "rating_storm"));
    await it.happen([it.mine], events.slice(0, 1), 0);
    const [first] = await it.inbox();
    await it.acknowledge(first?.id ?? "", 1);
    await it.happen([it.mine], events.slice(1), 8);
    expect((await it.whereabouts()).sort()).toEqual([...Array(7).fill([1, false]), [1, true]]);
    expect(it.types()).toEqual(Array(8).fill("alert.opened"));
  });

  it("is another when near-duplicates come after somebody acknowledged it, and is told at once", async () => {
    const it = await duties();
    await it.happen([it.mine], [it.event(1, SAME), it.event(2, SAME)], 2);
    const [first] = await it.inbox();
    const shown = await it.acknowledge(first?.id ?? "", 3);
    expect(shown.tally.count).toBe(2);
    await it.happen([it.mine], [it.event(4, SAME), it.event(5, SAME), it.event(6, SAME)], 6);
    expect(it.types()).toEqual(["alert.opened", "alert.opened"]);
    const [next] = (await it.waiting(7)).alerts;
    expect(next).toMatchObject({ mustAcknowledge: true });
    expect((await it.waiting(7)).alerts).toHaveLength(1);
    await it.pass(8, 40);
    const ended = await it.alerts.get({ tenant: it.tenant, id: first?.id ?? "" });
    expect(ended).toMatchObject({ state: "ended", tally: { count: 2 }, acknowledged: { by: "mona" } });
    expect(ended?.record.map(({ what }) => what)).toEqual(["opened", "told", "acknowledged", "ended"]);
    const second = await it.alerts.get({ tenant: it.tenant, id: next?.id ?? "" });
    expect(second?.acknowledged).toBeUndefined();
  });

  it("counts in the one that was acknowledged what was let in before, though its teller died in between", async () => {
    const it = await duties();
    await it.happen([it.mine], [it.event(1, SAME)], 1);
    const [first] = await it.inbox();
    const of = { tenant: it.tenant, id: first?.id ?? "" };
    const dying = tellSubscriber({
      ...it.ports,
      counts: {
        ...it.counts,
        count: async () => {
          await it.acknowledge(of.id, 2);
          throw new Error("died");
        },
      },
    });
    await expect(dying(it.mine, it.event(2, SAME), later(2))).rejects.toThrow("died");
    // Its message comes again, and again; then one that nobody had let in.
    await it.happen([it.mine], [it.event(2, SAME)], 3);
    await it.happen([it.mine], [it.event(2, SAME)], 4);
    await it.happen([it.mine], [it.event(3, SAME)], 5);
    await it.pass(6, 70);
    expect((await it.whereabouts()).sort()).toEqual([
      [1, false],
      [2, true],
    ]);
    expect(it.types().filter((type) => type === "alert.opened")).toHaveLength(2);
  });

  it("takes two hundred near-duplicates, and the next begins another", async () => {
    const it = await duties();
    const all = Array.from({ length: 203 }, (_, n) => it.event(n, SAME));
    await it.happen([it.mine], all.slice(0, 1), 1);
    for (let from = 1; from < all.length; from += 40) await it.happen([it.mine], all.slice(from, from + 40), 2);
    await it.pass(3, 300);
    expect((await it.inbox()).map(({ tally }) => tally.count).sort()).toEqual([2, 201]);
  });
});

describe("a duty whose subscription names nobody", () => {
  it("is told once more after an hour, and is overdue in the inbox from then on", async () => {
    const it = await duties();
    await it.happen([it.mine], [it.event(0, SAME)], 0);
    const due = later(60).toISOString();
    expect(it.told()[0]?.data).toMatchObject({ alert: { mustAcknowledge: true, acknowledgeBy: due } });
    await it.pass(1, 59);
    expect(it.types()).toEqual(["alert.opened"]);
    await it.pass(60, 600);
    expect(it.types()).toEqual(["alert.opened", "alert.escalated"]);
    expect(it.told()[1]).toMatchObject({ subscription: it.mine.id });
    expect((await it.waiting(600)).alerts).toMatchObject([{ acknowledgeBy: due, escalations: 1 }]);
  });

  it("waits in the inbox where its channel is that, and says so", async () => {
    const it = await duties({ channel: { type: "inbox" } });
    await it.happen([it.mine], [it.event(0, SAME)], 0);
    await it.pass(1, 120);
    expect(it.types()).toEqual([]);
    const record = (await it.inbox())[0]?.record.map(({ what, to }) => (to ? `${what} ${to}` : what));
    expect(record).toEqual(["opened", "in_inbox", "escalated inbox", "ended"]);
  });

  it("is told nobody once somebody acknowledged it", async () => {
    const it = await duties();
    await it.happen([it.mine], [it.event(0, SAME)], 0);
    const [one] = await it.inbox();
    await it.acknowledge(one?.id ?? "", 30);
    await it.pass(31, 120);
    expect(it.types()).toEqual(["alert.opened"]);
  });
});

describe("what waits to be acknowledged", () => {
  it("is listed whatever its age, a page at a time, until somebody has", async () => {
    const it = await duties();
    for (const n of [1, 2, 3]) await it.happen([it.mine], [it.event(n, wordsNo(n))], n);
    const opened = (await it.inbox()).map(({ id }) => id).sort();
    expect(opened).toHaveLength(3);
    const old = 300 * DAY;
    expect((await it.waiting(old)).alerts.map(({ id }) => id)).toEqual(opened.toReversed());
    const page = await it.waiting(old, { limit: "2" });
    expect(page.alerts.map(({ id }) => id)).toEqual(opened.slice(1).toReversed());
    const rest = await it.waiting(old, { limit: "2", cursor: page.cursor ?? "" });
    expect(rest.alerts.map(({ id }) => id)).toEqual(opened.slice(0, 1));
    expect(rest.cursor).toBeUndefined();
    expect((await it.waiting(old, { subscription: subscriptionNo(9) })).alerts).toEqual([]);
    await it.acknowledge(opened[1] ?? "", old);
    expect((await it.waiting(old)).alerts.map(({ id }) => id)).toEqual([opened[2], opened[0]]);
    expect((await it.alerts.waiting(it.tenant, 10)).alerts).toHaveLength(2);
  });

  it("is kept for 400 days, as the alert is", async () => {
    const it = await duties();
    await it.happen([it.mine], [it.event(1, SAME)], 1);
    const [{ id, openedAt } = { id: "", openedAt: "" }] = await it.inbox();
    const day = `${id.slice(4, 8)}-${id.slice(8, 10)}-${id.slice(10, 12)}`;
    const { client, name: TableName } = tables.deliveries;
    const expiresAt = Math.floor(Date.parse(openedAt) / 1_000) + 400 * 86_400;
    for (const pk of [`${it.tenant}#alerts#${day}`, `${it.tenant}#waiting`]) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: { pk, sk: id } }));
      expect(Item?.expiresAt).toBe(expiresAt);
    }
  });
});
