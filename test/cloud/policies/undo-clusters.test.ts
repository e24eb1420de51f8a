import { afterAll, expect, it } from "vitest";
import { type Case, caseIdOf, decide, openCase } from "../../../shared/domain/case.ts";
import { makeClaim } from "../../../shared/domain/claim.ts";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import { entryOf } from "../../../shared/policy/entry-of.ts";
import { auditStore } from "../../../shared/store/audit.ts";
import { claimStore } from "../../../shared/store/claims.ts";
import { depthStore } from "../../../shared/store/depths.ts";
import type { Tables } from "../conformance/tables.ts";
import { everyNow, type JobWorld, TENANT } from "./job-world.ts";
import { dryRun, endWorlds, freshWorld, judged, NOW, publishedBy, run } from "./undo-world.ts";

afterAll(endWorlds);

const KEY = "k".repeat(22);
const BEFORE_THE_WINDOW = "2026-11-20T23:00:00.000Z";

/** Posts that say the same, the first of them the cluster's case; what rests on the cause is in its window. */
const same = (...times: readonly (string | undefined)[]): Verdict[] =>
  times.map((at, index) => ({ ...judged(`same-${index}`, [{ label: "insult" }], at), cluster: KEY }));

const idIn = (index: number): string => caseIdOf(TENANT, { kind: "post", id: `same-${index}`, revision: "r1" });

const gather = (verdicts: readonly Verdict[]) => async (world: JobWorld) => {
  await world.journal.append(TENANT, verdicts.map(entryOf));
  for (const [index, made] of verdicts.entries()) {
    await world.verdicts.record(made, 400);
    const opened = openCase(made, NOW);
    if (index === 0) await world.cases.open(opened);
    else expect(await world.clusters.join(opened, idIn(0), NOW)).toEqual({ kind: "joined", opened: false });
  }
};

const caseIn = async ({ cases }: JobWorld, index: number): Promise<Case> => {
  const found = await cases.get(TENANT, idIn(index));
  if (!found) throw new Error("no case");
  return found;
};
const statesOf = async (world: JobWorld, count: number) =>
  Promise.all(Array.from({ length: count }, async (_, index) => (await caseIn(world, index)).state));
const told = (world: JobWorld, id: string) => [...new Set(publishedBy(world, id).map(({ ref }) => ref.id))].sort();

const hold = async (tables: Tables, world: JobWorld) =>
  claimStore(tables.cases).claim(await caseIn(world, 0), makeClaim("claim-1", "key:ann", NOW, 10), NOW);

it("closes a cluster with the last of its items, whoever holds it, and counts and logs it once", async () => {
  const world = await freshWorld(gather(same(undefined, undefined, undefined)));
  await depthStore(world.tables.cases).add(await caseIn(world, 0), 1);
  expect(await hold(world.tables, world)).toBe(true);
  const dry = await dryRun(world, { rule: "insult" });
  expect(dry.result.outcomes.close).toBe(3);
  const { id, result } = await run(world, dry.id);
  expect(result).toEqual(dry.result);
  expect(await statesOf(world, 3)).toEqual(["decided", "decided", "decided"]);
  expect((await caseIn(world, 0)).claim).toBeUndefined();
  expect(told(world, id)).toEqual(["same-0", "same-1", "same-2"]);
  expect(await world.clusters.members(TENANT, idIn(0), 9)).toEqual([]);
  const { queue } = await caseIn(world, 0);
  expect([...(await depthStore(world.tables.cases).of(TENANT, queue)).values()]).toEqual([0]);
  const logged = await auditStore(world.tables.cases).ofCase(TENANT, idIn(0), { limit: 9 });
  expect(logged.map(({ actor, action }) => [actor, action])).toEqual([[`undo:${id}`, "case.decided"]]);
  expect(await world.cases.owing(new Date(NOW.getTime() + 3_600_000), 10)).toEqual([]);
});

it("leaves a cluster open for the items whose action stands, and with whoever holds it", async () => {
  const world = await freshWorld(gather(same(undefined, BEFORE_THE_WINDOW, undefined)));
  expect(await hold(world.tables, world)).toBe(true);
  const { id } = await run(world, (await dryRun(world, { rule: "insult" })).id);
  expect(await statesOf(world, 3)).toEqual(["open", "joined", "decided"]);
  expect(await caseIn(world, 0)).toMatchObject({
    reversed: { by: `undo:${id}`, to: "allow" },
    claim: { by: "key:ann" },
  });
  expect(told(world, id)).toEqual(["same-0", "same-2"]);
  expect((await world.clusters.members(TENANT, idIn(0), 9)).map(({ ref }) => ref.id)).toEqual(["same-1"]);
});

it("leaves alone what a person decided of a cluster, and says of each item what that was", async () => {
  const world = await freshWorld(gather(same(undefined, undefined)));
  const exceptions = [{ case: idIn(1), outcome: "overturn", reason: "other" } as const];
  const made = {
    id: "by-hand",
    outcome: "uphold",
    reason: "other",
    by: "key:ann",
    at: NOW.toISOString(),
    exceptions,
  } as const;
  await world.cases.decide(decide(await caseIn(world, 0), { ...made, exceptions }, 1).case, 1, NOW);
  const { result } = await run(world, (await dryRun(world, { rule: "insult" })).id);
  expect(result?.outcomes).toMatchObject({ kept_human: 2, close: 0 });
  expect(await statesOf(world, 2)).toEqual(["decided", "joined"]);
  const decided = Object.fromEntries(result?.exceptions.map((one) => [one.ref.id, one.decided]) ?? []);
  expect(decided).toEqual({ "same-0": "uphold", "same-1": "overturn" });
});

it.each([3, 4])(
  "comes to the same where a cluster's undo is cut off and every message comes twice (%i)",
  async (seed) => {
    const world = await freshWorld(gather(same(undefined, undefined, undefined)));
    const dry = await dryRun(world, { rule: "insult" });
    const { id } = await run(world, dry.id, { twice: true, short: true, breaks: everyNow(12, seed) });
    expect(await statesOf(world, 3)).toEqual(["decided", "decided", "decided"]);
    expect(told(world, id)).toEqual(["same-0", "same-1", "same-2"]);
  },
);
