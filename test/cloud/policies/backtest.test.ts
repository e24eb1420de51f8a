import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { journalled } from "../../../bench/backtest/journalled.ts";
import {
  cancelBacktest,
  getBacktest,
  listBacktests,
  resumeBacktest,
} from "../../../functions/backtests/known-backtests.ts";
import { startBacktest } from "../../../functions/backtests/start-backtest.ts";
import { decidedEntry, type JournalEntry } from "../../../shared/domain/journal-entry.ts";
import { activate, NO_POLICIES } from "../../../shared/domain/policy-state.ts";
import { type BacktestCounter, backtestCounter } from "../../../shared/policy/backtest-counter.ts";
import { compilePolicies } from "../../../shared/policy/compiled-policies.ts";
import { type PolicyDocument, policyDocument } from "../../../shared/policy/policy-document.ts";
import { startHostileTables } from "../conformance/hostile-services.ts";
import { createTables, startDynalite, type Tables } from "../conformance/tables.ts";
import { everyNow, type JobWorld, jobWorld, type Mischief, TENANT } from "./job-world.ts";

const NOW = new Date("2026-11-22T12:00:00.000Z");
const SINCE = new Date("2026-11-20T06:00:00.000Z");
const ADMIN = { tenant: TENANT, actor: "key:0123456789ab", role: "admin" } as const;
const COUNT = 3_000;

const document = (version: number): PolicyDocument =>
  policyDocument.parse({
    id: "house-rules",
    title: "House rules",
    inherits: "touchstone-default",
    disable: ["insult"],
    rules: [
      {
        name: "links",
        when: `features.links_total >= ${version}`,
        action: "flag",
        queue: "links",
        severity: 2,
        reasonCode: "links",
      },
    ],
  });

const entries: readonly JournalEntry[] = [...journalled(COUNT, SINCE, NOW)];
const active = compilePolicies([{ document: document(3), version: 1 }]);
const candidate = compilePolicies([{ document: document(1), version: 2 }]);

/** What counting all at once, without tables, parts and messages, comes to. */
const directly = () => {
  const counter: BacktestCounter = backtestCounter();
  for (const entry of entries) counter.count(entry, entry, active.decide(entry.facts), candidate.decide(entry.facts));
  return counter;
};

const expected = directly().tally();

async function fill(world: JobWorld): Promise<void> {
  for (let from = 0; from < entries.length; from += 500)
    await world.journal.append(TENANT, entries.slice(from, from + 500));
  // What a message that came twice leaves behind.
  await world.journal.append(TENANT, entries.slice(100, 140));
  await world.policies.save(TENANT, { document: document(3), savedBy: "key:1", savedAt: SINCE.toISOString() });
  const next = activate(
    NO_POLICIES,
    { id: "house-rules", version: 1 },
    { by: "key:1", at: SINCE.toISOString(), note: "first" },
  );
  if (next.kind === "next") await world.policies.change(TENANT, next.state);
}

const request = <Params, Body>(params: Params, body: Body) => ({ caller: ADMIN, params, body, now: NOW });
const answered = <Value>(result: { readonly ok: true; readonly value: Value } | { readonly ok: false }): Value => {
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.value;
};

const begin = async (world: JobWorld) => {
  const body = { document: document(1), since: SINCE.toISOString() };
  return answered(await startBacktest(world)({ ...request({}, body), query: {} }));
};
const look = async (world: JobWorld, id: string) =>
  answered(await getBacktest(world)({ ...request({ id }, {}), query: { minutesPerCase: "2" } }));

async function tallyAfter(world: JobWorld, mischief: Mischief): Promise<unknown> {
  const begun = await begin(world);
  expect(begun).toMatchObject({ state: "waiting", progress: { parts: 3, done: 0 } });
  // A message a day, and in short stretches one for each page.
  expect(await world.drain(mischief)).toBeGreaterThanOrEqual(mischief.short ? 7 : 3);
  expect(await look(world, begun.id)).toMatchObject({ state: "done", progress: { parts: 3, done: 3, items: COUNT } });
  const { tally } = (await world.jobs.result({ tenant: TENANT, id: begun.id })) as { tally: unknown };
  return tally;
}

