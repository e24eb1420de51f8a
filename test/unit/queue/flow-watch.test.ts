import { describe, expect, it } from "vitest";
import { eventMessage } from "../../../shared/contracts/messages.ts";
import { type BreakerState, CALM } from "../../../shared/domain/breaker.ts";
import { type FlowSlot, SLOT_MS } from "../../../shared/domain/flow-slot.ts";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import { flowWatch } from "../../../shared/queue/flow-watch.ts";
import type { BreakerStates } from "../../../shared/store/breaker-states.ts";
import type { Digest, FlowCounts } from "../../../shared/store/flow-counts.ts";
import { exampleVerdict, NOW } from "../domain/examples.ts";
import { memoryTopic } from "../functions/ports.ts";
import { captureOutput } from "../runtime/captured-output.ts";

const FORTNIGHT = 14 * 144;

/** A fortnight in which one item of fifty was an insult. */
const past = (now: Date): FlowSlot[] =>
  Array.from({ length: FORTNIGHT }, (_, index) => ({
    slot: new Date(now.getTime() - (FORTNIGHT - index) * SLOT_MS),
    counts: { "post|n": 200, "post|r|insult": 4, "post|l|insult": 4 },
    epoch: 1,
  }));

function world({ slots = past(NOW), down = () => false }: { slots?: FlowSlot[]; down?: () => boolean } = {}) {
  const time = { now: NOW };
  const written: Readonly<Record<string, number>>[] = [];
  const totals = new Map<string, Record<string, number>>();
  const digests = new Map<string, Digest>();
  let read = 0;
  const flows: FlowCounts = {
    async add(tenant, counts, epoch, now) {
      if (down()) throw new Error("the table is down");
      written.push(counts);
      const slot = new Date(Math.floor(now.getTime() / SLOT_MS) * SLOT_MS);
      const key = `${tenant}${slot.toISOString()}`;
      const known = totals.get(key) ?? {};
      for (const [name, count] of Object.entries(counts)) known[name] = (known[name] ?? 0) + count;
      totals.set(key, known);
      return { slot, counts: { ...known }, epoch };
    },
    async between() {
      read += 1;
      return slots;
    },
    digest: async (tenant) => digests.get(tenant),
    async putDigest(tenant, made) {
      digests.set(tenant, made);
    },
  };
  const states = new Map<string, BreakerState>();
  const breakers: BreakerStates = {
    read: async (tenant) => states.get(tenant) ?? CALM,
    async change(tenant, next) {
      if ((states.get(tenant) ?? CALM).version !== next.version - 1) return false;
      states.set(tenant, next);
      return true;
    },
  };
  let topicDown = false;
  const events = memoryTopic(() => topicDown);
  const environment = () => flowWatch({ flows, breakers, events, clock: () => time.now });
  const wait = (seconds: number): void => {
    time.now = new Date(time.now.getTime() + seconds * 1_000);
  };
  const failPublishing = (fails: boolean): void => {
    topicDown = fails;
  };
  return {
    environment,
    watch: environment(),
    wait,
    written,
    states,
    events,
    failPublishing,
    reads: () => read,
    digests,
  };
}

const insults = (count: number): Verdict[] => Array.from({ length: count }, () => exampleVerdict());
const calm = (count: number): Verdict[] =>
  insults(count).map((one) => ({ ...one, action: "allow", labels: [], policy: { ...one.policy, rule: "none" } }));
const published = ({ events }: ReturnType<typeof world>) =>
  events.published.flatMap(({ message }) => {
    const { event } = eventMessage.parse(message);
    return event.type === "case.opened" ? [] : [event];
  });

