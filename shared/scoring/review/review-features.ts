import type { Review } from "../../domain/item.ts";
import { countAt, oldestSlot } from "../recent-counts.ts";
import { leastDifference, poissonTail } from "../statistics.ts";
import type { AuthorState } from "./author-state.ts";
import {
  ALL,
  dayOf,
  FIRST_TIME,
  FIVE_STAR,
  MINUTES_A_DAY,
  ONE_STAR,
  ratingClass,
  type TargetState,
} from "./target-state.ts";
import { jaccardEstimate } from "./text-signature.ts";

/** What a scorer of reviews needs to know of one review: facts and a signature, never its words. */
export interface ReviewFacts {
  readonly reviewId: string;
  readonly authorId: string;
  readonly targetId: string;
  /** The review's own time, minutes since the epoch. */
  readonly at: number;
  /** 1 to 5. */
  readonly rating: number;
  readonly verifiedPurchase?: boolean | undefined;
  /** Minutes since the epoch. */
  readonly accountCreated?: number | undefined;
  readonly fingerprints?: Review["fingerprints"];
  readonly owner?: Review["target"]["owner"];
  /** `signText(text)?.minima`; undefined where there is no text or it is too short to compare. */
  readonly minima?: readonly number[] | undefined;
}

/** An earlier review that shares a text band with this one; it need not be alike, the features check. */
export interface SimilarText {
  readonly reviewId: string;
  readonly authorId: string;
  readonly targetId: string;
  readonly minima: readonly number[];
}

/** Everything that the scorer weighs, known before this review was counted. Counts include this review where said. */
export interface ReviewFeatures {
  readonly rating: number;
  readonly verified: boolean;
  /** Earlier reviews of the target. */
  readonly targetReviews: number;
  /** Mean rating of the target, drawn towards 3.7 by five imagined reviews. */
  readonly targetMean: number;
  /** |rating − targetMean|. */
  readonly deviation: number;
  readonly firstReview: boolean;
  /** Earlier reviews of the author. */
  readonly authorReviews: number;
  /** Days from the account's creation to the review; undefined where unknown. */
  readonly accountDays: number | undefined;
  /** Reviews by the author within an hour, a day of this one, this one included. */
  readonly authorHour: number;
  readonly authorDay: number;
  /** Least minutes between this review and another by the author; undefined for a first one. */
  readonly shortestGap: number | undefined;
  /** The author reviewed this target before. */
  readonly targetAgain: boolean;
  readonly burst: TargetBurst;
  /** Like texts by other authors; like texts by this author about other targets; the greatest likeness of any. */
  readonly alikeByOthers: number;
  readonly alikeElsewhere: number;
  readonly likeness: number;
  /** The author is the target's owner; shares a fingerprint with them. */
  readonly isOwner: boolean;
  readonly sharesDevice: boolean;
  readonly sharesPayment: boolean;
  readonly sharesIpPrefix: boolean;
}

/** The target's day of this review against its usual days. Counts of the day include this review, shares are 0 to 1. */
interface TargetBurst {
  readonly reviews: number;
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

const PRIOR_MEAN = 3.7;
const PRIOR_REVIEWS = 5;
/** Estimated likeness from which two texts are taken as one. */
const ALIKE_FROM = 0.6;
const LEAST_BURST = 5;
/** Days of history before a day can be called unusual. */
const LEAST_HISTORY = 7;
const BY_CHANCE = 1e-4;
const LEAST_SHIFT = 0.1;

function burstOf(target: TargetState, { at, rating }: ReviewFacts, firstReview: boolean): TargetBurst {
  const day = dayOf(at);
  const { days } = target;
  const before = { [ALL]: 0, [ONE_STAR]: 0, [FIVE_STAR]: 0, [FIRST_TIME]: 0 };
  const oldest = oldestSlot(days) ?? day;
  for (let slot = oldest; slot < day; slot++) {
    for (const column of [ALL, ONE_STAR, FIVE_STAR, FIRST_TIME] as const) before[column] += countAt(days, column, slot);
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
    usualPerDay,
    unusual: reviews >= LEAST_BURST && history >= LEAST_HISTORY && poissonTail(reviews, 2 * usualPerDay) < BY_CHANCE,
    oneStar: share(ONE_STAR, own === 1),
    fiveStar: share(FIVE_STAR, own === 5),
    firstTime: share(FIRST_TIME, firstReview),
  };
}

const same = (a: string | undefined, b: string | undefined): boolean => a !== undefined && a === b;

/**
 * The features of a review, causal: `target` and `author` are their states BEFORE it, `similar` holds earlier reviews.
 */
export function features(
  review: ReviewFacts,
  target: TargetState,
  author: AuthorState,
  similar: readonly SimilarText[],
): ReviewFeatures {
  const targetReviews = target.ratings.reduce((sum, count) => sum + count, 0);
  const targetMean = (target.ratingSum / 100 + PRIOR_MEAN * PRIOR_REVIEWS) / (targetReviews + PRIOR_REVIEWS);
  const gaps = author.times.map((time) => Math.abs(review.at - time));
  const firstReview = author.count === 0;
  const created = review.accountCreated ?? author.accountCreated;

  let alikeByOthers = 0;
  let alikeElsewhere = 0;
  let likeness = 0;
  for (const other of similar) {
    // An edit of the same review, or the author's second word on the same target, repeats nobody.
    const byOther = other.authorId !== review.authorId;
    if (other.reviewId === review.reviewId || (!byOther && other.targetId === review.targetId)) continue;
    const alike = jaccardEstimate(review.minima ?? [], other.minima);
    if (alike < ALIKE_FROM) continue;
    if (byOther) alikeByOthers++;
    else alikeElsewhere++;
    likeness = Math.max(likeness, alike);
  }

  const { fingerprints, owner } = review;
  return {
    rating: review.rating,
    verified: review.verifiedPurchase === true,
    targetReviews,
    targetMean,
    deviation: Math.abs(review.rating - targetMean),
    firstReview,
    authorReviews: author.count,
    accountDays: created === undefined ? undefined : Math.max(0, (review.at - created) / MINUTES_A_DAY),
    authorHour: 1 + gaps.filter((gap) => gap < 60).length,
    authorDay: 1 + gaps.filter((gap) => gap < MINUTES_A_DAY).length,
    shortestGap: gaps.length === 0 ? undefined : Math.min(...gaps),
    targetAgain: author.targets.some(({ id }) => id === review.targetId),
    burst: burstOf(target, review, firstReview),
    alikeByOthers,
    alikeElsewhere,
    likeness,
    isOwner: same(review.authorId, owner?.id),
    sharesDevice: same(fingerprints?.device, owner?.device),
    sharesPayment: same(fingerprints?.payment, owner?.payment),
    sharesIpPrefix: same(fingerprints?.ipPrefix, owner?.ipPrefix),
  };
}
