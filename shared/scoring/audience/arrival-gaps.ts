import * as z from "zod";
import { addCounts, countAt, noCounts, recentCounts } from "../recent-counts.ts";

const HOUR_S = 3_600;
const DAY_S = 86_400;
/** Follows in one hour from which on gaps tell nothing; also the most times kept of an hour. */
export const MOST_TIMES = 32;
/** A longer gap is an account that was not watched, or was asleep. */
const MOST_GAP_S = 7 * DAY_S;
const KEEP = { slots: 14, ceiling: 1e15 };

const hourTimes = z.strictObject({
  hour: z.int(),
  dense: z.boolean(),
  /** Seconds since the epoch; none where it is dense. */
  times: z.array(z.int()).max(MOST_TIMES),
});

/**
 * Moments of the gaps between follows. The times of the newest hour and the one before it wait until an hour later has
 * begun after both; so any order of arrival within one hour of event time ends in the same moments. What comes later than
 * that counts as a follower but leaves no gap.
 */
export const arrivalGaps = z.strictObject({
  waiting: z.array(hourTimes).max(2),
  /** Second of the last follow taken in, −1 where the one before a gap is not known. */
  last: z.int().min(-1),
  /** By day: gaps, their sum and sum of squares in seconds. */
  days: recentCounts,
});
export type ArrivalGaps = z.infer<typeof arrivalGaps>;
type HourTimes = z.infer<typeof hourTimes>;

export const noGaps = (): ArrivalGaps => ({ waiting: [], last: -1, days: noCounts(3) });

/**
 * Adds times of follows, and hours that are dense by themselves. @param newest the newest hour seen before, and
 * @param next the newest seen now; hours since the epoch
 */
export function addTimes(
  gaps: ArrivalGaps,
  times: readonly number[],
  dense: readonly number[],
  newest: number,
  next: number,
): ArrivalGaps {
  const byHour = new Map<number, { dense: boolean; times: number[] }>();
  for (const { hour, dense: isDense, times: own } of gaps.waiting)
    byHour.set(hour, { dense: isDense, times: [...own] });
  const hourOf = (hour: number) => {
    const own = byHour.get(hour) ?? { dense: false, times: [] };
    byHour.set(hour, own);
    return own;
  };
  for (const hour of dense) if (hour >= newest - 1) hourOf(hour).dense = true;
  for (const time of times) {
    const hour = Math.floor(time / HOUR_S);
    if (hour >= newest - 1) hourOf(hour).times.push(time);
  }
  const waiting: HourTimes[] = [];
  const added = new Map<number, [number, number, number]>();
  let last = gaps.last;
  for (const [hour, own] of [...byHour].sort(([a], [b]) => a - b)) {
    const isDense = own.dense || own.times.length > MOST_TIMES;
    const sorted = isDense ? [] : own.times.sort((a, b) => a - b);
    if (hour >= next - 1) {
      waiting.push({ hour, dense: isDense, times: sorted });
      continue;
    }
    if (isDense) last = -1;
    for (const time of sorted) {
      const gap = time - last;
      if (last >= 0 && gap <= MOST_GAP_S) {
        const day = Math.floor(time / DAY_S);
        const sums = added.get(day) ?? [0, 0, 0];
        added.set(day, [sums[0] + 1, sums[1] + gap, sums[2] + gap * gap]);
      }
      last = time;
    }
  }
  return { waiting, last, days: addCounts(gaps.days, added, KEEP) };
}

const LEAST_GAPS = 50;

/**
 * Burstiness of the gaps of some days (`to` exclusive): (σ − μ) / (σ + μ), −1 for a clock, 0 for chance, 1 for bursts
 * (Goh & Barabási 2008). Undefined below 50 gaps.
 */
export function burstiness({ days }: ArrivalGaps, from: number, to: number): number | undefined {
  let [count, sum, squares] = [0, 0, 0];
  for (let day = Math.max(from, days.newest - KEEP.slots + 1); day < Math.min(to, days.newest + 1); day++) {
    count += countAt(days, 0, day);
    sum += countAt(days, 1, day);
    squares += countAt(days, 2, day);
  }
  if (count < LEAST_GAPS) return undefined;
  const mean = sum / count;
  const spread = Math.sqrt(Math.max(0, squares / count - mean * mean));
  return mean + spread === 0 ? undefined : (spread - mean) / (spread + mean);
}
