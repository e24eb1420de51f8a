import type { Case } from "./case.ts";
import { LABELS, type LabelName } from "./label.ts";
import { LANES, type Lane } from "./verdict.ts";

/** What waits about one thing, and what was decided of it of late. */
export interface Concerned {
  readonly id: string;
  readonly open: readonly Case[];
  readonly decided: readonly Case[];
}

/**
 * Cases by the thing that they are about, in the order of the things' first cases.
 * @param open in fair order
 * @param decided the latest first
 * @param idOf what a case is about; undefined: nothing of interest
 */
export function concernedBy(
  open: readonly Case[],
  decided: readonly Case[],
  idOf: (one: Case) => string | undefined,
): readonly Concerned[] {
  const found = new Map<string, { id: string; open: Case[]; decided: Case[] }>();
  const of = (one: Case) => {
    const id = idOf(one);
    if (id === undefined) return undefined;
    const known = found.get(id) ?? { id, open: [], decided: [] };
    found.set(id, known);
    return known;
  };
  for (const one of open) of(one)?.open.push(one);
  for (const one of decided) of(one)?.decided.push(one);
  return [...found.values()];
}

const gravest = (lanes: readonly Lane[]): Lane => LANES.find((lane) => lanes.includes(lane)) ?? "low";

/** How often each label stands among cases, the most frequent first. */
function labelsOf(cases: readonly Case[]) {
  const counts = new Map<LabelName, number>();
  for (const { verdict } of cases)
    for (const label of new Set(verdict.labels.map((one) => one.label)))
      counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([label, count]) => ({ label, title: LABELS[label], cases: count }));
}

/** A thing's cases in figures. */
export function summaryOf({ open, decided }: Concerned) {
  const all = [...open, ...decided];
  const since = open.map(({ openedAt }) => openedAt).sort()[0];
  return {
    open: open.length,
    items: open.reduce((sum, { cluster }) => sum + (cluster?.size ?? 1), 0),
    decided: decided.length,
    lane: gravest(all.map(({ lane }) => lane)),
    severity: Math.max(...all.map(({ verdict }) => verdict.severity)),
    ...(since === undefined ? {} : { since }),
    labels: labelsOf(all),
  };
}