describe("a backtest", () => {
  let tables: Tables;
  let stop: () => Promise<void>;
  let world: JobWorld;
  beforeAll(async () => {
    const dynalite = await startDynalite();
    tables = await createTables(dynalite.config);
    stop = () => tables.remove().then(dynalite.stop);
    world = jobWorld(tables, () => NOW);
    await fill(world);
  }, 60_000);
  afterAll(() => stop());

  it("counts what a direct evaluation counts", async () => {
    expect(await tallyAfter(world, {})).toEqual(expected);
    expect(expected.changed).toBeGreaterThan(200);
  });

  it("comes to the same where every message comes twice at once and every stretch is one page", async () => {
    expect(await tallyAfter(world, { twice: true, short: true })).toEqual(expected);
  });

  it.each([11, 12, 13])("comes to the same where stores fail and crashes cut it anywhere (%i)", async (seed) => {
    expect(await tallyAfter(world, { short: true, breaks: everyNow(25, seed) })).toEqual(expected);
    expect(world.dead).toEqual([]);
  });

  it("is the same whatever is activated while it runs, and says what it compared", async () => {
    const begun = await begin(world);
    const state = await world.policies.active(TENANT, true);
    await world.policies.save(TENANT, { document: document(2), savedBy: "key:1", savedAt: NOW.toISOString() });
    const who = { by: "key:1", at: NOW.toISOString(), note: "meanwhile" };
    const next = activate(state, { id: "house-rules", version: 2 }, who);
    if (next.kind === "next") await world.policies.change(TENANT, next.state);
    await world.drain();
    const back = activate(await world.policies.active(TENANT, true), { id: "house-rules", version: 1 }, who);
    if (back.kind === "next") await world.policies.change(TENANT, back.state);
    const seen = await look(world, begun.id);
    expect(seen.candidate).toEqual({
      policy: "house-rules",
      version: 2,
      saved: false,
      active: [{ id: "house-rules", version: 1 }],
    });
    expect(seen.report?.changed.items).toBe(expected.changed);
    expect(seen.report?.cost.minutesPerCase).toBe(2);
  });

  it("can be cancelled, and resumed where it was", async () => {
    const begun = await begin(world);
    await world.drain({ short: true }, 2);
    const cancelled = await cancelBacktest(world)({ ...request({ id: begun.id }, {}), query: {} });
    expect(answered(cancelled).state).toBe("cancelled");
    await world.drain({ short: true });
    const stopped = await look(world, begun.id);
    expect(stopped).toMatchObject({ state: "cancelled" });
    expect(stopped.progress.items).toBeLessThan(COUNT);
    expect(stopped.report).toBeUndefined();
    const resumed = await resumeBacktest(world)({ ...request({ id: begun.id }, {}), query: {} });
    expect(answered(resumed).state).toBe("running");
    await world.drain({ short: true });
    expect((await look(world, begun.id)).report?.changed.items).toBe(expected.changed);
  });

  it("shows a part that died with its reason, and goes on once that is mended", async () => {
    const begun = await begin(world);
    const verdicts = { ...tables.verdicts, name: "no-such-table" };
    const failing = jobWorld({ ...tables, verdicts }, () => NOW);
    await failing.queue.send(
      [0, 1, 2].map((part) => ({ v: 1, tenant: TENANT, kind: "backtest", job: begun.id, part, leg: 0 })),
    );
    await failing.drain();
    expect(failing.dead).toHaveLength(3);
    const stalled = await look(world, begun.id);
    expect(stalled.state).toBe("stalled");
    expect(stalled.progress.stalled).toHaveLength(3);
    expect(stalled.progress.stalled[0]).toEqual({ day: "2026-11-20", reason: "failed.ResourceNotFoundException" });
    expect(answered(await resumeBacktest(world)({ ...request({ id: begun.id }, {}), query: {} })).state).toBe(
      "running",
    );
    await world.drain();
    expect((await look(world, begun.id)).report?.items).toBe(COUNT);
  });

  it("holds the candidate against what people decided", async () => {
    const flagged = entries.filter(({ facts }) => candidate.decide(facts).action !== "allow").slice(0, 5);
    for (const [index, { ref: _, models: __, ...entry }] of flagged.entries())
      await world.decisions.append(
        TENANT,
        decidedEntry.parse({
          ...entry,
          id: `decision-${index}`,
          caseId: `case-${index}`,
          outcome: index < 2 ? "overturn" : "uphold",
          reason: "other",
          at: "2026-11-21T09:00:00.000Z",
        }),
      );
    const begun = await begin(world);
    await world.drain();
    const { report } = await look(world, begun.id);
    expect(report?.precision).toMatchObject({ decided: 5, upheld: 3, candidate: { items: 5, upheld: 3, share: 0.6 } });
    // Wilson's interval of 3 of 5.
    expect(report?.precision.candidate.low).toBeCloseTo(0.2307, 3);
    expect(report?.precision.candidate.high).toBeCloseTo(0.8824, 3);
  });

  it("lists backtests, newest first, and refuses windows that the journal does not reach", async () => {
    const { backtests } = answered(await listBacktests(world)({ ...request({}, {}), query: { limit: "2" } }));
    expect(backtests).toHaveLength(2);
    for (const since of ["2026-09-01T00:00:00Z", "2026-11-22T12:00:00Z"]) {
      const refused = await startBacktest(world)({ ...request({}, { document: document(1), since }), query: {} });
      expect(refused).toMatchObject({ ok: false, problem: { errors: [{ pointer: "/since" }] } });
    }
  });

  it("refuses a candidate that could not be saved, with the place of its fault", async () => {
    const bad = {
      ...document(1),
      rules: [{ name: "links", when: "features.linkz > 1", action: "flag", reasonCode: "links" }],
    };
    const refused = await startBacktest(world)({
      ...request({}, { document: bad, since: SINCE.toISOString() }),
      query: {},
    });
    expect(refused).toMatchObject({ ok: false, problem: { errors: [{ pointer: "/document/rules/0/when" }] } });
  });
});

it("a backtest on a hostile DynamoDB counts the same", async () => {
  const service = await startHostileTables({ seed: 9, outages: 0.04, unprocessed: 0.2 });
  const tables = await createTables(service.config);
  try {
    const world = jobWorld(tables, () => NOW);
    await fill(world);
    expect(await tallyAfter(world, { twice: true, short: true })).toEqual(expected);
    expect(service.mishaps.get("outage")).toBeGreaterThan(10);
  } finally {
    await tables.remove();
    await service.stop();
  }
}, 120_000);
