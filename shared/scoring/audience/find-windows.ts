import { countAt, oldestSlot } from "../recent-counts.ts";
import { leastDifference, median, poissonTail } from "../statistics.ts";
import { type AudienceState, FOLLOWS, SCORED, SUSPICIOUS } from "./audience-state.ts";

/** A run of hours with far more follows than usual. Hours since the epoch, `end` exclusive. */
export interface SpikeWindow {
  readonly start: number;
  readonly end: number;
  readonly followers: number;
  readonly scored: number;
  readonly suspicious: number;
  /** Follows in a usual hour. */
  readonly usualPerHour: number;
  /** Suspicious share of judged followers before and after, outside of all windows; undefined where none were judged. */
  readonly usualShare: number | undefined;
  /** `bought`: worse profiles than usual, too. `viral`: profiles as usual. `unclear`: too few judged to tell. */
  readonly kind: "bought" | "viral" | "unclear";
}

/** Hours seen before any of them can be called unusual. */
const LEAST_HISTORY = 24;
const LEAST_FOLLOWS = 20;
const LEAST_Z = 4;
/** Hours beside a spike belong to it from here. */
const SHOULDER_Z = 2;
const LEAST_RATIO = 3;
/** One false hour in about a hundred account-years, were follows Poisson. */
const BY_CHANCE = 1e-6;
/** The suspicious share must have grown by this much, with 95% confidence. */
const LEAST_SHIFT = 0.05;
/** Where so few profiles were judged, an unchanged share says nothing. */
const LEAST_JUDGED = 10;
/** Hours below which a spike goes on. */
const GAP = 2;

/** Days seen before each hour of the day is held against its own usual; before that, against all hours. */
const LEAST_DAYS = 7;

interface Hour {
  readonly slot: number;
  readonly follows: number;
  /** Follows usual at this hour of the day. */
  readonly usual: number;
  readonly z: number;
}

/** What Poisson counts of the given mean spread in ln(1 + count); quiet accounts have a median deviation of 0. */
const chanceSpread = (mean: number): number => Math.sqrt(Math.max(mean, 0.25)) / (1 + mean);

/**
 * Each hour's distance from what is usual at its hour of the day, in ln(1 + follows), measured by the median deviation
 * of all hours or, where that is larger, by what chance alone spreads.
 */
function hoursOf({ hours }: AudienceState, until: number): { readonly all: readonly Hour[]; readonly usual: number } {
  const first = oldestSlot(hours) ?? until;
  const follows = Array.from({ length: until - first + 1 }, (_, index) => countAt(hours, FOLLOWS, first + index));
  const logs = follows.map((count) => Math.log1p(count));
  // The mean of all but the busiest tenth: the median of an account with a follower every third hour is 0.
  const calm = follows.toSorted((a, b) => a - b).slice(0, Math.ceil(follows.length * 0.9));
  const usual = calm.reduce((sum, count) => sum + count, 0) / Math.max(1, calm.length);
  const period = follows.length >= LEAST_DAYS * 24 ? 24 : 1;
  const middles = Array.from({ length: period }, (_, phase) =>
    median(logs.filter((_log, index) => index % period === phase)),
  );
  const middleOf = (index: number): number => middles[index % period] ?? 0;
  const spread = 1.4826 * median(logs.map((log, index) => Math.abs(log - middleOf(index))));
  const all = follows.map((count, index) => {
    const middle = middleOf(index);
    // The median of few days is itself uncertain: never trust an hour to be much quieter than the rest.
    const own = Math.max(Math.expm1(middle), usual / 4);
    const z = (Math.log1p(count) - middle) / Math.max(spread, chanceSpread(own));
    return { slot: first + index, follows: count, usual: own, z };
  });
  return { all, usual };
}

const isSpike = ({ follows, usual, z }: Hour): boolean =>
  follows >= LEAST_FOLLOWS &&
  z >= LEAST_Z &&
  follows >= LEAST_RATIO * usual &&
  poissonTail(follows, Math.max(usual, 0.1)) < BY_CHANCE;

/** Runs of spike hours with their shoulders, as [start, end) pairs of slots. */
function runsOf(all: readonly Hour[]): [start: number, end: number][] {
  const runs: [start: number, end: number][] = [];
  for (const [index, hour] of all.entries()) {
    if (!isSpike(hour)) continue;
    let from = index;
    while ((all[from - 1]?.z ?? 0) >= SHOULDER_Z) from--;
    let to = index;
    while ((all[to + 1]?.z ?? 0) >= SHOULDER_Z) to++;
    const start = all[from]?.slot ?? hour.slot;
    const end = (all[to]?.slot ?? hour.slot) + 1;
    const last = runs.at(-1);
    if (last !== undefined && start <= last[1] + GAP) last[1] = Math.max(last[1], end);
    else runs.push([start, end]);
  }
  return runs;
}

/**
 * The anomaly windows of the recent 14 days, oldest first. None where less than a day of other hours was seen. Quiet
 * hours up to `until` (an hour since the epoch) count as seen.
 */
export function findWindows(state: AudienceState, until: number): SpikeWindow[] {
  const { hours } = state;
  const { all, usual } = hoursOf(state, Math.max(until, hours.newest));
  const runs = runsOf(all);
  const inside = runs.reduce((sum, [start, end]) => sum + end - start, 0);
  if (all.length - inside < LEAST_HISTORY) return [];

  const totals = (start: number, end: number): readonly [number, number, number] => {
    const sums: [number, number, number] = [0, 0, 0];
    for (let slot = start; slot < end; slot++)
      for (const column of [FOLLOWS, SCORED, SUSPICIOUS] as const) sums[column] += countAt(hours, column, slot);
    return sums;
  };
  const spiked = runs.map(([start, end]) => totals(start, end));
  // The whole history outside of the windows, older than 14 days included, is what is usual.
  const base = {
    part: Math.max(0, state.suspicious - spiked.reduce((sum, one) => sum + one[SUSPICIOUS], 0)),
    whole: Math.max(0, state.scored - spiked.reduce((sum, one) => sum + one[SCORED], 0)),
  };
  return runs.map(([start, end], index) => {
    const [followers, scored, suspicious] = spiked[index] ?? [0, 0, 0];
    const worse = leastDifference({ part: suspicious, whole: scored }, base) > LEAST_SHIFT;
    const known = scored >= LEAST_JUDGED && base.whole >= LEAST_JUDGED;
    return {
      start,
      end,
      followers,
      scored,
      suspicious,
      usualPerHour: usual,
      usualShare: base.whole === 0 ? undefined : base.part / base.whole,
      kind: known && worse ? "bought" : known ? "viral" : "unclear",
    };
  });
}
