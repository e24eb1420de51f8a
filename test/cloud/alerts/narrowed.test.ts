import { afterAll, beforeAll, expect, it } from "vitest";
import { endOwnership } from "../../../shared/alerts/end-ownership.ts";
import type { Outgoing } from "../../../shared/domain/outgoing.ts";
import { later, reviewEvent } from "../../unit/alerts/alert-examples.ts";
import { createTables, startDynalite, type Tables } from "../conformance/tables.ts";
import { alertsWorld } from "./alerts-world.ts";

// A subscription whose limits become narrower, while alerts of it are open, gathered, and come to their end.

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

const bea = { actor: "bea", role: "brand" as const, brands: ["hats", "shoes"] };
const brandsTold = ({ data }: Outgoing): readonly string[] | undefined => {
  const alerts = data.about === "alert" ? [data.alert] : data.about === "alerts" ? data.alerts.shown : [];
  return alerts.flatMap(({ first }) => first.item?.brands ?? []);
};

async function narrowing(document: Record<string, unknown> = {}) {
  const world = alertsWorld(tables);
  const { tenant, subscriptions } = world;
  const event = (n: number, minute: number, brand: string) =>
    reviewEvent(n, {
      tenant,
      scoredAt: later(minute).toISOString(),
      brandIds: [brand],
      targetId: "the-same-shop",
      visibility: "public",
    });
  const before = await world.subscribe(document, { owner: bea });
  const happen = async (brand: string, minute: number, from: number) => {
    const to = await subscriptions.list(tenant);
    await world.happen(
      to,
      Array.from({ length: 12 }, (_, n) => event(from + n, minute, brand)),
      minute,
    );
  };
  const narrow = (minute: number) =>
    endOwnership({ subscriptions, audit: { append: async () => {} }, notePaused: async () => {} })(
      { tenant, actor: "ada", role: "admin" },
      "bea",
      { role: "brand", brands: ["hats"] },
      later(minute),
    );
  return { ...world, before, happen, narrow };
}

it("says nothing more of what began under the wider limits, and begins another alert", async () => {
  const it = await narrowing();
  await it.happen("shoes", 1, 100);
  expect(it.told()).toHaveLength(1);
  await it.narrow(2);
  await it.happen("hats", 5, 200);
  await it.pass(6, 200);
  const since = it.told().slice(1);
  expect(since.length).toBeGreaterThan(1);
  expect(new Set(since.flatMap((message) => brandsTold(message) ?? []))).toEqual(new Set(["hats"]));
  // In the inbox each is with what it gathered, under the limits that it began with.
  const inbox = await it.inbox();
  expect(inbox.map(({ brands, tally, state }) => [brands, tally.count, state])).toEqual([
    [["hats"], 12, "ended"],
    [["hats", "shoes"], 12, "ended"],
  ]);
});

it("leaves it out of the next digest", async () => {
  const it = await narrowing({ timing: { kind: "digest", every: "hour", timeZone: "UTC" } });
  await it.happen("shoes", 1, 300);
  await it.narrow(2);
  await it.happen("hats", 5, 400);
  await it.pass(6, 130);
  expect(it.told().length).toBeGreaterThan(0);
  expect(new Set(it.told().flatMap((message) => brandsTold(message) ?? []))).toEqual(new Set(["hats"]));
});
