import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getUndo, listUndone } from "../../../functions/undos/known-undos.ts";
import { startUndo } from "../../../functions/undos/start-undo.ts";
import { type DecisionMessage, decisionMessage } from "../../../shared/contracts/messages.ts";
import { caseIdOf, decide, openCase } from "../../../shared/domain/case.ts";
import type { LabelName } from "../../../shared/domain/label.ts";
import type { UndoItem } from "../../../shared/domain/undo.ts";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import { builtInPolicies } from "../../../shared/policy/compiled-policies.ts";
import { entryOf } from "../../../shared/policy/entry-of.ts";
import { factsOf } from "../../../shared/policy/policy-facts.ts";
import { exampleVerdict } from "../../unit/domain/examples.ts";
import { createTables, startDynalite, type Tables } from "../conformance/tables.ts";
import { everyNow, type JobWorld, jobWorld, type Mischief, TENANT } from "./job-world.ts";

const NOW = new Date("2026-11-22T12:00:00.000Z");
const SINCE = "2026-11-21T00:00:00.000Z";
const ADMIN = { tenant: TENANT, keyId: "0123456789ab", role: "admin" } as const;

interface Found {
  readonly label: LabelName;
  readonly source?: string;
  readonly severity?: number;
}

/** A post with these findings, as the built-in policy decides it. */
function judged(id: string, found: readonly Found[], at = "2026-11-21T10:00:00.000Z"): Verdict {
  const labels = found.map(({ label, source = "text-lexicon", severity = 4 }) => ({
    label,
    score: 0.9,
    probability: 0.9,
    severity,
    spans: [],
    reasons: [],
    source,
    version: "7",
  }));
  const basis = exampleVerdict({
    ref: { kind: "post", id, revision: "r1" },
    labels,
    models: ["text-lexicon@7", "text-model@7"],
    receivedAt: at,
    scoredAt: at,
  });
  const { action, severity, queue, lane, policy } = builtInPolicies.decide(factsOf(basis));
  return { ...basis, action, severity, queue, lane, policy };
}

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

type Body = Parameters<ReturnType<typeof startUndo>>[0]["body"];
const ask = (world: JobWorld, body: Body) => startUndo(world)({ caller: ADMIN, params: {}, query: {}, body, now: NOW });
const idOf = (made: Awaited<ReturnType<typeof ask>>): string => {
  if (!made.ok) throw new Error(JSON.stringify(made.problem));
  return made.value.id;
};

async function look(world: JobWorld, id: string) {
  const seen = await getUndo(world)({ caller: ADMIN, params: { id }, query: {}, body: undefined as never, now: NOW });
  if (!seen.ok) throw new Error(JSON.stringify(seen.problem));
  return seen.value;
}

async function audited(world: JobWorld, id: string): Promise<Omit<UndoItem, "rank">[]> {
  const listed = await listUndone(world)({
    caller: ADMIN,
    params: { id },
    query: {},
    body: undefined as never,
    now: NOW,
  });
  if (!listed.ok) throw new Error(JSON.stringify(listed.problem));
  return listed.value.batches.flatMap(({ items }) => items);
}

const outcomesIn = (items: readonly Omit<UndoItem, "rank">[]) =>
  Object.fromEntries(items.map(({ ref, outcome, to }) => [ref.id, `${outcome} ${to}`]));

const dryRun = async (world: JobWorld, cause: Body["cause"]) => {
  const id = idOf(await ask(world, { dryRun: true, cause, since: SINCE }));
  await world.drain();
  const { result } = await look(world, id);
  if (!result) throw new Error("the dry run has no result");
  return { id, result, items: outcomesIn([...result.sample, ...result.exceptions]) };
};

const run = async (world: JobWorld, of: string, mischief: Mischief = {}) => {
  const id = idOf(await ask(world, { dryRun: false, of, note: "the rule was wrong" }));
  await world.drain(mischief);
  return look(world, id);
};

const publishedBy = ({ topic }: JobWorld, id: string): DecisionMessage[] =>
  topic.published
    .map(({ message }) => decisionMessage.parse(message))
    .filter(({ decision }) => decision.by === `undo:${id}`);

const INSULT_ITEMS = {
  plain: "close allow",
  modelled: "close allow",
  caseless: "publish allow",
  upheld: "kept_human allow",
  overturned: "kept_human allow",
  erased: "gone allow",
};

const worlds: (() => Promise<void>)[] = [];
async function freshWorld(): Promise<JobWorld & { readonly tables: Tables }> {
  const dynalite = await startDynalite();
  const tables = await createTables(dynalite.config);
  worlds.push(() => tables.remove().then(dynalite.stop));
  const world = jobWorld(tables, () => NOW);
  await fill(world);
  return { ...world, tables };
}
afterAll(async () => {
  for (const end of worlds) await end();
});

describe("an undo of a rule", () => {
  let world: JobWorld;
  beforeAll(async () => {
    world = await freshWorld();
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
    expect(await refused({ dryRun: false, of: unfinished })).toBe("invalid_request");
    expect(await refused({ dryRun: false, note: "now" })).toBe("invalid_request");
    expect(await refused({ dryRun: false, of: "aaaaaaaa-00000000", note: "now" })).toBe("not_found");
    expect(await refused({ dryRun: true, since: SINCE })).toBe("invalid_request");
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
    const world = await freshWorld();
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
    const world = await freshWorld();
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
    const world = await freshWorld();
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
