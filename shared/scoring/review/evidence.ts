import type { Reason } from "../../domain/label.ts";
import { ratingClass, signedRating } from "./review-facts.ts";
import type { ReviewFeatures } from "./review-features.ts";
import { type Contributions, contributionsOf, shippedWeights, type Weights } from "./scorecard.ts";
import type { DayShare } from "./target-burst.ts";

/**
 * Kinds of evidence that err for different reasons. `coldStart` is what every newcomer shows; two pieces of one family
 * are no better than one.
 */
export type Family =
  | "identity"
  | "payment"
  | "device"
  | "circle"
  | "text"
  | "tempo"
  | "group"
  | "lockstep"
  | "rating"
  | "coldStart"
  | "company"
  | "wording"
  | "incentive";

/** Families that only lend weight: two families are counted without them. */
export const CONTEXT: ReadonlySet<Family> = new Set(["company", "wording"]);

/** One piece of evidence: how much likelier a fake review shows it than a genuine one, as a natural logarithm. */
export interface Evidence {
  readonly family: Family;
  readonly weight: number;
  readonly reason: Reason;
}

/**
 * Where public data holds a sign (ratings, pace over days, company, newness) its weight is fitted (`scorecard.ts`); the
 * rest is set by hand from how rarely honest reviewers show it. The caps keep any one family from deciding alone, and
 * cold-start evidence below 2 : 1, since every honest newcomer shows it.
 */
export const CAPS: Readonly<Record<Family, number>> = {
  identity: Math.log(60),
  payment: Math.log(50),
  device: Math.log(30),
  circle: Math.log(20),
  text: Math.log(30),
  tempo: Math.log(6),
  group: Math.log(8),
  lockstep: Math.log(12),
  rating: Math.log(2),
  coldStart: Math.log(2),
  company: Math.log(2),
  wording: 0.3,
  incentive: Math.log(6),
};

const OWNER_THEMSELVES = Math.log(60);
/** Nobody but the owner's circle pays with the owner's card; a lent or second-hand device happens now and then. */
const SAME_PAYMENT = Math.log(50);
const SAME_DEVICE = Math.log(30);
/** Guests sit in the owner's network, too: little on its own. */
const SAME_IP_PREFIX = Math.log(3);
/** Honest people do copy a phrase or a template; a second and third repeat do not happen by chance. */
const ALIKE_ONCE = Math.log(8);
/** A traveller may paste one text under two branches of a chain. */
const ALIKE_ELSEWHERE = Math.log(4);
/** Reviews an hour and a day up to which a returning traveller clears a backlog. */
const CALM_HOUR = 4;
const CALM_DAY = 8;
/** A target with fewer reviews has no mean to deviate from. */
const LEAST_FOR_DEVIATION = 5;
const LARGE_DEVIATION = 1.5;
const NEW_ACCOUNT_DAYS = 7;
/** χ² with 5 degrees of freedom exceeds this in one day of a thousand. */
const MIX_BY_CHANCE = 20.5;
/** Two friends on a journey go in step; a third and fourth do not. */
const IN_STEP_ONCE = Math.log(1.5);
const LEAST_SHARED = 4;
const LEAST_LIFT = 8;
/** A family and a guest share a device; so do colleagues, now and then. */
const LEAST_FAN_IN = 6;
/** From which share of entities on the site so many authors are rare, and how far that is believed: networks are shared. */
const RARE = {
  device: { below: 0.05, share: 0.45 },
  payment: { below: 0.05, share: 0.45 },
  ipPrefix: { below: 0.02, share: 0.2 },
} as const;
const REASON_OF = { device: "devices", payment: "payments", ipPrefix: "networks" } as const;
const LARGE_SURPRISE = 0.25;
const LARGE_COMPANY = 0.1;
/** Words before a text is believed to mean what it says. */
const LEAST_TOKENS = 20;
const LARGE_MISMATCH = 1.2;
/** One customer may be mistaken about a reward. */
const LEAST_OFFERS = 2;

const round = (value: number): number => Math.round(value * 100) / 100;
const percent = (share: number): number => Math.round(share * 100);

