import type { WindowSignal } from "../../domain/audience.ts";
import { countAt, oldestSlot } from "../recent-counts.ts";
import { poissonTail } from "../statistics.ts";
import { type AudienceCounts, FOLLOWS, SCORED, SUSPICIOUS } from "./audience-counts.ts";
import { cusumRuns, poissonSteps, type Run, risingSteps } from "./cusum.ts";
import { TENS_AN_HOUR } from "./follow-delta.ts";
import { PROFILE_QUALITY } from "./profile-quality.ts";
import { leastShift, type Quality } from "./quality-shift.ts";
import { type HourSeries, hourSeries } from "./usual-hours.ts";

/** A time with unusual follows, in ten-minute slots since the epoch, `end` exclusive. */
export interface FoundWindow extends Run {
  readonly followers: number;
  readonly quality: Quality;
  /** Follows of a usual hour, and those that were to be expected in the window. */
  readonly usualPerHour: number;
  readonly expected: number;
  readonly kind: "bought" | "drip" | "viral" | "unclear";
  readonly signals: readonly WindowSignal[];
}

export interface Found {
  /** Oldest first. */
  readonly windows: readonly FoundWindow[];
  /** What is usual: the judged followers of the latest 45 days outside of bought windows. */
  readonly base: Quality;
  readonly series: HourSeries | undefined;
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
const BY_CHANCE_TEN = 1e-8;
/** Alarm of the sum over hours of clipped z: with heavy tails one false alarm in about 6,000 hours. */
const RISING_ALARM = 10;
/** Alarms and ratios of the sums over suspicious followers of hours and of days. */
const HOURS_ALARM = 11;
const HOURS_RATIO = 4;
const DAYS_ALARM = 12;
const DAYS_RATIO = 2;
/** More suspicious followers than expected by so much are no news: what is usual is itself uncertain. */
const DOUBT = 1.25;
const LEAST_EXPECTED = 0.01;
/** The share of fakes must have grown by this much, with 95% confidence. */
const LEAST_SHIFT = 0.05;
/** A spike is cut to its worst hours, of some hundreds in a year: chance must bring so many suspicious ones far more seldom. */
const WORSE_BY_CHANCE = 1e-5;
/** Where so few profiles were judged, an unchanged share says nothing. */
const LEAST_JUDGED = 10;
/** Hours below which a spike goes on. */
const GAP = 2;
/** A window of so many days or more is a drip. */
const DRIP_DAYS = 2;
const DAY_HOURS = 24;
const TENS_A_DAY = DAY_HOURS * TENS_AN_HOUR;

interface Candidate extends Run {
  readonly signals: readonly WindowSignal[];
}

const isSpike = (follows: number, usual: number, z: number): boolean =>
  follows >= LEAST_FOLLOWS &&
  z >= LEAST_Z &&
  follows >= LEAST_RATIO * usual &&
  poissonTail(follows, Math.max(usual, 0.1)) < BY_CHANCE;

/** Runs of spike hours with their shoulders, as indices of the series. */
function spikeRuns({ length, follows, usual, z }: HourSeries): Run[] {
  const runs: { start: number; end: number }[] = [];
  for (let at = 0; at < length; at++) {
    if (!isSpike(follows[at] ?? 0, usual[at] ?? 0, z[at] ?? 0)) continue;
    let start = at;
    while ((z[start - 1] ?? 0) >= SHOULDER_Z) start--;
    let end = at + 1;
    while ((z[end] ?? 0) >= SHOULDER_Z) end++;
    const last = runs.at(-1);
    if (last !== undefined && start <= last.end + GAP) last.end = Math.max(last.end, end);
    else runs.push({ start, end });
    at = end - 1;
  }
  return runs;
}

/** Hours in which ten minutes of the latest day had far more follows than usual. */
function tenMinuteRuns({ tens }: AudienceCounts, { first, length, usual }: HourSeries): Run[] {
  const runs: Run[] = [];
  const start = oldestSlot(tens);
  if (start === undefined) return runs;
  for (let slot = start; slot <= tens.newest; slot++) {
    const at = Math.floor(slot / TENS_AN_HOUR) - first;
    const follows = countAt(tens, FOLLOWS, slot);
    if (at < 0 || at >= length || follows < LEAST_FOLLOWS) continue;
    const expected = Math.max(usual[at] ?? 0, 0.1) / TENS_AN_HOUR;
    // Follows come in clusters; three times the hour's usual within ten minutes does not come by chance.
    if (follows >= LEAST_RATIO * expected * TENS_AN_HOUR && poissonTail(follows, expected) < BY_CHANCE_TEN)
      runs.push({ start: at, end: at + 1 });
  }
  return runs;
}

/** Runs that overlap become one, with the signals of both. */
function united(candidates: readonly Candidate[]): Candidate[] {
  const result: Candidate[] = [];
  for (const one of candidates.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last !== undefined && one.start < last.end)
      result[result.length - 1] = {
        start: last.start,
        end: Math.max(last.end, one.end),
        signals: [...new Set([...last.signals, ...one.signals])],
      };
    else result.push(one);
  }
  return result;
}

