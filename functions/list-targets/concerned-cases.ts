import { type Case, caseIdOf } from "../../shared/domain/case.ts";
import { type Concerned, concernedBy, summaryOf } from "../../shared/domain/concerned.ts";
import { DEFAULT_QUEUE, ESCALATIONS } from "../../shared/domain/routing.ts";
import { seesItem } from "../../shared/domain/sees-item.ts";
import type { Caller } from "../../shared/domain/tenant.ts";
import { linkOf } from "../../shared/runtime/case-links.ts";
import type { Cases } from "../../shared/store/cases.ts";
import type { DecisionJournal } from "../../shared/store/decision-journal.ts";
import type { Routings } from "../../shared/store/routings.ts";
import type { WaitingCases } from "../../shared/store/waiting-cases.ts";

export interface ConcernedCases {
  readonly waiting: WaitingCases;
  readonly routings: Pick<Routings, "get">;
  readonly journal: Pick<DecisionJournal, "before">;
  readonly cases: Pick<Cases, "getMany">;
}

/** Latest decisions that are looked at. */
const MOST_DECIDED = 100;
/** Cases of one thing that an answer names. */
const MOST_NAMED = 5;

/** The things that open cases of a kind and those decided of late are about, as far as the caller may see them. */
export async function concernedCases(
  { waiting, routings, journal, cases }: ConcernedCases,
  { caller, kind, now }: { readonly caller: Caller; readonly kind: "review" | "audience"; readonly now: Date },
  idOf: (one: Case) => string | undefined,
) {
  const { tenant } = caller;
  const lately = async (): Promise<readonly Case[]> => {
    const { entries } = await journal.before(tenant, MOST_DECIDED, now);
    const ids = entries.filter(({ entry }) => entry.facts.kind === kind).map(({ entry }) => entry.caseId);
    const found = new Map((ids.length > 0 ? await cases.getMany(tenant, ids) : []).map((one) => [one.id, one]));
    return [...new Set(ids)].flatMap((id) => found.get(id) ?? []).filter(({ state }) => state === "decided");
  };
  const { queues } = await routings.get(tenant);
  const names = [...new Set([...queues.map(({ name }) => name), DEFAULT_QUEUE, ESCALATIONS])];
  const [open, decided] = await Promise.all([waiting.ofKind(tenant, names, kind), lately()]);
  const sees = ({ verdict }: Case): boolean => seesItem(caller, verdict);
  return {
    things: concernedBy(open.cases.filter(sees), decided.filter(sees), idOf),
    looked: { open: open.open, all: open.all },
  };
}

/** What an answer says of a thing and its cases. */
export const shownConcern = (concern: Concerned) => ({
  ...summaryOf(concern),
  cases: [...concern.open, ...concern.decided].slice(0, MOST_NAMED).map((one) => linkOf(one)),
});

/** What an audience's case is about: its account. */
export const accountOf = ({ ref, tenant, id }: Case): string | undefined =>
  // Of an erased account the case knows a pseudonym, from which its own id is not made.
  caseIdOf(tenant, ref) === id ? ref.id : undefined;
