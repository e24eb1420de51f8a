import { expect, it } from "vitest";
import { type Case, caseIdOf } from "../../../shared/domain/case.ts";
import { NOW } from "../../unit/domain/examples.ts";
import type { Tables } from "../conformance/tables.ts";
import { eventually } from "../pipeline/api.ts";
import { type DeskWorld, deskWorld, minutesLater } from "./desk-world.ts";

const MANY = 32;
const KEY = "k".repeat(22);
const range = (count: number) => Array.from({ length: count }, (_, index) => index);

/** What holds at the desk however many act at once. `tenant` gives a name that no other test uses; `settled` waits for the indexes. */
export function racesSuite(tables: () => Tables, tenant: () => string, settled: () => Promise<void>): void {
  const open = async (count: number): Promise<{ desk: DeskWorld; all: readonly Case[] }> => {
    const desk = deskWorld(tables(), tenant());
    const all = range(count).map((index) => desk.waiting(`post-${index}`, {}, minutesLater(-count + index)));
    await Promise.all(all.map((one) => desk.cases.open(one)));
    await settled();
    return { desk, all };
  };
  const idOf = (result: Awaited<ReturnType<DeskWorld["next"]>>): string | undefined =>
    result.ok ? result.value.case?.id : undefined;

  it(`of ${MANY} callers racing for one case exactly one wins, and the others are told who`, async () => {
    for (const _ of range(5)) {
      const { desk, all } = await open(1);
      const id = all[0]?.id ?? "";
      const results = await Promise.all(range(MANY).map((index) => desk.claim(desk.caller(`m${index}`), id)));
      const won = results.flatMap((result, index) => (result.ok ? [`key:m${index}`] : []));
      expect(won).toHaveLength(1);
      for (const result of results.filter(({ ok }) => !ok))
        expect(result).toMatchObject({
          problem: { status: 409, type: "urn:touchstone:problem:case_claimed", current: { id, heldBy: won[0] } },
        });
      expect((await desk.cases.get(desk.caller("x").tenant, id))?.claim?.by).toBe(won[0]);
    }
  });

  it(`${MANY} callers of next at once get ${MANY} different cases, the first ones of the queue`, async () => {
    const { desk, all } = await open(3 * MANY);
    const got = (await Promise.all(range(MANY).map((index) => desk.next(desk.caller(`m${index}`))))).map(idOf);
    expect(got).not.toContain(undefined);
    expect(new Set(got).size).toBe(MANY);
    const places = got.map((id) => all.findIndex((one) => one.id === id));
    expect(Math.max(...places)).toBeLessThan(2 * MANY);
  });

  it("one caller with many windows gets a case in each", async () => {
    const { desk } = await open(8);
    const got = (await Promise.all(range(8).map(() => desk.next(desk.caller("same"))))).map(idOf);
    expect(new Set(got).size).toBe(8);
  });

  it("more callers than cases: each case goes to one of them, and the others are told that nothing waits", async () => {
    const { desk, all } = await open(20);
    const got = (await Promise.all(range(MANY).map((index) => desk.next(desk.caller(`m${index}`))))).map(idOf);
    expect(got.filter((id) => id !== undefined).sort()).toEqual(all.map(({ id }) => id).sort());
  });

  it("while moderators pass cases on, next gives none of those to a moderator", async () => {
    const { desk, all } = await open(12);
    const passedOn = new Set(all.filter((_, index) => index % 2 === 0).map(({ id }) => id));
    const passing = [...passedOn].map((id) => desk.decide(desk.caller("bob"), id, 1, { outcome: "escalate" }));
    const [passed] = await Promise.all([Promise.all(passing), ...range(6).map((n) => desk.next(desk.caller(`m${n}`)))]);
    for (const [index, one] of [...passedOn].entries()) {
      const now = await desk.cases.get(all[0]?.tenant ?? "", one);
      // Either somebody took it first and the escalation was refused, or it waits for seniors and nobody holds it.
      expect([now?.queue, now?.claim === undefined]).toEqual(
        passed[index]?.ok ? ["escalations", true] : ["default", false],
      );
    }
  });

  it("of decisions at the same time exactly one holds, and who holds the case decides it before others", async () => {
    const { desk, all } = await open(2);
    const [one, held] = all as [Case, Case];
    const race = await Promise.all(range(16).map((index) => desk.decide(desk.caller(`m${index}`), one.id, 1)));
    expect(race.filter(({ ok }) => ok)).toHaveLength(1);
    expect(desk.messages()).toHaveLength(1);
    await desk.claim(desk.caller("holder"), held.id);
    const others = await Promise.all(range(8).map((index) => desk.decide(desk.caller(`m${index}`), held.id, 1)));
    for (const result of others)
      expect(result).toMatchObject({ problem: { type: "urn:touchstone:problem:case_claimed" } });
    expect(await desk.decide(desk.caller("holder"), held.id, 1)).toMatchObject({ ok: true });
  });

  it("a late decision is told who has the case now, and passes where nobody took it", async () => {
    const { desk } = await open(2);
    const [ann, bob] = [desk.caller("ann"), desk.caller("bob")];
    const [first, second] = [idOf(await desk.next(ann)), idOf(await desk.next(ann))];
    if (!first || !second) throw new Error("nothing waits");
    const late = minutesLater(11);
    expect(await desk.claim(bob, first, late)).toMatchObject({ ok: true, value: { claim: { mine: true } } });
    expect(await desk.extend(ann, first, late)).toMatchObject({
      problem: { current: { heldBy: "key:bob", heldUntil: minutesLater(21).toISOString() } },
    });
    expect(await desk.decide(ann, first, 1, {}, late)).toMatchObject({
      problem: { status: 409, type: "urn:touchstone:problem:case_claimed", current: { heldBy: "key:bob" } },
    });
    expect(await desk.decide(ann, second, 1, {}, late)).toMatchObject({ ok: true });
    expect(await desk.decide(bob, first, 1, {}, late)).toMatchObject({ ok: true });
  });

  it("undo and publishing at the same time: subscribers end with what holds, and nothing stays owed", async () => {
    const { desk, all } = await open(12);
    const ann = desk.caller("ann");
    await Promise.all(
      all.map(async ({ id }, index) => {
        const mine = `decision-of-${index}`;
        const deciding = desk.decide(ann, id, 1, { id: mine });
        // While the decision is on its way, is being published, or is done.
        for (let attempt = 0; attempt < 200; attempt += 1) {
          const undone = await desk.undo(ann, id, mine);
          if (undone.ok) break;
          expect(undone.problem.type).toBe("urn:touchstone:problem:case_changed");
        }
        await deciding;
      }),
    );
    await desk.sweep(minutesLater(5));
    for (const { id, tenant: name } of all) {
      const of = desk.messages().filter(({ caseId }) => caseId === id);
      const newest = of.toSorted((a, b) => b.version - a.version)[0];
      expect(newest).toMatchObject({ event: "decision.undone", version: 3 });
      expect(await desk.cases.get(name, id)).toMatchObject({ state: "open", version: 3 });
      expect(await desk.cases.owed(name, id)).toBeUndefined();
    }
  });

  it("items that join while their cluster is decided are each in one place: told of, or waiting", async () => {
    const desk = deskWorld(tables(), tenant());
    const verdicts = range(24).map((index) => desk.verdict(`post-${index}`, { cluster: KEY }));
    const [first, ...others] = verdicts;
    if (!first) throw new Error("no verdict");
    await desk.flag(first);
    const lead = caseIdOf(first.tenant, first.ref);
    const flagging = others.map(async (one, index) => {
      await new Promise((resolve) => setTimeout(resolve, index * 2));
      await Promise.all([desk.flag(one), desk.flag(one)]);
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await desk.decide(desk.caller("ann"), lead, 1)).toMatchObject({ ok: true });
    await Promise.all(flagging);
    await desk.sweep(minutesLater(5));
    const toldOf = new Set(desk.messages().map(({ ref }) => ref.id));
    const name = first.tenant;
    for (const { ref } of verdicts) {
      const own = await desk.cases.get(name, caseIdOf(name, ref));
      const place = own?.joined ? await desk.cases.get(name, own.joined) : own;
      expect([ref.id, place?.state === "decided"]).toEqual([ref.id, toldOf.has(ref.id)]);
    }
    await eventually(
      async () => {
        const waiting = await desk.cases.lane(name, "default", "medium", 50);
        return waiting.reduce((sum, { cluster }) => sum + (cluster?.size ?? 1), 0);
      },
      (items) => items >= verdicts.length - toldOf.size,
    );
  });

  it("nothing in the queue's count is lost or counted twice", async () => {
    const desk = deskWorld(tables(), tenant());
    const verdicts = range(12).map((index) => desk.verdict(`post-${index}`));
    await Promise.all(verdicts.flatMap((one) => [desk.flag(one), desk.flag(one)]));
    const name = verdicts[0]?.tenant ?? "";
    await Promise.all(
      verdicts.slice(0, 5).map(({ ref }) => desk.decide(desk.caller("ann"), caseIdOf(name, ref), 1, {}, NOW)),
    );
    expect((await desk.depths.of(name, "default")).get("medium")).toBe(7);
  });
}