const overlaps = (a: Run, b: Run): boolean => a.start < b.end && b.start < a.end;

const shareOf = ({ part, whole }: Quality): number => (part + 0.5) / (whole + 1);

const worse = (quality: Quality, base: Quality): boolean =>
  quality.whole >= LEAST_JUDGED &&
  leastShift(quality, base, PROFILE_QUALITY) > LEAST_SHIFT &&
  poissonTail(quality.part, quality.whole * shareOf(base) * DOUBT) < WORSE_BY_CHANCE;

interface Days {
  readonly first: number;
  readonly follows: Float64Array;
  readonly scored: Float64Array;
  readonly suspicious: Float64Array;
}

function daysOf({ days }: AudienceCounts): Days {
  const first = oldestSlot(days) ?? 0;
  const column = (index: number): Float64Array => Float64Array.from(days.columns[index] ?? []);
  return { first, follows: column(FOLLOWS), scored: column(SCORED), suspicious: column(SUSPICIOUS) };
}

/** A first guess of what is usual: all days but the busiest fifth, at least one of two. */
function calmDays({ scored, suspicious, follows }: Days): Quality {
  const order = [...follows.keys()].sort((a, b) => (follows[a] ?? 0) - (follows[b] ?? 0));
  const kept = order.length < 2 ? order : order.slice(0, -Math.ceil(order.length / 5));
  let [part, whole] = [0, 0];
  for (const day of kept) {
    part += suspicious[day] ?? 0;
    whole += scored[day] ?? 0;
  }
  return { part, whole };
}

/** Expected suspicious followers where so many follow, of whom so many are judged. */
const expectedOf = (usual: Float64Array, floor: number, judged: number, share: number): Float64Array =>
  usual.map((one) => Math.max(one, floor) * judged * share * DOUBT + LEAST_EXPECTED);

const judgedShare = ({ follows, scored }: Days): number => {
  let [all, judged] = [0, 0];
  for (const [at, count] of follows.entries()) {
    all += count;
    judged += scored[at] ?? 0;
  }
  return all === 0 ? 0 : judged / all;
};

/** No more than the expected count, give or take two standard deviations. */
const isLikeAny = (count: number, expected: number): boolean => count <= expected + 2 * Math.sqrt(expected) + 1;

/** A run without the hours at its ends that are like any other: sums rise a little before what they alarm at. */
function trimmed<One extends Run>(run: One, isLikeAny: (at: number) => boolean): One {
  let { start, end } = run;
  while (start < end && isLikeAny(start)) start++;
  while (end > start && isLikeAny(end - 1)) end--;
  return start < end ? { ...run, start, end } : run;
}

/** The totals of a run of hours. */
function totalsOf(series: HourSeries, { start, end }: Run): Pick<FoundWindow, "followers" | "quality" | "expected"> {
  let [followers, whole, part, expected] = [0, 0, 0, 0];
  for (let at = Math.max(0, start); at < Math.min(end, series.length); at++) {
    followers += series.follows[at] ?? 0;
    whole += series.scored[at] ?? 0;
    part += series.suspicious[at] ?? 0;
    expected += series.usual[at] ?? 0;
  }
  return { followers, quality: { part, whole }, expected };
}

