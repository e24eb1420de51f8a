import { type AuthorState, nearestGap } from "./author-state.ts";
import { formerTitleSince } from "./detectors/listing-title.ts";
import { type EntityState, emptyEntity, entityEvent, type FanIn, fanInOf } from "./entity-state.ts";
import { type Lockstep, lockstepMinima, lockstepOf } from "./lockstep.ts";
import {
  AROUND,
  AROUND_SCALE,
  type AuthorNeighbours,
  authorNeighbours,
  type TargetNeighbours,
  targetNeighbours,
} from "./neighbours.ts";
import { MINUTES_A_DAY, type ReviewFacts, type SaidCounts, type SimilarText, type TextFacts } from "./review-facts.ts";
import { type SharedReviewers, sharedReviewers } from "./shared-reviewers.ts";
import { type EntityKind, emptySite, type SiteState, usualOf } from "./site-state.ts";
import { type Rhythm, rhythmOf, type Surprise, surpriseOf } from "./surprise.ts";
import { burstOf, type Surge, surgeOf, type TargetBurst } from "./target-burst.ts";
import type { TargetState } from "./target-state.ts";
import { jaccardEstimate } from "./text-signature.ts";
import { type Trust, trustOf } from "./trust.ts";

/** What was known before a review: the states that it touches, and reviews and authors found under its bands. */
export interface Known {
  readonly target: TargetState;
  readonly author: AuthorState;
  readonly similar: readonly SimilarText[];
  readonly site?: SiteState | undefined;
  readonly entities?: Partial<Record<EntityKind, EntityState>> | undefined;
  /** Authors found under `lockstepBands`. */
  readonly group?: readonly SimilarText[] | undefined;
}

/** Everything that the scorer weighs, known before this review was counted. Counts include this review where said. */
export interface ReviewFeatures {
  readonly rating: number;
  readonly verified: boolean;
  /** Earlier reviews of the target. */
  readonly targetReviews: number;
  /** Mean rating of the target, drawn towards 3.7 by five imagined reviews. */
  readonly targetMean: number;
  /** Entropy of the target's ratings in nats. */
  readonly targetEntropy: number;
  /** |rating − targetMean|. */
  readonly deviation: number;
  /** Days from the target's latest review, and from its first; undefined for its first one. */
  readonly targetQuiet: number | undefined;
  readonly targetAge: number | undefined;
  readonly firstReview: boolean;
  /** Earlier reviews of the author. */
  readonly authorReviews: number;
  /** Days from the account's creation to the review; undefined where unknown. */
  readonly accountDays: number | undefined;
  /** Days from the author's earliest known review. */
  readonly authorDays: number;
  /** Of the author's earlier reviews: mean |rating − target's mean|, mean rating, share of one and five stars; 0 for none. */
  readonly authorDeviation: number;
  readonly authorMean: number;
  readonly authorExtreme: number;
  /** Reviews by the author within an hour, a day of this one, this one included. */
  readonly authorHour: number;
  readonly authorDay: number;
  /** Reviews by the author within 30 days of this one, of the latest sixteen, itself not included. */
  readonly authorMonth: number;
  /** Least minutes between this review and another by the author; undefined for a first one. */
  readonly shortestGap: number | undefined;
  /** The author reviewed this target before. */
  readonly targetAgain: boolean;
  readonly burst: TargetBurst;
  readonly surge: Surge;
  readonly trust: Trust;
  readonly surprise: Surprise;
  readonly rhythm: Rhythm;
  readonly near: TargetNeighbours;
  /** The same over about eight months. */
  readonly steady: TargetNeighbours;
  /** Shares of the target's first reviews, one-star and five-star ones since it is known. */
  readonly lifetime: { readonly first: number; readonly oneStar: number; readonly fiveStar: number };
  readonly around: AuthorNeighbours;
  /** Share of first reviews that is usual on the site; reviews there lately. */
  readonly siteFirst: number;
  readonly siteReviews: number;
  readonly lockstep: Lockstep;
  readonly shared: SharedReviewers;
  /** Authors of the review's device, payment means and network, with how common so many are on the site. */
  readonly fanIn: Partial<Record<EntityKind, FanIn & { readonly commonness: number }>>;
  /** Like texts by other authors; like texts by this author about other targets; the greatest likeness of any. */
  readonly alikeByOthers: number;
  readonly alikeElsewhere: number;
  readonly likeness: number;
  readonly text: TextFacts | undefined;
  readonly said: SaidCounts;
  /** Earlier reviews of the target that report rewards for praise. */
  readonly offers: number;
  /** The title that the target had before this review changed it: days since it was seen first; undefined where it didn't. */
  readonly formerTitleDays: number | undefined;
  /** The author is the target's owner; shares a fingerprint with them. */
  readonly isOwner: boolean;
  readonly sharesDevice: boolean;
  readonly sharesPayment: boolean;
  readonly sharesIpPrefix: boolean;
}

const PRIOR_MEAN = 3.7;
const PRIOR_REVIEWS = 5;
/** Estimated likeness from which two texts are taken as one. */
const ALIKE_FROM = 0.6;
const YOUNG_DAYS = 7;
const NOTHING_SAID: SaidCounts = { disclosed: 0, offered: 0, demanded: 0 };

const same = (a: string | undefined, b: string | undefined): boolean => a !== undefined && a === b;

/** Younger than a week when the review was written. */
export const isYoung = (accountDays: number | undefined): boolean =>
  accountDays !== undefined && accountDays < YOUNG_DAYS;

