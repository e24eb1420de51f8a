import { unpack } from "../../shared/store/state-row.ts";
import { verdictsJournalled } from "./journalled.ts";
import type { Observed } from "./observe.ts";
import { type Accepted, nameOf, type Promises } from "./promises.ts";
import { reviewsCountedOnce } from "./review-counts.ts";

/** One invariant: how many things it was checked on, and what broke it, by ids only. */
export interface Finding {
  readonly invariant: string;
  readonly checked: number;
  readonly violations: readonly string[];
}

interface VerdictRow {
  readonly state?: string;
  readonly verdict?: { readonly ref: Omit<Accepted, "follows">; readonly action: string };
}
interface CaseRow {
  readonly case?: {
    readonly id: string;
    readonly ref: { readonly kind: string; readonly id: string; readonly revision: string };
    readonly decision?: { readonly id: string };
  };
  readonly owes?: string;
}

/** An account's audience is one case, whatever the version of its verdict. */
const workOf = ({ kind, id, revision }: { kind: string; id: string; revision: string }): string =>
  kind === "audience" ? `audience ${id}` : `${kind} ${id} ${revision}`;

/** Holds what was promised against what is there, once nothing is under way any more. */
export function checkInvariants(promises: Promises, observed: Observed): Finding[] {
  const { tenant } = promises;
  const own = <Row>(rows: readonly Record<string, unknown>[]): (Row & { pk: string; sk: string })[] =>
    rows.filter(({ pk }) => String(pk).startsWith(`${tenant}#`)) as unknown as (Row & { pk: string; sk: string })[];
  const verdicts = own<VerdictRow>(observed.verdicts);
  const cases = own<CaseRow>(observed.cases).filter((row) => row.case !== undefined);
  const accepted = [...promises.accepted.values()];
  return [
    oneVerdictEach(accepted, verdicts),
    reflectedOnce(tenant, accepted, verdicts, observed),
    oneCaseEach(verdicts, cases),
    decisionsPublished(promises, cases),
    poisonsOnly(promises, observed),
    reviewsCountedOnce(tenant, accepted, observed.signals),
    verdictsJournalled(
      tenant,
      verdicts.flatMap(({ state, verdict }) => (state === "scored" && verdict ? [verdict] : [])),
      verdicts,
    ),
  ];
}

function oneVerdictEach(accepted: readonly Accepted[], rows: readonly VerdictRow[]): Finding {
  const made = new Map<string, number>();
  for (const { state, verdict } of rows) {
    if (state !== "scored" || !verdict) continue;
    made.set(nameOf(verdict.ref), (made.get(nameOf(verdict.ref)) ?? 0) + 1);
  }
  const judged = accepted.filter(({ kind }) => kind !== "follow");
  return {
    invariant: "every accepted post and review revision has exactly one verdict",
    checked: judged.length,
    violations: judged
      .filter((one) => made.get(nameOf(one)) !== 1)
      .map((one) => `${nameOf(one)}: ${made.get(nameOf(one)) ?? 0} verdicts`),
  };
}

function reflectedOnce(
  tenant: string,
  accepted: readonly Accepted[],
  rows: readonly (VerdictRow & { pk: string; sk: string })[],
  { signals }: Observed,
): Finding {
  const violations: string[] = [];
  const reflected = new Set(rows.filter(({ state }) => state === "reflected").map(({ pk, sk }) => `${pk}#${sk}`));
  const wanted = new Map<string, number>();
  const messages = accepted.filter(({ kind }) => kind === "follow");
  for (const message of messages) {
    const { account, count } = message.follows ?? { account: "", count: 0 };
    wanted.set(account, (wanted.get(account) ?? 0) + count);
    if (!reflected.has(`${tenant}#follow#${message.id}#${message.revision}`))
      violations.push(`${nameOf(message)}: not reflected`);
  }
  for (const [account, count] of wanted) {
    const row = signals.find(({ pk }) => pk === `${tenant}#account#${account}`);
    const { follows } = (row?.state instanceof Uint8Array ? unpack(row.state) : {}) as { follows?: number };
    if (follows !== count) violations.push(`account ${account}: ${follows ?? 0} follows of ${count}`);
  }
  return {
    invariant: "every follow event is reflected once in its account's state",
    checked: messages.reduce((sum, { follows }) => sum + (follows?.count ?? 0), 0),
    violations,
  };
}

function oneCaseEach(rows: readonly VerdictRow[], cases: readonly CaseRow[]): Finding {
  const flagged = new Set<string>();
  for (const { verdict } of rows) if (verdict && verdict.action !== "allow") flagged.add(workOf(verdict.ref));
  const opened = new Map<string, number>();
  for (const row of cases) {
    if (!row.case) continue;
    const work = workOf(row.case.ref);
    opened.set(work, (opened.get(work) ?? 0) + 1);
  }
  return {
    invariant: "every flagged item belongs to exactly one case, and every case to a flagged item",
    checked: flagged.size,
    violations: [
      ...[...flagged].filter((work) => opened.get(work) !== 1).map((work) => `${work}: ${opened.get(work) ?? 0} cases`),
      ...[...opened.keys()].filter((work) => !flagged.has(work)).map((work) => `${work}: a case and no flag`),
    ],
  };
}

function decisionsPublished({ decisions }: Promises, cases: readonly CaseRow[]): Finding {
  const byId = new Map(cases.map((row) => [row.case?.id, row]));
  const kept = [...decisions].filter(([id, decision]) => byId.get(id)?.case?.decision?.id !== decision);
  const owed = cases.filter(({ owes }) => owes !== undefined);
  return {
    invariant: "every answered decision is kept, and every decision's event is published",
    checked: decisions.size,
    violations: [
      ...kept.map(([id]) => `case ${id}: the answered decision is not there`),
      ...owed.map((row) => `case ${row.case?.id}: its event is owed`),
    ],
  };
}

function poisonsOnly({ poisons }: Promises, { dead }: Observed): Finding {
  const bodies = new Set(dead.map(({ body }) => body));
  return {
    invariant: "the dead letters are the planted poisons, each with its reason, and nothing else",
    checked: poisons.size,
    violations: [
      ...[...poisons].filter((body) => !bodies.has(body)).map(() => "a planted poison is in no dead-letter queue"),
      ...dead.filter(({ body }) => !poisons.has(body)).map(({ queue, reason }) => `${queue}: not planted (${reason})`),
      ...dead.filter(({ reason }) => reason === undefined).map(({ queue }) => `${queue}: without a reason`),
    ],
  };
}
