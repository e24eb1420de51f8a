/** The two-sided 95% point of the normal distribution. */
const Z = 1.959964;
/** Student's two-sided 95% points for 1 to 30 degrees of freedom. */
const T = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];
/** Whole days from which on the days themselves say how much the change varies. */
const ENOUGH_DAYS = 7;

export interface LoadChange {
  /** Cases more (or fewer, below 0) a day, with the 95% interval. */
  readonly perDay: number;
  readonly low: number;
  readonly high: number;
  /** `days`: from how whole days differ, so bursts count; `counts`: as if items came independently of each other. */
  readonly from: "days" | "counts";
}

/** Byar's approximation of the exact 95% limits of a Poisson count (Rothman & Boice 1979). */
function poissonLimits(count: number): { readonly low: number; readonly high: number } {
  const limit = (around: number, sign: 1 | -1): number =>
    around === 0 ? 0 : around * (1 - 1 / (9 * around) + (sign * Z) / (3 * Math.sqrt(around))) ** 3;
  return { low: Math.max(0, limit(count, -1)), high: limit(count + 1, 1) };
}

/**
 * What a change of policy does to a queue's cases a day. Items are the same on both sides, so only those that come into
 * the queue (`gained`) or leave it (`lost`) vary: their difference with its interval by MOVER (Zou & Donner 2008). With
 * seven whole days or more the days' own spread gives the interval (Student's), since flags come in bursts.
 * @param days in which there were items, parts of a day too; more than 0
 * @param wholeDays the change of each of these that lies wholly in the window
 */
export function loadChange(gained: number, lost: number, days: number, wholeDays: readonly number[]): LoadChange {
  const perDay = (gained - lost) / days;
  if (wholeDays.length >= ENOUGH_DAYS) {
    const mean = wholeDays.reduce((sum, change) => sum + change, 0) / wholeDays.length;
    const variance = wholeDays.reduce((sum, change) => sum + (change - mean) ** 2, 0) / (wholeDays.length - 1);
    const reach = (T[wholeDays.length - 2] ?? Z) * Math.sqrt(variance / wholeDays.length);
    return { perDay, low: perDay - reach, high: perDay + reach, from: "days" };
  }
  const more = poissonLimits(gained);
  const fewer = poissonLimits(lost);
  const low = gained - lost - Math.hypot(gained - more.low, fewer.high - lost);
  const high = gained - lost + Math.hypot(more.high - gained, lost - fewer.low);
  return { perDay, low: low / days, high: high / days, from: "counts" };
}
