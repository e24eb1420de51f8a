import * as z from "zod";
import { hash32 } from "../hash.ts";
import { addCounts, decayedSum, noCounts, recentCounts } from "../recent-counts.ts";
import { GAP_BINS, gapBin } from "./author-state.ts";
import { ratingClass } from "./review-facts.ts";
import { monthOf } from "./target-state.ts";

const MONTHS = { slots: 8, ceiling: 999_999_999 };
/** One review in this many is counted: enough to know what is usual, and no write for the rest. */
export const SAMPLED = 16;
const FAN_BINS = 6;
const KINDS = ["device", "payment", "ipPrefix"] as const;
export type EntityKind = (typeof KINDS)[number];

const COUNT = 0;
const FIRST = 1;
const RATINGS = 2;
const GAPS = RATINGS + 5;
const FANS = GAPS + GAP_BINS;
const COLUMNS = FANS + FAN_BINS * KINDS.length;

/** What is usual among a tenant's reviews, from a sample: eight times 30 days of counts. At most 2 KB as JSON. */
export const siteState = z.strictObject({ v: z.literal(1), months: recentCounts });
export type SiteState = z.infer<typeof siteState>;

/** A sampled review: plain JSON. */
export interface SiteEvent {
  readonly at: number;
  readonly rating: number;
  readonly firstReview: boolean;
  /** Minutes to the author's nearest review. */
  readonly gap?: number;
  /** Distinct authors of each of its entities. */
  readonly fanIn?: Partial<Record<EntityKind, number>>;
}

export const emptySite = (): SiteState => ({ v: 1, months: noCounts(COLUMNS) });

/** Whether a review is one of the sample; the same answer every time. */
export const isSampled = (reviewId: string): boolean => hash32(reviewId, 11) % SAMPLED === 0;

const fanBin = (authors: number): number => Math.min(FAN_BINS - 1, Math.floor(Math.log2(Math.max(1, authors))));

/** The state after one more sampled review; the same whatever the order. */
export function observeSite(state: SiteState, { at, rating, firstReview, gap, fanIn }: SiteEvent): SiteState {
  const amounts = new Array<number>(COLUMNS).fill(0);
  const add = (column: number): void => {
    amounts[column] = (amounts[column] ?? 0) + 1;
  };
  add(COUNT);
  if (firstReview) add(FIRST);
  add(RATINGS + ratingClass(rating) - 1);
  if (gap !== undefined) add(GAPS + gapBin(gap));
  for (const [index, kind] of KINDS.entries()) {
    const authors = fanIn?.[kind];
    if (authors !== undefined) add(FANS + index * FAN_BINS + fanBin(authors));
  }
  return { v: 1, months: addCounts(state.months, new Map([[monthOf(at), amounts]]), MONTHS) };
}

/** What is usual on this site, with a few imagined reviews that carry a young one. */
export interface Usual {
  /** Reviews counted lately, those not sampled estimated in. */
  readonly reviews: number;
  readonly first: number;
  /** Shares by rating class. */
  readonly ratings: readonly number[];
  readonly gaps: readonly number[];
  /** P(an entity has at least so many authors), by kind. */
  readonly fanIn: (kind: EntityKind, authors: number) => number;
}

/** Before anything is known: shares that most review sites come near to. */
const PRIOR = {
  weight: 20,
  first: 0.4,
  ratings: [0.1, 0.08, 0.13, 0.29, 0.4],
  gaps: [0.01, 0.02, 0.03, 0.04, 0.04, 0.05, 0.11, 0.15, 0.2, 0.2, 0.12, 0.03],
  fanIn: {
    device: [0.93, 0.06, 0.008, 0.001, 0.0005, 0.0005],
    payment: [0.95, 0.045, 0.004, 0.0005, 0.0003, 0.0002],
    ipPrefix: [0.4, 0.2, 0.15, 0.1, 0.08, 0.07],
  },
};
/** Share of a count that is left a month later: half of it after four. */
const PER_MONTH = 0.25;

/** What is usual at a time, in minutes since the epoch. */
export function usualOf({ months }: SiteState, at: number): Usual {
  const now = monthOf(at);
  const sum = (column: number): number => decayedSum(months, column, now, PER_MONTH);
  const shares = (from: number, prior: readonly number[]): number[] => {
    const counts = prior.map((share, index) => sum(from + index) + share * PRIOR.weight);
    const whole = counts.reduce((total, count) => total + count, 0);
    return counts.map((count) => count / whole);
  };
  const reviews = sum(COUNT);
  const fans = new Map(KINDS.map((kind, index) => [kind, { from: FANS + index * FAN_BINS, prior: PRIOR.fanIn[kind] }]));
  return {
    reviews: reviews * SAMPLED,
    first: (sum(FIRST) + PRIOR.first * PRIOR.weight) / (reviews + PRIOR.weight),
    ratings: shares(RATINGS, PRIOR.ratings),
    gaps: shares(GAPS, PRIOR.gaps),
    fanIn: (kind, authors) => {
      const held = fans.get(kind);
      if (!held) return 1;
      return shares(held.from, held.prior)
        .slice(fanBin(authors))
        .reduce((total, share) => total + share, 0);
    },
  };
}
