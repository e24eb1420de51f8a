import { getUndo, listUndone } from "../../../functions/undos/known-undos.ts";
import { startUndo } from "../../../functions/undos/start-undo.ts";
import { type DecisionMessage, decisionMessage } from "../../../shared/contracts/messages.ts";
import type { LabelName } from "../../../shared/domain/label.ts";
import type { UndoItem } from "../../../shared/domain/undo.ts";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import { builtInPolicies } from "../../../shared/policy/compiled-policies.ts";
import { factsOf } from "../../../shared/policy/policy-facts.ts";
import { exampleVerdict } from "../../unit/domain/examples.ts";
import { createTables, startDynalite, type Tables } from "../conformance/tables.ts";
import { type JobWorld, jobWorld, type Mischief, TENANT } from "./job-world.ts";

export const NOW = new Date("2026-11-22T12:00:00.000Z");
export const SINCE = "2026-11-21T00:00:00.000Z";
const ADMIN = { tenant: TENANT, actor: "key:0123456789ab", role: "admin" } as const;

export interface Found {
  readonly label: LabelName;
  readonly source?: string;
  readonly severity?: number;
}

/** A post with these findings, as the built-in policy decides it. */
export function judged(id: string, found: readonly Found[], at = "2026-11-21T10:00:00.000Z"): Verdict {
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

export type Body = Parameters<ReturnType<typeof startUndo>>[0]["body"];
export const ask = (world: JobWorld, body: Body) =>
  startUndo(world)({ caller: ADMIN, params: {}, query: {}, body, now: NOW });
export const idOf = (made: Awaited<ReturnType<typeof ask>>): string => {
  if (!made.ok) throw new Error(JSON.stringify(made.problem));
  return made.value.id;
};

async function look(world: JobWorld, id: string) {
  const seen = await getUndo(world)({ caller: ADMIN, params: { id }, query: {}, body: undefined as never, now: NOW });
  if (!seen.ok) throw new Error(JSON.stringify(seen.problem));
  return seen.value;
}

export async function audited(world: JobWorld, id: string): Promise<Omit<UndoItem, "rank">[]> {
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

export const outcomesIn = (items: readonly Omit<UndoItem, "rank">[]) =>
  Object.fromEntries(items.map(({ ref, outcome, to }) => [ref.id, `${outcome} ${to}`]));

export const dryRun = async (world: JobWorld, cause: Body["cause"]) => {
  const id = idOf(await ask(world, { dryRun: true, cause, since: SINCE }));
  await world.drain();
  const { result } = await look(world, id);
  if (!result) throw new Error("the dry run has no result");
  return { id, result, items: outcomesIn([...result.sample, ...result.exceptions]) };
};

export const run = async (world: JobWorld, of: string, mischief: Mischief = {}) => {
  const id = idOf(await ask(world, { dryRun: false, of, note: "the rule was wrong" }));
  await world.drain(mischief);
  return look(world, id);
};

export const publishedBy = ({ topic }: JobWorld, id: string): DecisionMessage[] =>
  topic.published
    .map(({ message }) => decisionMessage.parse(message))
    .filter(({ decision }) => decision.by === `undo:${id}`);

const worlds: (() => Promise<void>)[] = [];

/** Tables of their own, with what `fill` puts there. */
export async function freshWorld(
  fill: (world: JobWorld) => Promise<void>,
): Promise<JobWorld & { readonly tables: Tables }> {
  const dynalite = await startDynalite();
  const tables = await createTables(dynalite.config);
  worlds.push(() => tables.remove().then(dynalite.stop));
  const world = jobWorld(tables, () => NOW);
  await fill(world);
  return { ...world, tables };
}

export async function endWorlds(): Promise<void> {
  for (const end of worlds) await end();
}
