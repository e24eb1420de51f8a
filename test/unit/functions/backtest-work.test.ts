import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { journalled } from "../../../bench/backtest/journalled.ts";
import { backtestWork } from "../../../functions/run-job/backtest-work.ts";
import type { Stretch } from "../../../functions/run-job/run-part.ts";
import type { JournalEntry } from "../../../shared/domain/journal-entry.ts";
import { builtInPolicies } from "../../../shared/policy/compiled-policies.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const FROM = new Date("2026-11-21T00:00:00Z");
const TO = new Date("2026-11-22T00:00:00Z");
const stretch: Stretch = {
  job: {
    ...{ tenant: "acme", kind: "backtest", id: "aaaaaaaa-00000000", by: "key:1", at: TO.toISOString(), about: {} },
    ...{ since: FROM.toISOString(), until: TO.toISOString() },
  },
  spec: {},
  range: { from: FROM, to: TO },
  part: 0,
  leg: 0,
  after: undefined,
  isOver: async () => false,
};

/** Backtests `count` verdicts that nobody keeps. @returns the most bytes that were in use between two pages. */
async function heapOf(count: number): Promise<number> {
  let most = 0;
  let pages = 0;
  async function* read() {
    let entries: JournalEntry[] = [];
    for (const entry of journalled(count, FROM, TO)) {
      entries.push(entry);
      if (entries.length < 400) continue;
      yield { entries, after: "later", readUnits: 1 };
      entries = [];
      pages += 1;
      if (pages % 15 !== 0) continue;
      collectGarbage();
      most = Math.max(most, process.memoryUsage().heapUsed);
    }
  }
  const policies = {
    id: "house-rules",
    active: builtInPolicies.decide,
    candidate: (facts: JournalEntry["facts"]) => ({ ...builtInPolicies.decide(facts), action: "hold" as const }),
  };
  const work = backtestWork({
    journal: { read },
    decisions: { read: async function* () {} },
    compared: async () => policies,
  });
  expect((await work.run(stretch)).items).toBe(count);
  return most;
}

it("a backtest needs no more memory for five times as many verdicts, all of which change", async () => {
  const few = await heapOf(6_000);
  const many = await heapOf(30_000);
  // What 24,000 changed items would take if they were kept is over 12 MB.
  expect(many - few).toBeLessThan(4 * 2 ** 20);
}, 60_000);

it("tells of how many items the candidate was asked, itself or through those that inherit from it", async () => {
  async function* read() {
    yield { entries: [...journalled(90, FROM, TO)], after: "", readUnits: 1 };
  }
  const named = (id: string, lineage: readonly string[] = []) => ({
    id,
    version: 1,
    rule: "none",
    lineage: lineage.map((one) => ({ id: one })),
  });
  const whose = [named("other"), named("house-rules"), named("nearer", ["house-rules"])];
  let calls = 0;
  const work = backtestWork({
    journal: { read },
    decisions: { read: async function* () {} },
    compared: async () => ({
      id: "house-rules",
      active: builtInPolicies.decide,
      candidate: (facts) => {
        calls += 1;
        return { ...builtInPolicies.decide(facts), policy: whose[calls % 3] ?? named("other") };
      },
    }),
  });
  expect((await work.run(stretch)).tally).toMatchObject({ items: 90, asked: 60 });
});
