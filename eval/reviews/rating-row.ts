import { hash32 } from "../../shared/scoring/hash.ts";
import { MINUTES_A_DAY } from "../../shared/scoring/review/review-facts.ts";

/** One review of a file, as replays take it. */
export interface RatingRow {
  /** Its place in the file, from 0. */
  readonly row: number;
  readonly user: string;
  readonly target: string;
  /** 1 to 5. */
  readonly rating: number;
  /** Minutes since the epoch. */
  readonly at: number;
  /** 1: known as fake; 0: known as genuine; undefined: not known. */
  readonly label?: 0 | 1 | undefined;
  readonly text?: string | undefined;
  readonly verified?: boolean | undefined;
}

/**
 * A minute of the day for a review of which only the day is known, from a hash of who reviewed what. The order within a
 * day in a published file may follow its label (in YelpChi the filtered reviews stand last), so that order is never used.
 */
export const minuteWithin = (day: number, user: string, target: string): number =>
  day * MINUTES_A_DAY + (hash32(`${user}\n${target}\n${day}`, 3) % MINUTES_A_DAY);

/** In the order of time; equal times by a hash of who reviewed what, not as the file has them. */
export function inTimeOrder(rows: readonly RatingRow[]): RatingRow[] {
  const tie = (row: RatingRow): number => hash32(`${row.user}\n${row.target}`, 5);
  return rows
    .map((row) => ({ row, key: tie(row) }))
    .sort((a, b) => a.row.at - b.row.at || a.key - b.key || a.row.row - b.row.row)
    .map(({ row }) => row);
}
