import * as z from "zod";

/** Hours of a week, and of the weeks that are remembered after the two that are kept in detail. */
export const WEEK_HOURS = 168;
export const OLDER_WEEKS = 4;
const RING = WEEK_HOURS * OLDER_WEEKS;
/** Eighths of ln(1 + follows): an eighth is a step of 13%. */
const STEPS = 8;
const MOST = 127;

/**
 * What the hours of the four weeks before the detailed ones were like: a ring by hour since the epoch, each ln(1 + follows)
 * in eighths. Empty until the first hour has left the detail.
 */
export const weekHistory = z.custom<number[]>(
  (value) =>
    Array.isArray(value) &&
    (value.length === 0 || value.length === RING) &&
    value.every((one) => Number.isInteger(one) && (one as number) >= 0 && (one as number) <= MOST),
  "a ring of four weeks",
);
export type WeekHistory = z.infer<typeof weekHistory>;

const place = (hour: number): number => ((hour % RING) + RING) % RING;

/**
 * The ring after the hours `from` to `to` (exclusive) have left the detail, of which `countAt` says how many followed.
 * Hours are since the epoch.
 */
export function foldHours(ring: WeekHistory, from: number, to: number, countAt: (hour: number) => number): WeekHistory {
  if (to <= from) return ring;
  const next = ring.length === RING ? [...ring] : new Array<number>(RING).fill(0);
  for (let hour = Math.max(from, to - RING); hour < to; hour++)
    next[place(hour)] = Math.min(MOST, Math.round(Math.log1p(countAt(hour)) * STEPS));
  return next;
}

/** ln(1 + follows) of an hour in the ring. */
export const logAt = (ring: WeekHistory, hour: number): number => (ring[place(hour)] ?? 0) / STEPS;