function ownerEvidence(features: ReviewFeatures): Evidence[] {
  const found: Evidence[] = [];
  const add = (family: Family, code: string, weight: number): void => {
    found.push({ family, weight, reason: { code } });
  };
  if (features.isOwner) add("identity", "review.owner_self", OWNER_THEMSELVES);
  if (features.sharesPayment) add("payment", "review.owner_payment", SAME_PAYMENT);
  if (features.sharesDevice) add("device", "review.owner_device", SAME_DEVICE);
  if (features.sharesIpPrefix) add("device", "review.owner_network", SAME_IP_PREFIX);
  return found;
}

function textEvidence({ alikeByOthers, alikeElsewhere, likeness }: ReviewFeatures): Evidence[] {
  const found: Evidence[] = [];
  const like = percent(likeness);
  if (alikeByOthers > 0) {
    const weight = ALIKE_ONCE + Math.log(alikeByOthers);
    found.push({
      family: "text",
      weight,
      reason: { code: "review.text_of_others", params: { count: alikeByOthers, like } },
    });
  }
  if (alikeElsewhere > 0) {
    const weight = ALIKE_ELSEWHERE + Math.log(alikeElsewhere);
    found.push({
      family: "text",
      weight,
      reason: { code: "review.text_elsewhere", params: { count: alikeElsewhere, like } },
    });
  }
  return found;
}

/** Tempo, never number: someone who wrote a thousand reviews in ten years shows nothing here. */
function tempoEvidence({ authorHour, authorDay, shortestGap }: ReviewFeatures): Evidence[] {
  const perHour = Math.log(authorHour / CALM_HOUR);
  const perDay = Math.log(authorDay / CALM_DAY);
  if (Math.max(perHour, perDay) <= 0) return [];
  const hurried = perHour >= perDay;
  const weight = 1.5 * Math.max(perHour, perDay) + (shortestGap !== undefined && shortestGap <= 1 ? 0.3 : 0);
  const reason: Reason = hurried
    ? { code: "review.tempo_hour", params: { count: authorHour, usual: CALM_HOUR } }
    : { code: "review.tempo_day", params: { count: authorDay, usual: CALM_DAY } };
  return [{ family: "tempo", weight, reason }];
}

/**
 * Weighs a burst on the side where this review stands: of `count` such reviews today, `usual` would have come anyway,
 * and the odds that this one is of the others are about their ratio. A busy day of the usual mix weighs nothing.
 */
function groupEvidence({ burst, rating }: ReviewFeatures): Evidence[] {
  const own = ratingClass(rating);
  if (!burst.unusual || (own !== 1 && own !== 5)) return [];
  const side: DayShare = own === 1 ? burst.oneStar : burst.fiveStar;
  if (!side.shifted) return [];
  const expected = Math.max(0.5, burst.usualPerDay * side.usual);
  const weight = Math.log(Math.max(1, side.count / expected));
  const usualPerDay = round(burst.usualPerDay);
  const found: Evidence[] = [
    {
      family: "group",
      weight,
      reason: {
        code: own === 1 ? "review.burst_one_star" : "review.burst_five_star",
        params: {
          count: burst.reviews,
          hours: burst.hours,
          usual: usualPerDay,
          stars: side.count,
          usualPercent: percent(side.usual),
        },
      },
    },
  ];
  const { firstTime } = burst;
  if (firstTime.shifted) {
    const params = { count: firstTime.count, of: burst.reviews, usualPercent: percent(firstTime.usual) };
    found.push({ family: "group", weight: Math.log(1.5), reason: { code: "review.burst_first_time", params } });
  }
  return found;
}

/** How the day's mix of ratings, newcomers, verified purchases and young accounts differs, on a day that is unusual anyway. */
function mixEvidence({ burst, surge }: ReviewFeatures, { group }: Contributions): Evidence[] {
  if (!burst.unusual || surge.mix < MIX_BY_CHANCE || group <= 0) return [];
  return [{ family: "group", weight: group, reason: { code: "review.mix_shift", params: { g: round(surge.mix) } } }];
}

function lockstepEvidence({ lockstep, shared }: ReviewFeatures): Evidence[] {
  const found: Evidence[] = [];
  if (lockstep.authors > 0) {
    const params = { count: lockstep.authors, like: percent(lockstep.likeness) };
    const weight = IN_STEP_ONCE + Math.log(lockstep.authors);
    found.push({ family: "lockstep", weight, reason: { code: "review.lockstep", params } });
  }
  if (shared.count >= LEAST_SHARED && shared.lift >= LEAST_LIFT) {
    const params = { count: shared.count, times: Math.round(shared.lift) };
    const weight = 0.5 * Math.log(shared.lift);
    found.push({ family: "lockstep", weight, reason: { code: "review.shared_reviewers", params } });
  }
  return found;
}

