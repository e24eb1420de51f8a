import { expect, it } from "vitest";
import { type Signals, type Subject, signalStore } from "../../../shared/store/signals.ts";
import { NOW } from "../../unit/domain/examples.ts";
import type { Tables } from "./tables.ts";

const DAY = 86_400_000;
const after = (days: number) => new Date(NOW.getTime() + days * DAY);
const event = (id: string, now = NOW) => ({ id, now, days: 10 });
const add = (name: string) => (stored: unknown) => [...((stored as string[] | undefined) ?? []), name];

/** What every store of scoring states promises. `tenant` gives a name that no other test uses. */
export function signalsSuite(tables: () => Tables, tenant: () => string): void {
  const open = (): { readonly store: Signals; readonly other: Signals; readonly name: string } => ({
    store: signalStore(tables().signals),
    // Of another execution environment: only the table keeps the two apart.
    other: signalStore(tables().signals),
    name: tenant(),
  });
  const subject: Subject = { kind: "target", id: "hotel-1" };
  const stateOf = (store: Signals, name: string, of: Subject = subject, now = NOW) => store.read(name, of, now);

  it("applies an event once, and answers its repeat with the state as it is", async () => {
    const { store, other, name } = open();
    expect(await store.change(name, subject, event("e1"), add("one"))).toEqual({ kind: "changed", state: ["one"] });
    expect(await store.change(name, subject, event("e2"), add("two"))).toMatchObject({ kind: "changed" });
    const again = await other.change(name, subject, event("e1"), () => {
      throw new Error("it is in the state already");
    });
    expect(again).toEqual({ kind: "repeat", state: ["one", "two"] });
    expect(await stateOf(store, name)).toEqual(["one", "two"]);
  });

  it("keeps kinds, subjects and tenants apart, though the event is the same", async () => {
    const { store, name } = open();
    const neighbour = tenant();
    const all = [
      [name, subject],
      [name, { kind: "author", id: "hotel-1" }],
      [name, { kind: "target", id: "hotel-2" }],
      [neighbour, subject],
    ] as const;
    for (const [index, [of, one]] of all.entries())
      expect(await store.change(of, one, event("e1"), add(`${index}`))).toEqual({
        kind: "changed",
        state: [`${index}`],
      });
    const subjects = [all[2][1], { kind: "account", id: "nobody" }, all[1][1], all[0][1]] as const;
    const states = await Promise.all(subjects.map((one) => stateOf(store, name, one)));
    expect(states).toEqual([["2"], undefined, ["1"], ["0"]]);
  });

  it("applies thirty changes of two environments at the same time, each exactly once", async () => {
    const { store, other, name } = open();
    const names = Array.from({ length: 30 }, (_, index) => `n${index}`);
    const change = (by: Signals, one: string) => by.change(name, subject, event(one), add(one));
    const results = await Promise.all(
      names.flatMap((one, index) =>
        // Every third comes twice at once, as a redelivered message does.
        index % 3 === 0 ? [change(store, one), change(other, one)] : [change(index % 2 === 0 ? store : other, one)],
      ),
    );
    expect(results.filter(({ kind }) => kind === "repeat")).toHaveLength(10);
    expect([...((await stateOf(store, name)) as string[])].sort()).toEqual([...names].sort());
  });

  it("gives up on a state that others never leave alone, and changes nothing then", async () => {
    const { store, other, name } = open();
    let tries = 0;
    // The neighbours are always faster: between each reading and writing of ours lies one of their changes.
    const intrude = async () => other.change(name, subject, event(`intruder-${tries}`), () => tries);
    const { client, name: TableName } = tables().signals;
    const slowClient: typeof client = Object.assign(Object.create(client), {
      async send(command: Parameters<typeof client.send>[0]) {
        if (command.constructor.name === "PutCommand") {
          tries += 1;
          await intrude();
        }
        return client.send(command);
      },
    });
    const slow = signalStore({ client: slowClient, name: TableName });
    await expect(slow.change(name, subject, event("mine"), () => "mine")).rejects.toThrow(/contended/);
    expect(tries).toBeGreaterThan(5);
    expect(await stateOf(store, name)).toBe(tries);
    // It comes back with its message.
    expect(await store.change(name, subject, event("mine"), () => "mine")).toMatchObject({ kind: "changed" });
  });

  it("leaves the state as it was where the change throws, and goes on", async () => {
    const { store, name } = open();
    await store.change(name, subject, event("e1"), add("one"));
    const failing = store.change(name, subject, event("e2"), () => {
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await store.change(name, subject, event("e2"), add("two"))).toEqual({
      kind: "changed",
      state: ["one", "two"],
    });
  });

  it("takes an expired state as absent, though DynamoDB has not removed it yet, and begins anew", async () => {
    const { store, name } = open();
    await store.change(name, subject, event("e1"), add("old"));
    expect(await stateOf(store, name, subject, after(9.99))).toEqual(["old"]);
    expect(await stateOf(store, name, subject, after(10.01))).toBeUndefined();
    expect(await store.read(name, subject, after(10.01))).toBeUndefined();
    expect(await store.change(name, subject, event("e1", after(11)), add("new"))).toEqual({
      kind: "changed",
      state: ["new"],
    });
    expect(await stateOf(store, name, subject, after(20))).toEqual(["new"]);
  });

  it("reads what was written a moment ago", async () => {
    const { store, other, name } = open();
    expect(await store.read(name, subject, NOW)).toBeUndefined();
    await store.change(name, subject, event("e1"), add("one"));
    expect(await other.read(name, subject, NOW)).toEqual(["one"]);
  });

  it("forgets a subject and nobody else, also one that it never knew", async () => {
    const { store, name } = open();
    const other: Subject = { kind: "author", id: "hotel-1" };
    for (const one of [subject, other]) await store.change(name, one, event("e1"), add("one"));
    for (let round = 0; round < 2; round += 1) await store.forget(name, subject);
    expect([await stateOf(store, name), await stateOf(store, name, other)]).toEqual([undefined, ["one"]]);
    expect(await store.change(name, subject, event("e1"), add("anew"))).toEqual({ kind: "changed", state: ["anew"] });
  });
}
