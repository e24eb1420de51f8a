import * as z from "zod";
import { addCounts, countAt, noCounts, oldestSlot, recentCounts } from "../recent-counts.ts";
import { addTimes, arrivalGaps, noGaps } from "./arrival-gaps.ts";
import { type AudienceDelta, TENS_A_DAY, TENS_AN_HOUR } from "./follow-delta.ts";
import { foldHours, weekHistory } from "./week-history.ts";

const CEILING = 1e9;
export const KEPT_HOURS = 14 * 24;
export const KEPT_DAYS = 45;
const HOURS = { slots: KEPT_HOURS, ceiling: CEILING };
const TENS = { slots: TENS_A_DAY, ceiling: CEILING };
const DAYS = { slots: KEPT_DAYS, ceiling: CEILING };
export const AGE_DAYS = 14;
const AGES = { slots: AGE_DAYS, ceiling: CEILING };
export const BINS = 16;

/** Columns of `tens`, `hours` and `days`. */
export const FOLLOWS = 0;
export const SCORED = 1;
export const SUSPICIOUS = 2;

const total = z.int().min(0);
const totals = (length: number) => z.array(total).length(length);

/**
 * What was counted of an account's follows. Whole numbers, so that the same messages in any order add up to the same as
 * long as none comes more than 14 days of event time late (gaps: one hour, see `arrivalGaps`). Slots count from the epoch.
 */
export const audienceCounts = z.strictObject({
  v: z.literal(2),
  /** Followers counted, of them judged, of them suspicious. */
  follows: total,
  scored: total,
  suspicious: total,
  /** Sum of the judged profiles' percentages. */
  chanceSum: total,
  /** Messages in which the account was said to follow itself. */
  self: total,
  /** The latest day by ten minutes, 14 days by hour and 45 days by day: follows, judged, suspicious. */
  tens: recentCounts,
  hours: recentCounts,
  days: recentCounts,
  /** The four weeks before the detailed hours. */
  weeks: weekHistory,
  /** Ages of the accounts that followed, in 16 bins: of the latest 14 days by day, and of all. */
  ages: recentCounts,
  allAges: totals(BINS),
  gaps: arrivalGaps,
  /** Followers' own follower counts by first digit. */
  digits: totals(9),
});
export type AudienceCounts = z.infer<typeof audienceCounts>;

export const emptyCounts = (): AudienceCounts => ({
  v: 2,
  follows: 0,
  scored: 0,
  suspicious: 0,
  chanceSum: 0,
  self: 0,
  tens: noCounts(3),
  hours: noCounts(3),
  days: noCounts(3),
  weeks: [],
  ages: noCounts(BINS),
  allAges: new Array<number>(BINS).fill(0),
  gaps: noGaps(),
  digits: new Array<number>(9).fill(0),
});

type BySlot = Map<number, [number, number, number]>;

/** The additions of `slots` by slots that are so many times as long. */
function coarser(slots: BySlot, by: number): BySlot {
  const coarse: BySlot = new Map();
  for (const [slot, amounts] of slots) {
    const at = Math.floor(slot / by);
    const own = coarse.get(at);
    if (own === undefined) coarse.set(at, [...amounts]);
    else for (let column = 0; column < 3; column++) own[column] = (own[column] ?? 0) + (amounts[column] ?? 0);
  }
  return coarse;
}

const added = (a: readonly number[], b: readonly number[]): number[] => a.map((one, index) => one + (b[index] ?? 0));

/** Deltas as one. */
const joined = (deltas: readonly AudienceDelta[]): AudienceDelta => ({
  tens: deltas.flatMap(({ tens }) => tens),
  ages: deltas.flatMap(({ ages }) => ages),
  times: deltas.flatMap(({ times }) => times),
  dense: deltas.flatMap(({ dense }) => dense),
  chanceSum: deltas.reduce((sum, one) => sum + one.chanceSum, 0),
  self: deltas.reduce((sum, one) => sum + one.self, 0),
  digits: deltas.reduce((sum, one) => added(sum, one.digits), new Array<number>(9).fill(0)),
});

/**
 * The weeks after hours have left the detail, those that come and go at once included. Hours in which nobody followed are
 * quiet; what is older than the detail was before is not counted any more.
 */
function foldedHours({ hours, weeks }: AudienceCounts, byHour: BySlot, newest: number): number[] {
  const end = newest - KEPT_HOURS + 1;
  const first = oldestSlot(hours);
  const least = first === undefined ? Number.NEGATIVE_INFINITY : hours.newest - KEPT_HOURS + 1;
  let from = first ?? end;
  for (const hour of byHour.keys()) if (hour >= least && hour < from) from = hour;
  if (first !== undefined && newest === hours.newest) return weeks;
  return foldHours(weeks, from, end, (hour) => countAt(hours, FOLLOWS, hour) + (byHour.get(hour)?.[FOLLOWS] ?? 0));
}

/** The counts after some messages. They must be applied once each: whoever stores the counts sees to that. */
export function addDeltas(counts: AudienceCounts, deltas: readonly AudienceDelta[]): AudienceCounts {
  const [only] = deltas;
  if (only === undefined) return counts;
  const { tens, ages, times, dense, chanceSum, self, digits } = deltas.length === 1 ? only : joined(deltas);
  const bySlot: BySlot = new Map();
  const sums = [0, 0, 0];
  for (let at = 0; at < tens.length; at += 4) {
    const slot = tens[at] ?? 0;
    const own = bySlot.get(slot) ?? [0, 0, 0];
    for (let column = 0; column < 3; column++) {
      const amount = tens[at + 1 + column] ?? 0;
      own[column] = (own[column] ?? 0) + amount;
      sums[column] = (sums[column] ?? 0) + amount;
    }
    bySlot.set(slot, own);
  }
  if (bySlot.size === 0) return { ...counts, self: counts.self + self };
  const byHour = coarser(bySlot, TENS_AN_HOUR);
  const before = counts.hours;
  const hours = addCounts(before, byHour, HOURS);
  const weeks = foldedHours(counts, byHour, hours.newest);
  const allAges = [...counts.allAges];
  const byDay = new Map<number, number[]>();
  for (let at = 0; at < ages.length; at += 3) {
    const [day = 0, bin = 0, count = 0] = [ages[at], ages[at + 1], ages[at + 2]];
    const own = byDay.get(day) ?? new Array<number>(BINS).fill(0);
    byDay.set(day, own);
    own[bin] = (own[bin] ?? 0) + count;
    allAges[bin] = (allAges[bin] ?? 0) + count;
  }
  return {
    v: 2,
    follows: counts.follows + (sums[FOLLOWS] ?? 0),
    scored: counts.scored + (sums[SCORED] ?? 0),
    suspicious: counts.suspicious + (sums[SUSPICIOUS] ?? 0),
    chanceSum: counts.chanceSum + chanceSum,
    self: counts.self + self,
    tens: addCounts(counts.tens, bySlot, TENS),
    hours,
    days: addCounts(counts.days, coarser(bySlot, TENS_A_DAY), DAYS),
    weeks,
    ages: addCounts(counts.ages, byDay, AGES),
    allAges,
    gaps: addTimes(counts.gaps, times, dense, before.newest, hours.newest),
    digits: added(counts.digits, digits),
  };
}
