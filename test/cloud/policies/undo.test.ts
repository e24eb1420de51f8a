import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { caseIdOf, decide, openCase } from "../../../shared/domain/case.ts";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import { entryOf } from "../../../shared/policy/entry-of.ts";
import { everyNow, type JobWorld, TENANT } from "./job-world.ts";
import {
  ask,
  audited,
  type Body,
  dryRun,
  endWorlds,
  type Found,
  freshWorld,
  idOf,
  judged,
  NOW,
  outcomesIn,
  publishedBy,
  run,
  SINCE,
} from "./undo-world.ts";

afterAll(endWorlds);

const insult: Found = { label: "insult" };
const verdicts = {
  plain: judged("plain", [insult]),
  other: judged("other", [{ label: "scam" }]),
  nothing: judged("nothing", []),
  // Held for hate; without it the insult still flags it.
  lowered: judged("lowered", [{ label: "hate" }, insult]),
  // Flagged twice over: without the insult the harassment does it.
  stands: judged("stands", [insult, { label: "harassment" }]),
  upheld: judged("upheld", [insult]),
  overturned: judged("overturned", [insult]),
  caseless: judged("caseless", [insult]),
  erased: judged("erased", [insult]),
  modelled: judged("modelled", [{ label: "insult", source: "text-model" }]),
  tooEarly: judged("too-early", [insult], "2026-11-20T23:59:59.000Z"),
};
type Name = keyof typeof verdicts;

async function fill(world: JobWorld): Promise<void> {
  const all = Object.entries(verdicts) as [Name, Verdict][];
  await world.journal.append(
    TENANT,
    all.map(([, made]) => entryOf(made)),
  );
  for (const [name, made] of all) {
    if (name !== "erased") await world.verdicts.record(made, 400);
    if (made.action !== "allow" && name !== "caseless") await world.cases.open(openCase(made, NOW));
  }
  for (const [name, outcome] of [
    ["upheld", "uphold"],
    ["overturned", "overturn"],
  ] as const) {
    const opened = openCase(verdicts[name], NOW);
    const by = { id: `by-hand-${name}`, outcome, reason: "other", by: "key:1", at: NOW.toISOString() } as const;
    const decided = decide(opened, by, 1);
    await world.cases.decide(decided.case, 1, NOW);
    await world.cases.settle(TENANT, opened.id, by.id);
  }
}

const INSULT_ITEMS = {
  plain: "close allow",
  modelled: "close allow",
  caseless: "publish allow",
  upheld: "kept_human allow",
  overturned: "kept_human allow",
  erased: "gone allow",
};

