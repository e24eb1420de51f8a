import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Outgoing } from "../../../shared/domain/outgoing.ts";
import { labelled, later, reviewEvent, verdictEvent } from "../../unit/alerts/alert-examples.ts";
import { createTables, startDynalite, type Tables } from "../conformance/tables.ts";
import { alertsWorld } from "./alerts-world.ts";

// Digests and what the rate holds back, on the embedded DynamoDB: large ones, and what does not wait for them.

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

const gatheredOf = ({ data }: Outgoing) => {
  if (data.about !== "alerts") throw new Error("not about several alerts");
  return data.alerts;
};
const hourly = { timing: { kind: "digest", every: "hour", timeZone: "UTC" } } as const;

describe("a digest", () => {
  it("of more alerts than a row or a request holds is one message that counts all, and shows the gravest", async () => {
    const it = alertsWorld(tables);
    const mine = await it.subscribe(hourly);
    const about = (n: number) =>
      reviewEvent(n, { tenant: it.tenant, targetId: `hotel-${n}`, severity: n === 250 ? 7 : 2 });
    const all = Array.from({ length: 260 }, (_, n) => about(n));
    for (let from = 0; from < all.length; from += 20) await it.happen([mine], all.slice(from, from + 20), 1);
    await it.pass(59, 62);
    expect(it.told()).toHaveLength(1);
    const [digest] = it.told().map(gatheredOf);
    expect(digest).toMatchObject({ alerts: 260, events: 260 });
    expect(digest?.shown).toHaveLength(50);
    expect(digest?.shown[0]?.subject.id).toBe("hotel-250");
    await it.pass(63, 70);
    expect(it.told()).toHaveLength(1);
  });

  it("counts an alert of which nothing is left to be shown", async () => {
    const it = alertsWorld(tables);
    const mine = await it.subscribe(hourly);
    await it.happen([mine], [reviewEvent(1, { tenant: it.tenant })], 1);
    const of = { tenant: it.tenant, subscription: mine.id, reason: "digest", due: later(60).toISOString() } as const;
    await it.gatherings.add(of, "alr_20261122T120000000_gone-since-then");
    await it.pass(60, 62);
    expect(it.told().map(gatheredOf)).toMatchObject([{ alerts: 2, events: 2, shown: [{}] }]);
  });

  it("does not wait with what a life may hang on, or what must be acknowledged", async () => {
    const it = alertsWorld(tables);
    const mine = await it.subscribe(hourly);
    const { tenant } = it;
    const severe = verdictEvent({ tenant, lane: "severe_safety", labels: [labelled("self_harm", 7)] });
    const duty = reviewEvent(2, { tenant, labels: [labelled("adverse_event")] });
    await it.happen([mine], [severe, duty, reviewEvent(3, { tenant })], 1);
    expect(it.told().map(({ type }) => type)).toEqual(["alert.opened", "alert.opened"]);
    await it.pass(2, 62);
    // Duties that nobody acknowledges are told again meanwhile, and are in no digest either.
    const digests = it.told().filter(({ type }) => type === "alerts.digest");
    expect(digests.map(gatheredOf)).toMatchObject([{ alerts: 1, events: 1 }]);
  });
});

it("quiet hours let what must be acknowledged pass, and the rate tells of it within five minutes", async () => {
  const it = alertsWorld(tables);
  const quiet = { from: "11:00", to: "18:00", timeZone: "UTC" };
  const mine = await it.subscribe({ quiet, perHour: 2 });
  const duties = Array.from({ length: 5 }, (_, n) =>
    reviewEvent(n, { tenant: it.tenant, labels: [labelled("adverse_event")] }),
  );
  for (const one of duties) await it.happen([mine], [one], 1);
  expect(it.told().map(({ type }) => type)).toEqual(["alert.opened", "alert.opened"]);
  await it.pass(2, 6);
  expect(it.told().slice(2).map(gatheredOf)).toMatchObject([{ reason: "rate", alerts: 3, events: 3 }]);
});