/** Runs of hours in which more followers than usual are suspicious, and those of them whose share grew, too. */
function boughtHours(series: HourSeries, days: Days, base: Quality, spikes: readonly Candidate[]): Candidate[] {
  const expected = expectedOf(series.usual, series.calm, judgedShare(days), shareOf(base));
  const suspicious = cusumRuns(poissonSteps(series.suspicious, expected, HOURS_RATIO), HOURS_ALARM);
  const candidates = [...spikes, ...suspicious.map((run): Candidate => ({ ...run, signals: ["suspicious_hours"] }))]
    .map((run) => trimmed(run, (at) => isLikeAny(series.suspicious[at] ?? 0, expected[at] ?? 0)))
    .filter((one) => worse(totalsOf(series, one).quality, base));
  return united(candidates).map((one) => ({ ...one, signals: [...one.signals, "worse_profiles"] }));
}

/** The same by days, outside of the hours that are named already. Indices of `days`. */
function boughtDays(days: Days, base: Quality, series: HourSeries, named: readonly Candidate[]): DayRun[] {
  const sorted = days.follows.toSorted();
  const kept = Math.max(1, Math.ceil(sorted.length * 0.8));
  const usual = sorted.slice(0, kept).reduce((sum, count) => sum + count, 0) / kept;
  const expected = expectedOf(new Float64Array(days.follows.length).fill(usual), 0, judgedShare(days), shareOf(base));
  const [follows, scored, suspicious] = [days.follows.slice(), days.scored.slice(), days.suspicious.slice()];
  for (const { start, end } of named)
    for (let at = start; at < end; at++) {
      const day = Math.floor((series.first + at) / DAY_HOURS) - days.first;
      follows[day] = Math.max(0, (follows[day] ?? 0) - (series.follows[at] ?? 0));
      scored[day] = Math.max(0, (scored[day] ?? 0) - (series.scored[at] ?? 0));
      suspicious[day] = Math.max(0, (suspicious[day] ?? 0) - (series.suspicious[at] ?? 0));
    }
  const sum = (values: Float64Array, { start, end }: Run): number =>
    values.subarray(start, end).reduce((total, value) => total + value, 0);
  return cusumRuns(poissonSteps(suspicious, expected, DAYS_RATIO), DAYS_ALARM)
    .map((run) => trimmed(run, (at) => isLikeAny(suspicious[at] ?? 0, expected[at] ?? 0)))
    .map((run) => ({
      ...run,
      usual,
      followers: sum(follows, run),
      quality: { part: sum(suspicious, run), whole: sum(scored, run) },
    }))
    .filter(({ quality }) => worse(quality, base));
}

interface DayRun extends Run {
  /** Follows of a usual day. */
  readonly usual: number;
  readonly followers: number;
  readonly quality: Quality;
}

const without = (all: Quality, gone: readonly Quality[]): Quality => ({
  part: Math.max(0, all.part - gone.reduce((sum, one) => sum + one.part, 0)),
  whole: Math.max(0, all.whole - gone.reduce((sum, one) => sum + one.whole, 0)),
});

/**
 * The anomaly windows of the latest 14 days by hour, and those of the latest 45 days that only days show. A rise of follows
 * alone is viral; bought is where the suspicious share grew by more than a twentieth with 95% confidence, too. None where
 * less than a day of other hours was seen. Quiet hours up to `until` (hours since the epoch) count as seen.
 */
