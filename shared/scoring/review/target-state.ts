import * as z from "zod";
import { opaqueId } from "../../domain/id.ts";
import { addCounts, noCounts, recentCounts, takeCounts } from "../recent-counts.ts";
import { listingTitles, observeTitle } from "./detectors/listing-title.ts";
import { dayOf, ratingClass, signedRating } from "./review-facts.ts";
import { addPartners, partner } from "./shared-reviewers.ts";

const DAYS = { slots: 60, ceiling: 99_999 };
const HOURS = { slots: 48, ceiling: 99_999 };
const MONTHS = { slots: 8, ceiling: 999_999_999 };
/** Brands that a target is remembered to belong to, and those that one review may name. */
const BRANDS_KEPT = 8;
export const BRANDS_TOLD = 4;

/** Columns of `TargetState.days`. */
export const ALL = 0;
export const ONE_STAR = 1;
export const FIVE_STAR = 2;
export const FIRST_TIME = 3;

/** Columns of `TargetState.kinds`. */
export const VERIFIED = 0;
export const YOUNG = 1;

/** Columns of `TargetState.sums`, all of them whole numbers in `SUM_SCALE`ths. */
export const SUM = {
  count: 0,
  first: 1,
  experience: 2,
  experienceSquare: 3,
  deviation: 4,
  deviationSquare: 5,
  rating: 6,
  ratingSquare: 7,
  trust: 8,
  haste: 9,
} as const;
export const SUM_SCALE = 16;
const SUM_COLUMNS = Object.keys(SUM).length;

/** Reliability is kept in ten thousandths. */
export const TRUST_SCALE = 10_000;

/** What is remembered of a reviewed target. At most 5 KB as JSON. Times are minutes since the epoch. */
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
  /** Reviews of verified purchases, by accounts younger than a week, and the recent 60 days of both. */
  verified: z.int().min(0).default(0),
  young: z.int().min(0).default(0),
  kinds: recentCounts.default(() => noCounts(2)),
  /** The recent 48 hours: reviews. */
  hours: recentCounts.default(() => noCounts(1)),
  /** The recent eight times 30 days: sums over reviews of what is known of each without any label (see `SUM`). */
  sums: recentCounts.default(() => noCounts(SUM_COLUMNS)),
  /** Σ reliability · signed rating, in ten thousandths. */
  trusted: z.int().default(0),
  /** Targets that this one shares reviewers with: the 16 heaviest. */
  partners: z.array(partner).max(16).default([]),
  /** Titles under which it was reviewed that have little in common. */
  titles: listingTitles.default([]),
  /** Reviews that report rewards for praise. */
  offers: z.int().min(0).default(0),
  /** Brands that reviews of it concerned, in the order of their ids: whose members may see it. */
  brands: z.array(opaqueId).max(BRANDS_KEPT).default([]),
});
export type TargetState = z.infer<typeof targetState>;

/** One review as its target remembers it: plain JSON. `at` is the review's own time in minutes since the epoch. */
export interface TargetEvent {
  readonly at: number;
  /** 1 to 5. */
  readonly rating: number;
  /** No earlier review by this author was known when it came. */
  readonly firstReview: boolean;
  readonly verified?: boolean;
  /** The account was younger than a week. */
  readonly young?: boolean;
  /** log2(1 + earlier reviews of the author). */
  readonly experience?: number;
  /** |rating − the target's mean before it|. */
  readonly deviation?: number;
  /** Reliability by REV2's formula, 0 to 1. */
  readonly trust?: number;
  /** The author wrote another review within a day. */
  readonly hasty?: boolean;
  /** Targets that the author reviewed before. */
  readonly others?: readonly string[];
  /** Words of a title under which the target was not reviewed before, as `wordsOfTitle` gives them. */
  readonly title?: readonly number[];
  /** The review reports a reward for praise. */
  readonly offer?: boolean;
  /** Brands that it concerns. */
  readonly brands?: readonly string[];
}

export const emptyTarget = (): TargetState => ({
  v: 1,
  ratings: [0, 0, 0, 0, 0],
  ratingSum: 0,
  firstTime: 0,
  days: noCounts(4),
  verified: 0,
  young: 0,
  kinds: noCounts(2),
  hours: noCounts(1),
  sums: noCounts(SUM_COLUMNS),
  trusted: 0,
  partners: [],
  titles: [],
  offers: 0,
  brands: [],
});