describe("an undo of a rule", () => {
  let world: JobWorld;
  beforeAll(async () => {
    world = await freshWorld(fill);
  }, 60_000);

  it("first says what rests on it, and changes nothing", async () => {
    const { result, items } = await dryRun(world, { rule: "insult" });
    expect(items).toEqual(INSULT_ITEMS);
    expect(result).toMatchObject({
      items: 10,
      outcomes: { close: 2, publish: 1, kept_human: 2, gone: 1, lower: 0 },
      moves: { "flag>allow": 3 },
      rules: { "touchstone-default/insult": 3 },
    });
    expect(world.topic.published).toEqual([]);
    expect((await world.cases.get(TENANT, caseIdOf(TENANT, verdicts.plain.ref)))?.state).toBe("open");
  });

  it("is carried out only as a finished dry run showed it, with a note", async () => {
    const unfinished = idOf(await ask(world, { dryRun: true, cause: { rule: "insult" }, since: SINCE }));
    const refused = async (body: Body) => {
      const made = await ask(world, body);
      return made.ok ? "accepted" : made.problem.type.split(":").at(-1);
    };
    expect(await refused({ dryRun: false, of: unfinished, note: "now" })).toBe("undo_not_ready");
    await world.drain();
    expect(await refused({ dryRun: false, of: unfinished, note: "now", cause: { rule: "scam" } })).toBe("undo_differs");
    expect(await refused({ dryRun: false, of: unfinished, note: "now", since: "2026-11-20T00:00:00Z" })).toBe(
      "undo_differs",
    );
    expect(await refused({ dryRun: false, of: unfinished })).toBe("job_invalid");
    expect(await refused({ dryRun: false, note: "now" })).toBe("job_invalid");
    expect(await refused({ dryRun: false, of: "aaaaaaaa-00000000", note: "now" })).toBe("not_found");
    expect(await refused({ dryRun: true, since: SINCE })).toBe("job_invalid");
  });

  it("closes open cases as overturned, tells platforms, marks verdicts, and leaves what people decided", async () => {
    const dry = await dryRun(world, { rule: "insult" });
    const { id, state, result, note } = await run(world, dry.id);
    expect([state, note]).toEqual(["done", "the rule was wrong"]);
    expect(result).toEqual(dry.result);
    const by = `undo:${id}`;

    const closed = await world.cases.get(TENANT, caseIdOf(TENANT, verdicts.plain.ref));
    expect(closed).toMatchObject({
      state: "decided",
      decision: { outcome: "overturn", reason: "cause_undone", by },
      reversed: { by, from: "flag", to: "allow" },
    });
    expect((await world.cases.get(TENANT, caseIdOf(TENANT, verdicts.upheld.ref)))?.decision?.id).toBe("by-hand-upheld");
    expect(await world.cases.owing(new Date(NOW.getTime() + 3_600_000), 10)).toEqual([]);

    const stored = await world.verdicts.find(TENANT, "post", "plain", NOW);
    expect(stored.verdicts).toEqual([verdicts.plain]);
    expect(stored.reversals?.get("r1")).toMatchObject({ by, from: "flag", to: "allow" });
    expect((await world.verdicts.find(TENANT, "post", "upheld", NOW)).reversals).toBeUndefined();
    expect((await world.verdicts.find(TENANT, "post", "erased", NOW)).verdicts).toEqual([]);

    const told = publishedBy(world, id);
    expect(told.map(({ ref }) => ref.id).sort()).toEqual(["caseless", "modelled", "plain"]);
    expect(told.map(({ reversal }) => reversal)).toEqual(Array(3).fill({ from: "flag", to: "allow" }));
    expect(new Set(told.map(({ decision }) => decision.id)).size).toBe(3);
    expect(outcomesIn(await audited(world, id))).toEqual(INSULT_ITEMS);
  });

  it("is done once: asked for again it is the same run, and a later one finds it done", async () => {
    const earlier = world.topic.published.length;
    const dry = await dryRun(world, { rule: "insult" });
    expect(dry.items).toMatchObject({ plain: "kept_undone allow", caseless: "kept_undone allow" });
    const first = await run(world, dry.id);
    const again = await run(world, dry.id);
    expect(again.id).toBe(first.id);
    expect(world.topic.published.length).toBe(earlier);
  });
});

describe("an undo of a label", () => {
  it("lowers what another rule still asks a person for, and keeps its case open", async () => {
    const world = await freshWorld(fill);
    const dry = await dryRun(world, { label: "hate" });
    expect(dry.items).toEqual({ lowered: "lower flag" });
    const { id } = await run(world, dry.id);
    const kept = await world.cases.get(TENANT, caseIdOf(TENANT, verdicts.lowered.ref));
    expect(kept).toMatchObject({ state: "open", reversed: { from: "hold", to: "flag" }, version: 2 });
    const lane = await world.cases.lane(TENANT, "default", verdicts.lowered.lane, 50);
    expect(lane.map(({ ref }) => ref.id)).toContain("lowered");
    expect(publishedBy(world, id)).toMatchObject([{ ref: { id: "lowered" }, reversal: { from: "hold", to: "flag" } }]);
  }, 30_000);

  it("counts what stands on another finding, and touches only what the analyzer named found", async () => {
    const world = await freshWorld(fill);
    const label = await dryRun(world, { label: "insult" });
    expect(label.items).toEqual(INSULT_ITEMS);
    expect(label.result.stands).toBe(2);
    const model = await dryRun(world, { model: "text-model@7" });
    expect(model.items).toEqual({ modelled: "close allow" });
    expect((await dryRun(world, { model: "text-model@6" })).items).toEqual({});
  }, 30_000);
});

it.each([3, 4, 5])(
  "comes to the same where it is cut off anywhere and every message comes twice (%i)",
  async (seed) => {
    const world = await freshWorld(fill);
    const dry = await dryRun(world, { rule: "insult" });
    const { id, state, result } = await run(world, dry.id, { twice: true, short: true, breaks: everyNow(12, seed) });
    expect([state, result]).toEqual(["done", dry.result]);
    expect(outcomesIn(await audited(world, id))).toEqual(INSULT_ITEMS);
    const told = publishedBy(world, id);
    expect(new Set(told.map(({ ref }) => ref.id))).toEqual(new Set(["plain", "modelled", "caseless"]));
    expect(new Set(told.map(({ decision }) => decision.id)).size).toBe(3);
  },
  60_000,
);