/** The features of a review, causal: all that is known is from BEFORE it. */
export function features(review: ReviewFacts, known: Known): ReviewFeatures {
  const { target, author } = known;
  const { at, rating } = review;
  const targetReviews = target.ratings.reduce((sum, count) => sum + count, 0);
  const targetMean = (target.ratingSum / 100 + PRIOR_MEAN * PRIOR_REVIEWS) / (targetReviews + PRIOR_REVIEWS);
  const firstReview = author.count === 0;
  const created = review.accountCreated ?? author.accountCreated;
  const accountDays = created === undefined ? undefined : Math.max(0, (at - created) / MINUTES_A_DAY);
  const usual = usualOf(known.site ?? emptySite(), at);
  const others = author.targets.filter(({ id }) => id !== review.targetId);
  const earlier = Math.max(1, author.count);
  const ever = Math.max(1, targetReviews);
  const { fingerprints, owner } = review;
  return {
    rating,
    verified: review.verifiedPurchase === true,
    targetReviews,
    targetMean,
    targetEntropy: entropyOf(target.ratings, targetReviews),
    deviation: Math.abs(rating - targetMean),
    targetQuiet: target.lastSeen === undefined ? undefined : Math.max(0, (at - target.lastSeen) / MINUTES_A_DAY),
    targetAge: target.firstSeen === undefined ? undefined : Math.max(0, (at - target.firstSeen) / MINUTES_A_DAY),
    firstReview,
    authorReviews: author.count,
    accountDays,
    authorDays: Math.max(0, (at - (author.since ?? at)) / MINUTES_A_DAY),
    authorMean: author.ratings.reduce((sum, count, index) => sum + count * (index + 1), 0) / earlier,
    authorDeviation: author.deviation / 100 / earlier,
    authorExtreme: ((author.ratings[0] ?? 0) + (author.ratings[4] ?? 0)) / earlier,
    authorHour: 1 + within(author.times, at, 60),
    authorDay: 1 + within(author.times, at, MINUTES_A_DAY),
    authorMonth: within(author.times, at, 30 * MINUTES_A_DAY),
    shortestGap: nearestGap(author.times, at),
    targetAgain: author.targets.some(({ id }) => id === review.targetId),
    burst: burstOf(target, review, firstReview),
    surge: surgeOf(target, review, {
      firstReview,
      verified: review.verifiedPurchase === true,
      young: isYoung(accountDays),
    }),
    trust: trustOf(rating, author, target, targetReviews),
    surprise: surpriseOf(rating, at, author, usual),
    rhythm: rhythmOf(at, author),
    near: targetNeighbours(target, at),
    steady: targetNeighbours(target, at, true),
    lifetime: {
      first: target.firstTime / ever,
      oneStar: (target.ratings[0] ?? 0) / ever,
      fiveStar: (target.ratings[4] ?? 0) / ever,
    },
    around: authorNeighbours(author),
    siteFirst: usual.first,
    siteReviews: usual.reviews,
    lockstep: lockstepOf(review.authorId, lockstepMinima(author, review), known.group ?? []),
    shared: sharedReviewers(
      target.partners,
      others.map(({ id, around }) => ({ id, reviews: 2 ** ((around[AROUND.reviews] ?? 0) / AROUND_SCALE) })),
      targetReviews,
      usual.reviews,
    ),
    fanIn: fanInsOf(review, known.entities ?? {}, usual.fanIn),
    ...alikeOf(review, known.similar),
    text: review.text,
    said: review.said ?? NOTHING_SAID,
    offers: target.offers,
    formerTitleDays: formerTitleDays(review, target),
    isOwner: same(review.authorId, owner?.id),
    sharesDevice: same(fingerprints?.device, owner?.device),
    sharesPayment: same(fingerprints?.payment, owner?.payment),
    sharesIpPrefix: same(fingerprints?.ipPrefix, owner?.ipPrefix),
  };
}

function formerTitleDays({ title, at }: ReviewFacts, { titles }: TargetState): number | undefined {
  const since = title && formerTitleSince(titles, title);
  return since === undefined ? undefined : Math.max(0, (at - since) / MINUTES_A_DAY);
}

function within(times: readonly number[], at: number, minutes: number): number {
  let count = 0;
  for (const time of times) if (Math.abs(at - time) < minutes) count++;
  return count;
}

function entropyOf(counts: readonly number[], whole: number): number {
  let entropy = 0;
  for (const count of counts) if (count > 0) entropy -= (count / whole) * Math.log(count / whole);
  return entropy;
}

function fanInsOf(
  { fingerprints, authorId, targetId }: ReviewFacts,
  entities: Partial<Record<EntityKind, EntityState>>,
  commonness: (kind: EntityKind, authors: number) => number,
): ReviewFeatures["fanIn"] {
  const found: Partial<Record<EntityKind, FanIn & { commonness: number }>> = {};
  for (const kind of ["device", "payment", "ipPrefix"] as const) {
    if (fingerprints?.[kind] === undefined) continue;
    const fan = fanInOf(entities[kind] ?? emptyEntity(), entityEvent(authorId, targetId));
    found[kind] = { ...fan, commonness: commonness(kind, fan.authors) };
  }
  return found;
}

function alikeOf(
  review: ReviewFacts,
  similar: readonly SimilarText[],
): Pick<ReviewFeatures, "alikeByOthers" | "alikeElsewhere" | "likeness"> {
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
  return { alikeByOthers, alikeElsewhere, likeness };
}
