import { countAt, oldestSlot } from "../recent-counts.ts";
import { leastDifference, poissonTail } from "../statistics.ts";
import { dayOf, type ReviewFacts, ratingClass } from "./review-facts.ts";
import { ALL, FIRST_TIME, FIVE_STAR, hourOf, ONE_STAR, type TargetState, VERIFIED, YOUNG } from "./target-state.ts";

/** The target's day of this review against its usual days. Counts of the day include this review, shares are 0 to 1. */
export interface TargetBurst {
  readonly reviews: number;
  /** Begun hours from the day's first review to this one. */
  readonly hours: number;
  readonly usualPerDay: number;
  /** Far more reviews than the target's days bring by chance, even on a day twice as busy as usual. */
  readonly unusual: boolean;
  readonly oneStar: DayShare;
  readonly fiveStar: DayShare;
  readonly firstTime: DayShare;
}

export interface DayShare {
  readonly count: number;
  readonly share: number;
  readonly usual: number;
  /** The share of this day is higher than usual with 95% confidence, by a tenth at least. */
  readonly shifted: boolean;
}

const LEAST_BURST = 5;
/** Days of history before a day can be called unusual. */
const LEAST_HISTORY = 7;
const BY_CHANCE = 1e-4;
const LEAST_SHIFT = 0.1;

const COLUMNS = [ALL, ONE_STAR, FIVE_STAR, FIRST_TIME] as const;

export function burstOf(target: TargetState, { at, rating }: ReviewFacts, firstReview: boolean): TargetBurst {
  const day = dayOf(at);
  const { days } = target;
  const before = { [ALL]: 0, [ONE_STAR]: 0, [FIVE_STAR]: 0, [FIRST_TIME]: 0 };
  const oldest = oldestSlot(days) ?? day;
  for (let slot = oldest; slot < day; slot++) {
    for (const column of COLUMNS) before[column] += countAt(days, column, slot);
  }
  const history = Math.max(0, day - oldest);
  // Half a review more, so that a target that had none is not infinitely surprised by its first.
  const usualPerDay = (before[ALL] + 0.5) / (history + 1);
  const reviews = countAt(days, ALL, day) + 1;
  const share = (column: typeof ONE_STAR | typeof FIVE_STAR | typeof FIRST_TIME, own: boolean): DayShare => {
    const count = countAt(days, column, day) + (own ? 1 : 0);
    const now = { part: count, whole: reviews };
    const then = { part: before[column], whole: before[ALL] };
    return {
      count,
      share: count / reviews,
      usual: then.whole === 0 ? 0 : then.part / then.whole,
      shifted: leastDifference(now, then) > LEAST_SHIFT,
    };
  };
  const own = ratingClass(rating);
  return {
    reviews,
    hours: hoursOf(target, at),
    usualPerDay,
    unusual: reviews >= LEAST_BURST && history >= LEAST_HISTORY && poissonTail(reviews, 2 * usualPerDay) < BY_CHANCE,
    oneStar: share(ONE_STAR, own === 1),
    fiveStar: share(FIVE_STAR, own === 5),
    firstTime: share(FIRST_TIME, firstReview),
  };
}

function hoursOf({ hours }: TargetState, at: number): number {
  const now = hourOf(at);
  for (let slot = 24 * dayOf(at); slot < now; slot++) if (countAt(hours, 0, slot) > 0) return now - slot + 1;
  return 1;
}

/** How far the present hour, day and week lie above the target's own past, and how its mix of reviews shifted today. */
export interface Surge {
  /** MIDAS' statistic, 0 where there is no more than usual (Bhatia et al., AAAI 2020); this review included. */
  readonly hour: number;
  readonly day: number;
  readonly week: number;
  /** G = 2 Σ O ln(O / E) over rating, first-timers, verified purchases, young accounts; 5 degrees of freedom. */
  readonly mix: number;
}

/** (a − s/t)² t² / (s (t − 1)) of `now` events in the present tick among `all` events in `ticks` ticks. */
function midas(now: number, all: number, ticks: number): number {
  if (ticks < 2 || all <= 0 || now <= all / ticks) return 0;
  return ((now - all / ticks) ** 2 * ticks ** 2) / (all * (ticks - 1));
}

/** 2 Σ O ln(O / E) of counts of a day, expected in the shares of `before`, each drawn half a review towards even. */
function shiftOf(today: readonly number[], before: readonly number[]): number {
  let whole = 0;
  let past = 0;
  for (const count of today) whole += count;
  for (const count of before) past += count + 0.5;
  let g = 0;
  for (const [place, count] of today.entries()) {
    if (count > 0) g += 2 * count * Math.log((count * past) / (whole * ((before[place] ?? 0) + 0.5)));
  }
  return Math.max(0, g);
}

interface Today {
  readonly firstReview: boolean;
  readonly verified: boolean;
  readonly young: boolean;
}

export function surgeOf(target: TargetState, { at, rating }: ReviewFacts, own: Today): Surge {
  const { days, hours, kinds } = target;
  const day = dayOf(at);
  const hour = hourOf(at);
  const total = target.ratings.reduce((sum, count) => sum + count, 0) + 1;
  const first = target.firstSeen ?? at;
  let week = 1;
  for (let slot = day - 6; slot <= day; slot++) week += countAt(days, ALL, slot);
  const star = ratingClass(rating);
  const add = (count: number, one: boolean): number => count + (one ? 1 : 0);
  const today = countAt(days, ALL, day);
  const earlier = total - 1 - today;
  const mixOf = (now: readonly [number, boolean][], ever: readonly number[]): number => {
    const counts = now.map(([count, one]) => add(count, one));
    const past = ever.map((count, place) => Math.max(0, count - (now[place]?.[0] ?? 0)));
    const rest = today + 1 - counts.reduce((sum, count) => sum + count, 0);
    return shiftOf([...counts, rest], [...past, Math.max(0, earlier - past.reduce((sum, count) => sum + count, 0))]);
  };
  return {
    hour: midas(countAt(hours, 0, hour) + 1, total, hour - Math.floor(first / 60) + 1),
    day: midas(today + 1, total, day - dayOf(first) + 1),
    week: midas(week, total, Math.ceil((day - dayOf(first) + 1) / 7)),
    mix:
      mixOf(
        [
          [countAt(days, ONE_STAR, day), star === 1],
          [countAt(days, FIVE_STAR, day), star === 5],
        ],
        [target.ratings[0] ?? 0, target.ratings[4] ?? 0],
      ) +
      mixOf([[countAt(days, FIRST_TIME, day), own.firstReview]], [target.firstTime]) +
      mixOf([[countAt(kinds, VERIFIED, day), own.verified]], [target.verified]) +
      mixOf([[countAt(kinds, YOUNG, day), own.young]], [target.young]),
  };
}