describe("the flow of a tenant", () => {
  it("is written at most every ten seconds while items come fast, and every minute while any come", async () => {
    const it = world();
    await it.watch.count("acme", calm(19), 1, 5);
    expect(it.written).toEqual([]);
    await it.watch.count("acme", calm(1), 1, 5);
    expect(it.written).toEqual([{ "post|n": 20, "post|a|allow": 20 }]);
    await it.watch.count("acme", calm(500), 1, 5);
    it.wait(9.9);
    await it.watch.count("acme", calm(1), 1, 5);
    expect(it.written).toHaveLength(1);
    it.wait(0.2);
    await it.watch.count("acme", insults(1), 1, 5);
    expect(it.written[1]).toMatchObject({ "post|n": 502, "post|r|insult": 1 });
    it.wait(59);
    await it.watch.count("acme", calm(3), 1, 5);
    expect(it.written).toHaveLength(2);
    it.wait(2);
    await it.watch.count("acme", [], 1, 5);
    expect(it.written[2]).toEqual({ "post|n": 3, "post|a|allow": 3 });
  });

  it("holds a rule and a label that flood, and says so once, whoever sees it", async () => {
    const it = world();
    const output = captureOutput();
    await it.watch.count("acme", [...insults(60), ...calm(40)], 1, 5);
    for (const _ of [1, 2]) {
      it.wait(11);
      await it.watch.count("acme", insults(30), 1, 5);
      await it.environment().count("acme", insults(30), 1, 5);
    }
    const { quarantines, owed } = it.states.get("acme") ?? CALM;
    expect(quarantines.map(({ subject, name, kind, effect }) => [subject, name, kind, effect])).toEqual([
      ["rule", "insult", "post", "flag"],
      ["label", "insult", "post", "flag"],
    ]);
    expect(quarantines[0]).toMatchObject({ items: 100, hits: 60, seen: 0.6, factor: 5 });
    expect(owed).toEqual([]);
    expect(published(it).map(({ type, quarantine: { subject } }) => [type, subject])).toEqual([
      ["breaker.opened", "rule"],
      ["breaker.opened", "label"],
    ]);
    expect(it.events.published[0]?.routing).toEqual({ tenant: "acme", type: "breaker.opened" });
    expect(output.text()).toContain("breaker.opened");
    expect(output.text()).not.toContain("insult");
    // One look at the past did for all.
    expect(it.reads()).toBe(1);
  });

  it("leaves other tenants, and those of whom nothing is known, alone", async () => {
    const it = world();
    await it.watch.count("acme", insults(100), 1, 5);
    expect(it.states.has("other")).toBe(false);
    const fresh = world({ slots: [] });
    await fresh.watch.count("acme", insults(100), 1, 5);
    expect(fresh.states.size).toBe(0);
  });

  it("publishes an event that could not be published, later and by anybody, and only then owes it no more", async () => {
    const it = world();
    it.failPublishing(true);
    await it.watch.count("acme", insults(100), 1, 5);
    expect(it.states.get("acme")?.owed).toHaveLength(2);
    it.failPublishing(false);
    const other = it.environment();
    it.wait(15);
    await other.count("acme", calm(20), 1, 5);
    expect(published(it)).toEqual([]);
    // What was read of the state is trusted for half a minute.
    it.wait(31);
    await other.count("acme", calm(20), 1, 5);
    expect(published(it).map(({ type }) => type)).toEqual(["breaker.opened", "breaker.opened"]);
    expect(it.states.get("acme")?.owed).toEqual([]);
  });

  it("ends what was held for a day, with an event", async () => {
    const it = world();
    await it.watch.count("acme", insults(100), 1, 5);
    it.wait(24 * 3_600 + 1);
    await it.watch.count("acme", calm(30), 1, 5);
    expect(it.states.get("acme")?.quarantines).toEqual([]);
    expect(published(it).map(({ type, by }) => [type, by])).toEqual([
      ["breaker.opened", undefined],
      ["breaker.opened", undefined],
      ["breaker.closed", "time"],
      ["breaker.closed", "time"],
    ]);
  });

  it("never fails, and says that it sees nothing", async () => {
    let isDown = true;
    const it = world({ down: () => isDown });
    const output = captureOutput();
    await it.watch.count("acme", insults(100), 1, 5);
    expect(output.text()).toMatch(/the flow was not watched/);
    isDown = false;
    it.wait(11);
    await it.watch.count("acme", insults(100), 1, 5);
    expect(it.states.get("acme")?.quarantines).toHaveLength(2);
  });
});
