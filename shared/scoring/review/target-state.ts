import * as z from "zod";
import { addCounts, noCounts, recentCounts } from "../recent-counts.ts";

export const MINUTES_A_DAY = 1440;
const KEEP = { slots: 60, ceiling: 99_999 };

/** Columns of `TargetState.days`. */
export const ALL = 0;
export const ONE_STAR = 1;
export const FIVE_STAR = 2;
export const FIRST_TIME = 3;

/** The five rating classes: 1 holds ratings under 1.5, 5 those from 4.5. */
export const ratingClass = (rating: number): number => Math.min(5, Math.max(1, Math.round(rating)));

/** What is remembered of a reviewed target. At most 2 KB as JSON. Times are minutes since the epoch. */
export const targetState = z.strictObject({
  v: z.literal(1),
  /** Reviews by rating class 1 to 5. */
  ratings: z.array(z.int().min(0)).length(5),
  /** Sum of ratings in hundredths: whole numbers add up the same in any order. */
  ratingSum: z.int().min(0),
  /** Reviews by authors of whom no earlier review was known. */
  firstTime: z.int().min(0),
  /** The recent 60 days: reviews, one-star, five-star, by first-time authors. */
  days: recentCounts,
  firstSeen: z.int().optional(),
  lastSeen: z.int().optional(),
});
export type TargetState = z.infer<typeof targetState>;

/** One review as its target remembers it. `at` is the review's own time in minutes since the epoch. */
export interface TargetEvent {
  readonly at: number;
  /** 1 to 5. */
  readonly rating: number;
  /** No earlier review by this author was known when it came. */
  readonly firstReview: boolean;
}

export const emptyTarget = (): TargetState => ({
  v: 1,
  ratings: [0, 0, 0, 0, 0],
  ratingSum: 0,
  firstTime: 0,
  days: noCounts(4),
});

export const dayOf = (minutes: number): number => Math.floor(minutes / MINUTES_A_DAY);

/**
 * The state after one more review. Commutative: the same events in any order end in the same state. What depends on
 * order lies in the event itself: `firstReview` is true for whichever of an author's reviews came first. Not
 * idempotent: whoever stores the state must apply a review once.
 */
export function observeTarget(state: TargetState, { at, rating, firstReview }: TargetEvent): TargetState {
  const own = ratingClass(rating);
  return {
    v: 1,
    ratings: state.ratings.map((count, index) => (index === own - 1 ? count + 1 : count)),
    ratingSum: state.ratingSum + Math.round(rating * 100),
    firstTime: state.firstTime + (firstReview ? 1 : 0),
    days: addCounts(
      state.days,
      new Map([[dayOf(at), [1, own === 1 ? 1 : 0, own === 5 ? 1 : 0, firstReview ? 1 : 0]]]),
      KEEP,
    ),
    firstSeen: Math.min(state.firstSeen ?? at, at),
    lastSeen: Math.max(state.lastSeen ?? at, at),
  };
}
