import type { Reason } from "../../domain/label.ts";
import type { DayShare, ReviewFeatures } from "./review-features.ts";
import { ratingClass } from "./target-state.ts";

/**
 * Kinds of evidence that err for different reasons. `coldStart` is what every newcomer shows; two pieces of one family
 * are no better than one.
 */
export type Family = "identity" | "payment" | "device" | "text" | "tempo" | "group" | "rating" | "coldStart";

/** One piece of evidence: how much likelier a fake review shows it than a genuine one, as a natural logarithm. */
export interface Evidence {
  readonly family: Family;
  readonly weight: number;
  readonly reason: Reason;
}

/**
 * Weights are set by hand from how rarely honest reviewers show each sign; no data trained them. The caps keep any one
 * family from deciding alone, and cold-start evidence below 2 : 1, since every honest newcomer shows it.
 */
export const CAPS: Readonly<Record<Family, number>> = {
  identity: Math.log(60),
  payment: Math.log(50),
  device: Math.log(30),
  text: Math.log(30),
  tempo: Math.log(6),
  group: Math.log(8),
  rating: Math.log(2),
  coldStart: Math.log(2),
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

function ratingEvidence({ deviation, rating, targetMean, targetReviews }: ReviewFeatures): Evidence[] {
  if (targetReviews < LEAST_FOR_DEVIATION || deviation < LARGE_DEVIATION) return [];
  // On its own it tells little (AUC .59 on YelpChi), and honest people disagree: four stars apart reach e : 1, then capped.
  const weight = deviation / 4;
  return [
    {
      family: "rating",
      weight,
      reason: {
        code: "review.deviation",
        params: { rating: round(rating), mean: round(targetMean), reviews: targetReviews },
      },
    },
  ];
}

function coldStartEvidence({ firstReview, accountDays }: ReviewFeatures): Evidence[] {
  const found: Evidence[] = [];
  if (firstReview) found.push({ family: "coldStart", weight: Math.log(1.6), reason: { code: "review.first" } });
  if (accountDays !== undefined && accountDays < NEW_ACCOUNT_DAYS) {
    const params = { days: Math.floor(accountDays) };
    found.push({ family: "coldStart", weight: Math.log(1.6), reason: { code: "review.new_account", params } });
  }
  return found;
}

/** Every piece of evidence that the features hold. */
export const evidenceOf = (features: ReviewFeatures): Evidence[] => [
  ...ownerEvidence(features),
  ...textEvidence(features),
  ...tempoEvidence(features),
  ...groupEvidence(features),
  ...ratingEvidence(features),
  ...coldStartEvidence(features),
];
