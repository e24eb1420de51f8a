import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { observeAndJudge } from "../../../functions/score-audience/observe-and-judge.ts";
import type { ItemMessage } from "../../../shared/contracts/messages.ts";
import type { Item } from "../../../shared/domain/item.ts";
import { builtInPolicies } from "../../../shared/policy/compiled-policies.ts";
import { audienceJudge } from "../../../shared/policy/judge-audience.ts";
import { prepareItem, toMessage } from "../../../shared/queue/prepare-item.ts";
import { audienceStates } from "../../../shared/store/audience-states.ts";
import { audienceVerdictStore } from "../../../shared/store/audience-verdicts.ts";
import { countedStates } from "../../../shared/store/counted-states.ts";
import { sharedCohorts } from "../../../shared/store/shared-cohorts.ts";
import { verdictStore } from "../../../shared/store/verdicts.ts";
import { exampleKeys } from "../../unit/domain/examples.ts";
import { memoryAuthors, memoryNotes, memoryTopic, settingsOf } from "../../unit/functions/ports.ts";
import { generator, person } from "../../unit/scoring/audience/follows.ts";
import { createTables, startDynalite, type Tables } from "../conformance/tables.ts";
import { countedWrites } from "../counted-writes.ts";

const HOUR = 3_600_000;
const START = Date.parse("2026-10-01T00:00:00Z");
const keys = exampleKeys();

describe("write units of a message of follows, its receipt included", () => {
  let tables: Tables;
  let stop: () => Promise<void>;
  let spent = new Map<string, number>();
  let now = START;
  let step: ReturnType<typeof observeAndJudge>;
  let verdicts: ReturnType<typeof verdictStore>;
  beforeAll(async () => {
    const dynalite = await startDynalite();
    stop = dynalite.stop;
    tables = await createTables(dynalite.config);
    const add = (what: string, units: number) => spent.set(what, (spent.get(what) ?? 0) + units);
    const receipts = countedWrites(tables.verdicts, (_, units) => add("receipts", units));
    const versions = countedWrites(tables.verdicts, (_, units) => add("versions", units));
    const signals = countedWrites(tables.signals, (_, units) => add("states", units));
    verdicts = verdictStore(receipts);
    step = observeAndJudge({
      settingsOf: settingsOf(),
      keys,
      authors: memoryAuthors(),
      verdicts,
      states: audienceStates(countedStates(signals)),
      cohorts: sharedCohorts(signals),
      audiences: audienceVerdictStore(versions),
      topic: memoryTopic(),
      notes: memoryNotes(),
      policiesOf: async () => builtInPolicies,
      judge: audienceJudge(),
      clock: () => new Date(now),
    });
  });
  afterAll(async () => {
    await tables?.remove();
    await stop?.();
  });

  const random = generator(41);
  let serial = 0;
  /** A message of so many new followers within the hour before now. */
  const followsOf = (account: string, followers: number): Item => ({
    kind: "follow",
    id: `m${serial++}`,
    createdAt: new Date(now).toISOString(),
    account: { id: account },
    followers: Array.from({ length: followers }, () => ({
      id: `f${serial++}`,
      followedAt: new Date(now - random() * HOUR).toISOString(),
      profile: person(random),
    })),
  });
  const messageOf = async (item: Item): Promise<ItemMessage> => {
    const message = await toMessage(keys, "acme", await prepareItem(keys, "acme", item), new Date(now));
    const receivedAt = new Date(now);
    await verdicts.receive({ tenant: "acme", ref: message.ref, digest: message.digest, receivedAt });
    return message;
  };
  const unitsOf = async (...items: Item[]): Promise<number> => {
    spent = new Map();
    const messages = await Promise.all(items.map(messageOf));
    await Promise.all(messages.map((message) => step(message)));
    return [...spent.values()].reduce((sum, units) => sum + units, 0);
  };
  /** Messages of an account over some days; the mean units of the latter half. */
  const meanOf = async (account: string, messages: number, followers: number, hours: number): Promise<number> => {
    let sum = 0;
    for (let index = 0; index < messages; index++) {
      now += hours * HOUR;
      const units = await unitsOf(followsOf(account, followers));
      if (index >= messages / 2) sum += units;
    }
    return sum / (messages - Math.ceil(messages / 2));
  };
  const print = (what: string, units: number): void =>
    void process.stdout.write(
      `${what}: ${units.toFixed(1)} write units (the last: ${[...spent].map(([name, count]) => `${name} ${count}`).join(", ")})\n`,
    );

  it("is about 9 for one of ten followers, once the account is known", async () => {
    const mean = await meanOf("small", 120, 10, 3);
    print("a message of 10 followers", mean);
    expect(mean).toBeGreaterThan(3);
    expect(mean).toBeLessThan(11);
  });

  it("is about 4 for one of a single follower, who seldom gets into the sample", async () => {
    now += 24 * HOUR;
    await unitsOf(followsOf("single", 1_000), followsOf("single", 1_000));
    const mean = await meanOf("single", 60, 1, 1);
    print("a message of one follower", mean);
    expect(mean).toBeLessThan(6);
  });

  it("is shared by messages of one account that come together", async () => {
    now += 24 * HOUR;
    await unitsOf(followsOf("joint", 100));
    const items = Array.from({ length: 10 }, () => followsOf("joint", 100));
    const units = await unitsOf(...items);
    print("ten messages of 100 followers together", units);
    expect(units / 10).toBeLessThan(5);
  });

  it("is the receipt alone where a message comes again", async () => {
    const message = await messageOf(followsOf("again", 50));
    await step(message);
    spent = new Map();
    await step(message);
    expect([spent.get("states"), spent.get("versions")]).toEqual([undefined, undefined]);
  });
});
