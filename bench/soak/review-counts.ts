import { type Coming, TARGET } from "../../shared/store/review-kinds.ts";
import { type Heat, unpack } from "../../shared/store/state-row.ts";
import type { Finding } from "./invariants.ts";
import type { Accepted } from "./promises.ts";

interface SignalRow {
  readonly pk: string;
  readonly sk: string;
  readonly state?: unknown;
  readonly heat?: Heat;
  readonly events?: unknown;
}

const comesOrGoes = ([, coming]: [string, Coming<unknown>]): number => (coming.goes ? -1 : 1);

/** Reviews that a target counts: in its row, and in the logs that the row has not taken in yet. */
function countedBy(row: SignalRow, rows: readonly SignalRow[]): number {
  const { ratings } = TARGET.parse(unpack(row.state as Uint8Array)).all;
  const held = ratings.reduce((sum, count) => sum + count, 0);
  const waiting = (row.heat?.seen ?? []).flatMap((seen, shard) =>
    rows.filter(({ pk, sk }) => pk === `${row.pk}#${row.heat?.epoch}#${shard}` && Number(sk) > seen),
  );
  const events = waiting.flatMap((entry) => unpack(entry.events as Uint8Array) as [string, Coming<unknown>][]);
  return held + events.reduce((sum, event) => sum + comesOrGoes(event), 0);
}

/** However often a review came and however often it was edited, the targets count it once. */
export function reviewsCountedOnce(
  tenant: string,
  accepted: readonly Accepted[],
  signals: readonly Readonly<Record<string, unknown>>[],
): Finding {
  const rows = signals as unknown as readonly SignalRow[];
  const targets = rows.filter(({ pk, sk }) => pk.startsWith(`${tenant}#target#`) && sk === "state");
  const counted = targets.reduce((sum, row) => sum + countedBy(row, rows), 0);
  const reviews = new Set(accepted.filter(({ kind }) => kind === "review").map(({ id }) => id));
  return {
    invariant: "every accepted review counts once in the targets",
    checked: reviews.size,
    violations: counted === reviews.size ? [] : [`the targets count ${counted} of ${reviews.size} reviews`],
  };
}
