import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { expect, it } from "vitest";
import {
  type CountedStates,
  countedStates,
  type Happening,
  type Known,
  ROLL_UP_MS,
  type StateKind,
  type Subject,
} from "../../../shared/store/counted-states.ts";
import { NOW } from "../../unit/domain/examples.ts";
import type { Tables } from "./tables.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const later = (milliseconds: number): Date => new Date(NOW.getTime() + milliseconds);

/** A state that is the sorted list of its events, so that one that is missing or counted twice is seen. */
const listOf = (name: string, shards: number): StateKind => ({
  name,
  days: 10,
  shards,
  after: (stored, events) => [...((stored as unknown[] | undefined) ?? []), ...events].sort(),
});
const LIST = listOf("list", 3);
const CALM = listOf("calm", 0);
/** A state that events may be added to twice. */
const SET: StateKind = {
  name: "set",
  days: 10,
  shards: 0,
  after(stored, events) {
    const known = (stored as unknown[] | undefined) ?? [];
    const added = events.filter((event) => !known.includes(event));
    return added.length === 0 && stored !== undefined ? stored : [...known, ...added].sort();
  },
};

const happening = (id: string, since?: Date): Happening => ({ id, event: id, ...(since ? { since } : {}) });
const names = (prefix: string, count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(from + index).padStart(4, "0")}`);
/** More events at once than the marks of a row are meant for. */
const FLOOD = 300;

/** What every store of counted states promises. `tenant` gives a name that no other test uses. */
export function countedStatesSuite(tables: () => Tables, tenant: () => string): void {
  const open = () => {
    const [store, other, name] = [countedStates(tables().signals), countedStates(tables().signals), tenant()];
    const subject: Subject = { kind: LIST, id: "hotel-1" };
    const count = (ids: readonly string[], now = NOW, by: CountedStates = store, of = subject) =>
      by.count(
        name,
        of,
        ids.map((id) => happening(id)),
        now,
      );
    const known = async (now = NOW, of = subject): Promise<Known> => {
      const [found] = await store.read(name, [of], now);
      if (!found) throw new Error("no answer");
      return found;
    };
    const exact = (now = NOW, of = subject) => other.exact(name, of, now);
    /** Makes the subject hot. */
    const heat = async (now = NOW): Promise<string[]> => {
      const flood = names("f", FLOOD);
      await count(flood, now);
      expect((await known(now)).row.heat).toBeDefined();
      return flood;
    };
    const rows = async (): Promise<{ pk: string; sk: string }[]> => {
      const { client, name: TableName } = tables().signals;
      const scan = new ScanCommand({
        TableName,
        FilterExpression: "begins_with(pk, :pk)",
        ExpressionAttributeValues: { ":pk": `${name}#` },
      });
      return ((await client.send(scan)).Items ?? []) as { pk: string; sk: string }[];
    };
    return { store, other, name, subject, count, known, exact, heat, rows };
  };

  it("counts events that come together in one write, and each once however often it comes", async () => {
    const { store, name, subject, count, known, exact } = open();
    await count(["a", "b", "b"]);
    await store.count(name, subject, [happening("b", NOW), happening("c")], NOW);
    expect(await exact()).toEqual(["a", "b", "c"]);
    const { row } = await known();
    expect([row.version, row.state]).toEqual([2, ["a", "b", "c"]]);
  });

  it("writes by what was read before where nobody was faster, and counts on where somebody was", async () => {
    const { store, other, name, subject, count, known, exact } = open();
    await count(["a"]);
    const before = await known();
    await count(["b"], NOW, other);
    await store.count(name, subject, [happening("b", NOW), happening("c")], NOW, before);
    expect(await exact()).toEqual(["a", "b", "c"]);
  });

  it("keeps kinds, subjects and tenants apart", async () => {
    const { store, name, subject, count } = open();
    const [author, second] = [
      { kind: CALM, id: "hotel-1" },
      { kind: LIST, id: "hotel-2" },
    ];
    await count(["a"]);
    await count(["b"], NOW, store, author);
    await count(["c"], NOW, store, second);
    const read = async (who: string) =>
      (await store.read(who, [second, subject, author], NOW)).map(({ row }) => row.state);
    expect(await read(name)).toEqual([["c"], ["a"], ["b"]]);
    expect(await read(tenant())).toEqual([undefined, undefined, undefined]);
  });

  it("counts what several environments bring at the same time, repeats among it, each exactly once", async () => {
    const { store, other, name, subject, exact } = open();
    const ids = names("n", 30);
    await Promise.all(
      ids.flatMap((id, index) => {
        const by = index % 2 === 0 ? store : other;
        const first = by.count(name, subject, [happening(id)], NOW);
        return index % 3 === 0 ? [first, other.count(name, subject, [happening(id, NOW)], NOW)] : [first];
      }),
    );
    expect(await exact()).toEqual(ids);
  });

  it("takes an expired state as absent and begins anew", async () => {
    const { count, exact } = open();
    const old = later(11 * 24 * 60 * MINUTE);
    await count(["a"]);
    expect(await exact(old)).toBeUndefined();
    await count(["a", "b"], old);
    expect(await exact(old)).toEqual(["a", "b"]);
  });

  it("forgets marks of which no message can come again, so that a row stays small", async () => {
    const { count, known, store } = open();
    const calm = { kind: CALM, id: "x" };
    for (let round = 0; round < 5; round += 1)
      await count(names(`r${round}-`, 50), later(round * 20 * MINUTE), store, calm);
    expect((await known(later(80 * MINUTE), calm)).row.marks.length / 8).toBe(50);
  });

  it("gives up on a state that others never leave alone, and changes nothing then", async () => {
    const { other, name, subject, exact } = open();
    const { client, name: TableName } = tables().signals;
    let tries = 0;
    const slowClient: typeof client = Object.assign(Object.create(client), {
      async send(command: Parameters<typeof client.send>[0]) {
        if (command.constructor.name === "PutCommand")
          await other.count(name, subject, [happening(`intruder-${tries++}`)], NOW);
        return client.send(command);
      },
    });
    const slow = countedStates({ client: slowClient, name: TableName });
    await expect(slow.count(name, subject, [happening("mine")], NOW)).rejects.toThrow(/contended/);
    expect(tries).toBeGreaterThan(5);
    expect(await exact()).not.toContain("mine");
  });

  it("sends the events of a busy state to logs, which its row takes in every ten seconds", async () => {
    const { count, known, exact, heat, rows } = open();
    const flood = await heat();
    await count(names("g", 20), later(SECOND));
    expect((await known(later(SECOND))).row.state).toEqual(flood);
    expect(await exact(later(SECOND))).toEqual([...flood, ...names("g", 20)]);
    expect((await rows()).filter(({ sk }) => sk !== "state").length).toBe(3);
    await count(["h"], later(ROLL_UP_MS));
    const all = [...flood, ...names("g", 20), "h"];
    expect((await known(later(ROLL_UP_MS))).row.state).toEqual(all);
    expect(await exact(later(ROLL_UP_MS))).toEqual(all);
  });

  it("makes a calm kind never hot", async () => {
    const { count, known, store } = open();
    const calm = { kind: CALM, id: "x" };
    await count(names("f", FLOOD), NOW, store, calm);
    expect((await known(NOW, calm)).row.heat).toBeUndefined();
  });

  it("counts a repeat once wherever the first went: row, log, or a row that took it in", async () => {
    const { store, name, subject, count, exact, heat } = open();
    const flood = await heat();
    await count(["in-log"], later(SECOND));
    const repeat = (ids: readonly string[], now: Date) =>
      store.count(
        name,
        subject,
        ids.map((id) => happening(id, NOW)),
        now,
      );
    const all = [...flood, "in-log"];
    await repeat(["f0000", "in-log", "in-log"], later(2 * SECOND));
    expect(await exact(later(2 * SECOND))).toEqual(all);
    await repeat(["f0001", "in-log"], later(ROLL_UP_MS));
    expect(await exact(later(ROLL_UP_MS))).toEqual(all);
    await repeat(["f0002", "in-log"], later(2 * ROLL_UP_MS));
    expect(await exact(later(2 * ROLL_UP_MS))).toEqual(all);
  });

  it("counts once what two environments bring to logs at the same time, by heads that both read before", async () => {
    const { store, other, name, subject, known, exact, heat } = open();
    const flood = await heat();
    const now = later(SECOND);
    const ids = names("g", 24);
    const ready = await store.ready(name, subject, await known(now), now);
    expect(ready.heads).toHaveLength(3);
    await Promise.all(
      ids.flatMap((id, index) => [
        store.count(name, subject, [happening(id)], now, ready),
        ...(index % 2 === 0 ? [other.count(name, subject, [happening(id, NOW)], now, ready)] : []),
      ]),
    );
    expect(await exact(now)).toEqual([...flood, ...ids]);
  });

  it("cools down, taking in what the logs still held, and can get hot again", async () => {
    const { count, known, exact, heat } = open();
    const flood = await heat();
    await count(["tail"], later(SECOND));
    // Hot for a quarter of an hour after the last flood; written directly from then on.
    const calm = later(16 * MINUTE);
    await count(["x"], calm);
    expect((await known(calm)).row.state).toEqual([...flood, "tail", "x"]);
    const quiet = later(40 * MINUTE);
    await count(["y"], quiet);
    expect((await known(quiet)).row.heat).toMatchObject({ cool: true });
    await count(names("z", FLOOD), later(60 * MINUTE));
    await count(["zz"], later(61 * MINUTE));
    expect(await exact(later(61 * MINUTE))).toEqual([...flood, "tail", "x", "y", ...names("z", FLOOD), "zz"]);
  });

  it("forgets a subject with all of its logs, those of an earlier flood included", async () => {
    const { store, name, subject, count, exact, heat, rows } = open();
    await heat();
    await count(["in-a-log"], later(SECOND));
    for (const minutes of [16, 40]) await count([`at-${minutes}`], later(minutes * MINUTE));
    await count(names("z", FLOOD), later(60 * MINUTE));
    await count(["in-a-log-again"], later(61 * MINUTE));
    await count(["neighbour"], NOW, store, { kind: CALM, id: "hotel-1" });
    expect((await rows()).length).toBeGreaterThan(3);
    for (let round = 0; round < 2; round++) await store.forget(name, subject);
    expect((await rows()).map(({ pk, sk }) => [pk.split("#")[1], sk])).toEqual([["calm", "state"]]);
    expect(await exact(later(62 * MINUTE))).toBeUndefined();
  });

  it("adds to sketches what they lack, and does not write what changes nothing", async () => {
    const { store, other, name, known } = open();
    const device = { kind: SET, id: "d" };
    const add = (events: readonly string[], by = store, tries = 8) => by.sketch(name, device, events, NOW, tries);
    expect(await add(["a", "b"])).toBe(true);
    expect(await add(["b"])).toBe(true);
    expect((await known(NOW, device)).row.version).toBe(1);
    expect(await Promise.all(["c", "d", "e"].map((one, index) => add([one], index % 2 ? store : other)))).toEqual([
      true,
      true,
      true,
    ]);
    expect((await known(NOW, device)).row.state).toEqual(["a", "b", "c", "d", "e"]);
    const stale = await known(NOW, { kind: SET, id: "never" });
    expect(await store.sketch(name, device, ["f"], NOW, 1, stale)).toBe(false);
  });
}