/** More authors behind one device, payment means or network than the site is used to, and others of them here. */
function circleEvidence({ fanIn }: ReviewFeatures): Evidence[] {
  return (["device", "payment", "ipPrefix"] as const).flatMap((kind) => {
    const found = fanIn[kind];
    const rare = RARE[kind];
    if (!found || found.authors < LEAST_FAN_IN || found.commonness > rare.below) return [];
    const weight = rare.share * (-Math.log(found.commonness) + Math.log(1 + found.here));
    const params = { count: found.authors, here: found.here, commonPercent: round(found.commonness * 100) };
    return [{ family: "circle" as const, weight, reason: { code: `review.many_${REASON_OF[kind]}`, params } }];
  });
}

function ratingEvidence(
  { deviation, rating, targetMean, targetReviews }: ReviewFeatures,
  { rating: weight }: Contributions,
): Evidence[] {
  if (targetReviews < LEAST_FOR_DEVIATION || deviation < LARGE_DEVIATION || weight <= 0) return [];
  const params = { rating: round(rating), mean: round(targetMean), reviews: targetReviews };
  return [{ family: "rating", weight, reason: { code: "review.deviation", params } }];
}

/** The author's gaps against those that are usual on the site: over days and weeks, where the hand-set pace sees hours. */
function rhythmEvidence({ surprise, authorReviews }: ReviewFeatures, { tempo }: Contributions): Evidence[] {
  if (surprise.tempo < LARGE_SURPRISE || tempo <= 0) return [];
  return [{ family: "tempo", weight: tempo, reason: { code: "review.rhythm", params: { count: authorReviews } } }];
}

function coldStartEvidence(
  { firstReview, accountDays }: ReviewFeatures,
  { coldStart: weight }: Contributions,
): Evidence[] {
  const found: Evidence[] = [];
  if (firstReview && weight > 0) found.push({ family: "coldStart", weight, reason: { code: "review.first" } });
  if (accountDays !== undefined && accountDays < NEW_ACCOUNT_DAYS) {
    const params = { days: Math.floor(accountDays) };
    found.push({ family: "coldStart", weight: Math.log(1.6), reason: { code: "review.new_account", params } });
  }
  return found;
}

function companyEvidence({ near, siteFirst }: ReviewFeatures, { company: weight }: Contributions): Evidence[] {
  if (near.reviews < LEAST_FOR_DEVIATION || near.first - siteFirst < LARGE_COMPANY || weight <= 0) return [];
  const params = { share: percent(near.first), usualPercent: percent(siteFirst) };
  return [{ family: "company", weight, reason: { code: "review.company", params } }];
}

/** A rating that its own words contradict: irony and slips of the finger are common, so it weighs little. */
function wordingEvidence({ text, rating }: ReviewFeatures): Evidence[] {
  if (text?.sentiment === undefined || text.tokens < LEAST_TOKENS) return [];
  const apart = Math.abs(signedRating(rating) - text.sentiment);
  if (apart <= LARGE_MISMATCH) return [];
  return [{ family: "wording", weight: 0.25 * apart, reason: { code: "review.words_contradict", params: { rating } } }];
}

/** Praise where other customers report that praise is rewarded, and this review does not say that it was. */
function incentiveEvidence({ offers, said, rating }: ReviewFeatures): Evidence[] {
  if (offers < LEAST_OFFERS || said.disclosed > 0 || rating < 4) return [];
  const weight = Math.log(1 + offers);
  return [{ family: "incentive", weight, reason: { code: "review.rewards_reported", params: { count: offers } } }];
}

/** Every piece of evidence that the features hold. */
export function evidenceOf(features: ReviewFeatures, weights: Weights = shippedWeights): Evidence[] {
  const fitted = contributionsOf(features, weights);
  return [
    ...ownerEvidence(features),
    ...circleEvidence(features),
    ...textEvidence(features),
    ...tempoEvidence(features),
    ...rhythmEvidence(features, fitted),
    ...groupEvidence(features),
    ...mixEvidence(features, fitted),
    ...lockstepEvidence(features),
    ...ratingEvidence(features, fitted),
    ...coldStartEvidence(features, fitted),
    ...companyEvidence(features, fitted),
    ...wordingEvidence(features),
    ...incentiveEvidence(features),
  ];
}