export function findWindows(counts: AudienceCounts, until: number): Found {
  const days = daysOf(counts);
  const all = calmDaysTotal(days);
  const series = hourSeries(counts, until);
  if (series === undefined) return { windows: [], base: all, series };
  const spikes: Candidate[] = [
    ...spikeRuns(series).map((run): Candidate => ({ ...run, signals: ["hour_spike"] })),
    ...tenMinuteRuns(counts, series).map((run): Candidate => ({ ...run, signals: ["ten_minute_spike"] })),
    ...cusumRuns(risingSteps(series.z), RISING_ALARM).map((run): Candidate => ({ ...run, signals: ["rising_hours"] })),
  ];
  const inSpikes = united(spikes).reduce((sum, { start, end }) => sum + end - start, 0);
  const watched = Math.max(series.length, days.follows.length * DAY_HOURS - DAY_HOURS);
  if (watched - inSpikes < LEAST_HISTORY) return { windows: [], base: all, series };

  // Twice: what is usual is better known once the windows are.
  let base = calmDays(days);
  let hours: Candidate[] = [];
  let drips: DayRun[] = [];
  for (let round = 0; round < 2; round++) {
    hours = boughtHours(series, days, base, spikes);
    drips = boughtDays(days, base, series, hours);
    base = without(all, [...hours.map((one) => totalsOf(series, one).quality), ...drips.map(({ quality }) => quality)]);
  }
  const slotOf = (at: number): number => (series.first + at) * TENS_AN_HOUR;
  const bought = hours.map(
    (one): FoundWindow => ({
      start: slotOf(one.start),
      end: slotOf(one.end),
      ...totalsOf(series, one),
      usualPerHour: series.calm,
      kind: one.end - one.start >= DRIP_DAYS * DAY_HOURS ? "drip" : "bought",
      signals: one.signals,
    }),
  );
  const dripping = drips.map(
    ({ start, end, usual, followers, quality }): FoundWindow => ({
      start: (days.first + start) * TENS_A_DAY,
      end: (days.first + end) * TENS_A_DAY,
      followers,
      quality,
      usualPerHour: usual / DAY_HOURS,
      expected: usual * (end - start),
      kind: end - start >= DRIP_DAYS ? "drip" : "bought",
      signals: ["suspicious_days", "worse_profiles"],
    }),
  );
  const organic = united(spikes)
    .map((one) => trimmed(one, (at) => (series.z[at] ?? 0) < 1))
    .filter((one) => !hours.some((other) => overlaps(one, other)))
    .map((one): FoundWindow => {
      const totals = totalsOf(series, one);
      const known = totals.quality.whole >= LEAST_JUDGED && base.whole >= LEAST_JUDGED;
      return {
        start: slotOf(one.start),
        end: slotOf(one.end),
        ...totals,
        usualPerHour: series.calm,
        kind: known ? "viral" : "unclear",
        signals: one.signals,
      };
    });
  const windows = [...bought, ...dripping, ...organic].toSorted((a, b) => a.start - b.start);
  return { windows: windows.map((one) => sharpened(counts, one)), base, series };
}

function calmDaysTotal({ scored, suspicious }: Days): Quality {
  return {
    part: suspicious.reduce((sum, count) => sum + count, 0),
    whole: scored.reduce((sum, count) => sum + count, 0),
  };
}

/** A window of the latest day from its first to its last ten minutes with more follows than usual. */
function sharpened({ tens }: AudienceCounts, window: FoundWindow): FoundWindow {
  const oldest = oldestSlot(tens);
  if (oldest === undefined || window.start < oldest || window.end > tens.newest + TENS_AN_HOUR) return window;
  const usual = window.usualPerHour / TENS_AN_HOUR;
  const isBusy = (slot: number): boolean => countAt(tens, FOLLOWS, slot) > 3 * usual + 1;
  let { start, end } = window;
  while (start < end && !isBusy(start)) start++;
  while (end > start && !isBusy(end - 1)) end--;
  if (start === end) return window;
  let [followers, whole, part] = [0, 0, 0];
  for (let slot = start; slot < end; slot++) {
    followers += countAt(tens, FOLLOWS, slot);
    whole += countAt(tens, SCORED, slot);
    part += countAt(tens, SUSPICIOUS, slot);
  }
  const expected = (window.expected * (end - start)) / (window.end - window.start);
  return { ...window, start, end, followers, quality: { part, whole }, expected };
}