export const hourOf = (minutes: number): number => Math.floor(minutes / 60);
export const monthOf = (minutes: number): number => Math.floor(minutes / (1440 * 30));

const flag = (value: boolean | undefined): 0 | 1 => (value === true ? 1 : 0);
const trustOf = ({ trust = 0.75, rating }: TargetEvent): number =>
  Math.round(trust * signedRating(rating) * TRUST_SCALE);

function amountsOf(event: TargetEvent) {
  const { rating, firstReview, experience = 0, deviation = 0, trust = 0.75 } = event;
  const own = ratingClass(rating);
  const scaled = (value: number): number => Math.round(value * SUM_SCALE);
  return {
    own,
    days: [1, own === 1 ? 1 : 0, own === 5 ? 1 : 0, flag(firstReview)],
    kinds: [flag(event.verified), flag(event.young)],
    sums: [
      SUM_SCALE,
      scaled(flag(firstReview)),
      scaled(experience),
      scaled(experience ** 2),
      scaled(deviation),
      scaled(deviation ** 2),
      scaled(rating),
      scaled(rating ** 2),
      scaled(trust),
      scaled(flag(event.hasty)),
    ],
  };
}

/**
 * The state after one more review. All but `partners` and `titles` commutes: the same events in any order end in the same state.
 * What depends on order lies in the event itself: `firstReview` is true for whichever of an author's reviews came
 * first. Not idempotent: whoever stores the state must apply a review once.
 */
export function observeTarget(state: TargetState, event: TargetEvent): TargetState {
  const { at, rating, firstReview } = event;
  const { own, days, kinds, sums } = amountsOf(event);
  const day = dayOf(at);
  return {
    v: 1,
    ratings: state.ratings.map((count, index) => (index === own - 1 ? count + 1 : count)),
    ratingSum: state.ratingSum + Math.round(rating * 100),
    firstTime: state.firstTime + flag(firstReview),
    days: addCounts(state.days, new Map([[day, days]]), DAYS),
    firstSeen: Math.min(state.firstSeen ?? at, at),
    lastSeen: Math.max(state.lastSeen ?? at, at),
    verified: state.verified + flag(event.verified),
    young: state.young + flag(event.young),
    kinds: addCounts(state.kinds, new Map([[day, kinds]]), DAYS),
    hours: addCounts(state.hours, new Map([[hourOf(at), [1]]]), HOURS),
    sums: addCounts(state.sums, new Map([[monthOf(at), sums]]), MONTHS),
    trusted: state.trusted + trustOf(event),
    partners: event.others?.length ? addPartners(state.partners, event.others) : state.partners,
    titles: event.title ? observeTitle(state.titles, event.title, at) : state.titles,
    offers: state.offers + flag(event.offer),
    brands: event.brands?.length
      ? [...new Set([...state.brands, ...event.brands])].sort().slice(0, BRANDS_KEPT)
      : state.brands,
  };
}

/**
 * The state without a review that was deleted or edited; `event` is what was observed. Counts and sums are taken back
 * exactly while their slot is kept; the times of the first and latest review, titles, brands and shared reviewers fade instead.
 */
export function retractTarget(state: TargetState, event: TargetEvent): TargetState {
  const { own, days, kinds, sums } = amountsOf(event);
  const day = dayOf(event.at);
  const less = (count: number, by: number): number => Math.max(0, count - by);
  return {
    ...state,
    ratings: state.ratings.map((count, index) => (index === own - 1 ? less(count, 1) : count)),
    ratingSum: less(state.ratingSum, Math.round(event.rating * 100)),
    firstTime: less(state.firstTime, flag(event.firstReview)),
    days: takeCounts(state.days, day, days),
    verified: less(state.verified, flag(event.verified)),
    young: less(state.young, flag(event.young)),
    kinds: takeCounts(state.kinds, day, kinds),
    hours: takeCounts(state.hours, hourOf(event.at), [1]),
    sums: takeCounts(state.sums, monthOf(event.at), sums),
    trusted: state.trusted - trustOf(event),
    offers: less(state.offers, flag(event.offer)),
  };
}
