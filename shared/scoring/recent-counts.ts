import * as z from "zod";

/**
 * Counts of the recent slots of time (hours, days) in several columns of equal length. The last entry belongs to slot
 * `newest`, the first to the oldest slot seen that is still kept. Slots are numbered from the epoch.
 */
export const recentCounts = z.strictObject({
  newest: z.int(),
  columns: z.custom<number[][]>(isColumns, "columns of counts"),
});
export type RecentCounts = z.infer<typeof recentCounts>;

export interface Keep {
  /** Slots kept, the newest included. */
  readonly slots: number;
  /** A cell stops growing here, so that the size stays bounded. */
  readonly ceiling: number;
}

export const noCounts = (columns: number): RecentCounts => ({
  newest: 0,
  columns: Array.from({ length: columns }, () => []),
});

/** The oldest slot held, or undefined where nothing was counted. */
export function oldestSlot({ newest, columns }: RecentCounts): number | undefined {
  const length = columns[0]?.length ?? 0;
  return length === 0 ? undefined : newest - length + 1;
}

/** The count of a column at a slot; 0 outside of what is kept. */
export function countAt(counts: RecentCounts, column: number, slot: number): number {
  const own = counts.columns[column] ?? [];
  return own[own.length - 1 - (counts.newest - slot)] ?? 0;
}

/**
 * Adds amounts, one a column, at slots. What lies more than `keep.slots` before the newest slot ever seen is dropped,
 * whenever it arrives, but shows that the kept slots were watched; so any order of the same additions ends in the same
 * counts.
 */
export function addCounts(
  counts: RecentCounts,
  additions: ReadonlyMap<number, readonly number[]>,
  keep: Keep,
): RecentCounts {
  if (additions.size === 0) return counts;
  const first = oldestSlot(counts);
  const slots = [...additions.keys(), ...(first === undefined ? [] : [first, counts.newest])];
  const newest = Math.max(...slots);
  const start = Math.max(newest - keep.slots + 1, Math.min(...slots));
  const shift = (first ?? start) - start;
  const columns = counts.columns.map((column, index) => {
    const next = new Array<number>(newest - start + 1).fill(0);
    for (const [place, count] of column.entries()) if (place + shift >= 0) next[place + shift] = count;
    for (const [slot, amounts] of additions) {
      const at = slot - start;
      if (at >= 0) next[at] = Math.min(keep.ceiling, (next[at] ?? 0) + (amounts[index] ?? 0));
    }
    return next;
  });
  return { newest, columns };
}

/** A plain loop: a schema for each of hundreds of numbers would be half the time of scoring a review. */
function isColumns(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every(
      (column) =>
        Array.isArray(column) && column.every((count) => Number.isSafeInteger(count) && (count as number) >= 0),
    )
  );
}

/** Takes amounts back that `addCounts` added at a slot. What is no longer kept, or was cut off at the ceiling, stays gone. */
export function takeCounts(counts: RecentCounts, slot: number, amounts: readonly number[]): RecentCounts {
  const place = (counts.columns[0]?.length ?? 0) - 1 - (counts.newest - slot);
  if (slot > counts.newest || place < 0) return counts;
  const columns = counts.columns.map((column, index) =>
    column.map((count, at) => (at === place ? Math.max(0, count - (amounts[index] ?? 0)) : count)),
  );
  return { newest: counts.newest, columns };
}

/** A column's sum in which every slot before `now` halves `1 / perSlot` slots later; later slots count in full. */
export function decayedSum(counts: RecentCounts, column: number, now: number, perSlot: number): number {
  const own = counts.columns[column] ?? [];
  let sum = 0;
  for (let place = 0; place < own.length; place++) {
    const count = own[place] ?? 0;
    if (count === 0) continue;
    const age = now - (counts.newest - (own.length - 1 - place));
    sum += age <= 0 ? count : count * 2 ** (-age * perSlot);
  }
  return sum;
}
