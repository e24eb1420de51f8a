import { countAt, oldestSlot } from "../recent-counts.ts";
import { leastDifference, poissonTail } from "../statistics.ts";
import { ALL, FIRST_TIME, FIVE_STAR, ONE_STAR, type TargetState } from "./target-state.ts";

/** Reviews of one or more days, by what they were. */
interface Tally {
  readonly reviews: number;
  readonly oneStar: number;
  readonly fiveStar: number;
  readonly firstTime: number;
  readonly suspected: number;
}

/**
 * What a window is consistent with: `low_storm` and `praise_burst` are far more reviews than usual with a shifted share
 * of one or five stars, `busy` far more of the usual mix, `suspected` many that are consistent with fakery at any pace.
 */
export type WindowKind = "low_storm" | "praise_burst" | "busy" | "suspected";

/** Consecutive unusual days of a target. Days are counted from the epoch, `last` included. */
export interface TargetWindow extends Tally {
  readonly kind: WindowKind;
  readonly first: number;
  readonly last: number;
  /** Reviews a day outside of the window. */
  readonly usualPerDay: number;
  /** Shares outside of the window, 0 to 1. */
  readonly usual: { readonly oneStar: number; readonly fiveStar: number; readonly firstTime: number };
}

const LEAST_REVIEWS = 5;
const BY_CHANCE = 1e-4;
const LEAST_SHIFT = 0.1;
const LEAST_SUSPECTED = 3;
const SUSPECTED_SHARE = 0.2;
/** Days of silence that one window may span. */
const MOST_GAP = 2;

const NONE: Tally = { reviews: 0, oneStar: 0, fiveStar: 0, firstTime: 0, suspected: 0 };

const plus = (a: Tally, b: Tally): Tally => ({
  reviews: a.reviews + b.reviews,
  oneStar: a.oneStar + b.oneStar,
  fiveStar: a.fiveStar + b.fiveStar,
  firstTime: a.firstTime + b.firstTime,
  suspected: a.suspected + b.suspected,
});

interface Day extends Tally {
  readonly day: number;
}

function daysOf(all: TargetState, suspected: TargetState): Day[] {
  const from = oldestSlot(all.days);
  if (from === undefined) return [];
  return Array.from({ length: all.days.newest - from + 1 }, (_, index) => ({
    day: from + index,
    reviews: countAt(all.days, ALL, from + index),
    oneStar: countAt(all.days, ONE_STAR, from + index),
    fiveStar: countAt(all.days, FIVE_STAR, from + index),
    firstTime: countAt(all.days, FIRST_TIME, from + index),
    suspected: countAt(suspected.days, ALL, from + index),
  }));
}

/** The middle of daily counts: a few days of a storm do not move it, as they would a mean. */
function usualCount(days: readonly Day[]): number {
  const counts = days.map(({ reviews }) => reviews).sort((a, b) => a - b);
  const middle = Math.floor(counts.length / 2);
  const median =
    counts.length % 2 === 1 ? (counts[middle] ?? 0) : ((counts[middle - 1] ?? 0) + (counts[middle] ?? 0)) / 2;
  // A target with a review every other week has a median of 0; its calmer half still came from somewhere.
  const calm = counts.slice(0, Math.ceil(counts.length * 0.9));
  return Math.max(median, calm.reduce((sum, count) => sum + count, 0) / Math.max(1, calm.length), 0.1);
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

function kindOf(window: Tally, rest: Tally, burst: boolean): WindowKind {
  const shifted = (part: "oneStar" | "fiveStar"): boolean =>
    leastDifference({ part: window[part], whole: window.reviews }, { part: rest[part], whole: rest.reviews }) >
    LEAST_SHIFT;
  if (burst && shifted("oneStar")) return "low_storm";
  if (burst && shifted("fiveStar")) return "praise_burst";
  return window.suspected >= LEAST_SUSPECTED ? "suspected" : "busy";
}

/**
 * The unusual windows among the days that a target's state still holds (60), in the order of time. A day is unusual that
 * has far more reviews than the target's middle day by chance (Poisson, twice the usual as mean), or where a fifth and
 * at least three are consistent with fakery; neighbouring unusual days are one window. Pure.
 */
export function targetWindows(all: TargetState, suspected: TargetState): TargetWindow[] {
  const days = daysOf(all, suspected);
  const usual = usualCount(days);
  const isBurst = ({ reviews }: Day): boolean =>
    reviews >= LEAST_REVIEWS && days.length > 1 && poissonTail(reviews, 2 * usual) < BY_CHANCE;
  const isSuspect = ({ reviews, suspected: suspects }: Day): boolean =>
    suspects >= LEAST_SUSPECTED && suspects >= SUSPECTED_SHARE * reviews;
  const unusual = days.filter((day) => isBurst(day) || isSuspect(day));
  const groups: Day[][] = [];
  for (const day of unusual) {
    const group = groups.at(-1);
    if (group && day.day - (group.at(-1)?.day ?? 0) <= MOST_GAP) group.push(day);
    else groups.push([day]);
  }
  const inside = new Set(unusual.map(({ day }) => day));
  const quiet = days.filter(({ day }) => !inside.has(day));
  const rest = quiet.reduce<Tally>(plus, NONE);
  return groups.map((group) => {
    const whole = group.reduce<Tally>(plus, NONE);
    return {
      kind: kindOf(whole, rest, group.some(isBurst)),
      first: group[0]?.day ?? 0,
      last: group.at(-1)?.day ?? 0,
      reviews: whole.reviews,
      oneStar: whole.oneStar,
      fiveStar: whole.fiveStar,
      firstTime: whole.firstTime,
      suspected: whole.suspected,
      usualPerDay: share(rest.reviews, quiet.length),
      usual: {
        oneStar: share(rest.oneStar, rest.reviews),
        fiveStar: share(rest.fiveStar, rest.reviews),
        firstTime: share(rest.firstTime, rest.reviews),
      },
    };
  });
}
