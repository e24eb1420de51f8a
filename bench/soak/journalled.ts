import { unpack } from "../../shared/store/state-row.ts";
import type { Finding } from "./invariants.ts";

interface JournalRow {
  readonly pk: string;
  readonly entries?: unknown;
}
interface Entry {
  readonly ref: { readonly kind: string; readonly id: string; readonly revision: string };
  readonly action: string;
}

const nameOf = ({ ref: { kind, id, revision } }: Entry): string => `${kind} ${id} ${revision}`;

/** Holds the journal against the verdicts: readers drop what is there twice, and what is missing nobody would miss. */
export function verdictsJournalled(tenant: string, verdicts: readonly Entry[], rows: readonly JournalRow[]): Finding {
  const journalled = new Map<string, Set<string>>();
  for (const { pk, entries } of rows) {
    if (!pk.startsWith(`${tenant}#journal#`) || !(entries instanceof Uint8Array)) continue;
    for (const entry of unpack(entries) as Entry[]) {
      const actions = journalled.get(nameOf(entry)) ?? new Set();
      journalled.set(nameOf(entry), actions.add(entry.action));
    }
  }
  // An audience's version that was overtaken while its message came again is not noted any more.
  const judged = verdicts.filter(({ ref }) => ref.kind !== "audience");
  return {
    invariant: "every verdict is in the journal, as it was recorded",
    checked: judged.length,
    violations: judged.flatMap((one) => {
      const actions = [...(journalled.get(nameOf(one)) ?? [])];
      if (actions.length === 1 && actions[0] === one.action) return [];
      return [`${nameOf(one)}: ${actions.length === 0 ? "not journalled" : `journalled as ${actions.join(", ")}`}`];
    }),
  };
}
