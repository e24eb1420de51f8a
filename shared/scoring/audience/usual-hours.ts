import { countAt, oldestSlot } from "../recent-counts.ts";
import { type AudienceCounts, FOLLOWS, KEPT_HOURS, SCORED, SUSPICIOUS } from "./audience-counts.ts";
import { logAt, OLDER_WEEKS, WEEK_HOURS } from "./week-history.ts";

/** The detailed hours of an account against what is usual at their hour of the week. Index 0 is hour `first`. */
export interface HourSeries {
  /** Hours since the epoch. */
  readonly first: number;
  readonly length: number;
  readonly follows: Float64Array;
  readonly scored: Float64Array;
  readonly suspicious: Float64Array;
  /** Follows usual at each hour. */
  readonly usual: Float64Array;
  /** Distance from what is usual in ln(1 + follows), by the median deviation or, where larger, by what chance spreads. */
  readonly z: Float64Array;
  /** Follows of a usual hour, the busiest tenth of hours apart. */
  readonly calm: number;
}

const DAY_HOURS = 24;
/** Days watched before each hour of the day has its own usual; and before each hour of the week has. */
const LEAST_DAYS = 7;
const LEAST_WEEKS = 3;
/** 1.4826 median deviations are one standard deviation of a normal distribution. */
const MAD_SCALE = 1.4826;

function medianOf(values: Float64Array, length: number): number {
  if (length === 0) return 0;
  const sorted = values.subarray(0, length).sort();
  const middle = length >> 1;
  const upper = sorted[middle] ?? 0;
  return length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** What Poisson counts of the given mean spread in ln(1 + count); quiet accounts have a median deviation of 0. */
const chanceSpread = (mean: number): number => Math.sqrt(Math.max(mean, 0.25)) / (1 + mean);

/** The usual ln(1 + follows) by phase of a period, from all hours watched; neighbouring hours of the week speak, too. */
function middles(logs: Float64Array, first: number, period: number): Float64Array {
  const result = new Float64Array(period);
  const values = new Float64Array(logs.length * 3);
  const reach = period === WEEK_HOURS ? 1 : 0;
  const offset = ((first % period) + period) % period;
  for (let phase = 0; phase < period; phase++) {
    let count = 0;
    for (let shift = -reach; shift <= reach; shift++) {
      const start = (((phase + shift - offset) % period) + period) % period;
      for (let at = start; at < logs.length; at += period) values[count++] = logs[at] ?? 0;
    }
    result[phase] = medianOf(values, count);
  }
  return result;
}

/**
 * The recent 14 days by hour up to `until` (hours since the epoch; quiet hours count as seen), against up to six weeks.
 * The usual of an hour of the week is a median: a week with a burst in it does not move it.
 */
export function hourSeries(counts: AudienceCounts, until: number): HourSeries | undefined {
  const { hours, days, weeks } = counts;
  const oldest = oldestSlot(hours);
  if (oldest === undefined) return undefined;
  const last = Math.max(until, hours.newest);
  const first = Math.max(oldest, last - KEPT_HOURS + 1);
  const length = last - first + 1;
  const [follows, scored, suspicious] = [FOLLOWS, SCORED, SUSPICIOUS].map((column) =>
    Float64Array.from({ length }, (_, index) => countAt(hours, column, first + index)),
  ) as [Float64Array, Float64Array, Float64Array];

  const watched = Math.max(
    (oldestSlot(days) ?? 0) * DAY_HOURS,
    hours.newest - KEPT_HOURS + 1 - OLDER_WEEKS * WEEK_HOURS,
  );
  const older = weeks.length === 0 ? 0 : Math.max(0, oldest - watched);
  const logs = new Float64Array(older + (last - oldest + 1));
  for (let at = 0; at < older; at++) logs[at] = logAt(weeks, oldest - older + at);
  for (let hour = oldest; hour <= last; hour++) logs[older + hour - oldest] = Math.log1p(countAt(hours, FOLLOWS, hour));

  const period =
    logs.length >= LEAST_WEEKS * WEEK_HOURS ? WEEK_HOURS : logs.length >= LEAST_DAYS * DAY_HOURS ? DAY_HOURS : 1;
  const start = oldest - older;
  const middle = middles(logs, start, period);
  const middleOf = (hour: number): number => middle[((hour % period) + period) % period] ?? 0;
  const spread =
    MAD_SCALE *
    medianOf(
      logs.map((log, index) => Math.abs(log - middleOf(start + index))),
      logs.length,
    );
  // The mean of all but the busiest tenth: the median of an account with a follower every third hour is 0.
  const sorted = follows.toSorted();
  const kept = Math.max(1, Math.ceil(length * 0.9));
  let calm = 0;
  for (let at = 0; at < kept; at++) calm += sorted[at] ?? 0;
  calm /= kept;

  const usual = new Float64Array(length);
  const z = new Float64Array(length);
  for (let at = 0; at < length; at++) {
    const own = middleOf(first + at);
    // The median of few days is itself uncertain: never trust an hour to be much quieter than the rest.
    usual[at] = Math.max(Math.expm1(own), calm / 4);
    z[at] = (Math.log1p(follows[at] ?? 0) - own) / Math.max(spread, chanceSpread(usual[at] ?? 0));
  }
  return { first, length, follows, scored, suspicious, usual, z, calm };
}
