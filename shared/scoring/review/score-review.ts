import type { LabelName, LabelScore } from "../../domain/label.ts";
import { type Score, strongestFirst } from "../score.ts";
import { namedFindings } from "./detectors/named-findings.ts";
import { CAPS, CONTEXT, type Evidence, evidenceOf, type Family } from "./evidence.ts";
import { rankReview } from "./rank-review.ts";
import type { ReviewFeatures } from "./review-features.ts";
import { shippedWeights, type Weights } from "./scorecard.ts";

export interface ReviewInput {
  readonly features: ReviewFeatures;
  /** The shipped ones where left out. */
  readonly weights?: Weights;
}

interface Card {
  readonly label: LabelName;
  readonly severity: number;
  /** Without evidence of one of these the label makes no claim. */
  readonly needs: readonly Family[];
  /** Families that count towards it, those needed included. */
  readonly counts: readonly Family[];
  readonly applies: (features: ReviewFeatures) => boolean;
}

const BEHAVIOUR: readonly Family[] = [
  "circle",
  "text",
  "tempo",
  "group",
  "lockstep",
  "coldStart",
  "company",
  "wording",
];

const praises = ({ rating }: ReviewFeatures): boolean => rating >= 4;
const anyRating = (): boolean => true;

/**
 * What speaks for each label. A fabricated review is one that its own text or its author's pace speaks against, not only
 * the company it came in; a brigade is a burst of shifted ratings; a paid review is praise at a pace; a conflict of
 * interest begins with the owner's circle; an undisclosed incentive is praise where others report rewards for it.
 */
const CARDS: readonly Card[] = [
  {
    label: "fake_review.insider",
    severity: 4,
    needs: ["identity", "payment", "device"],
    counts: ["identity", "payment", "device", ...BEHAVIOUR, "rating"],
    applies: praises,
  },
  {
    label: "fake_review.fabricated",
    severity: 3,
    needs: ["text", "tempo", "circle"],
    counts: ["payment", "device", ...BEHAVIOUR, "rating"],
    applies: anyRating,
  },
  {
    label: "fake_review.brigade",
    severity: 3,
    needs: ["group", "lockstep"],
    counts: BEHAVIOUR,
    applies: anyRating,
  },
  {
    label: "fake_review.paid",
    severity: 3,
    needs: ["tempo", "circle"],
    counts: BEHAVIOUR,
    applies: praises,
  },
  {
    label: "fake_review.undisclosed",
    severity: 3,
    needs: ["incentive"],
    counts: ["incentive", ...BEHAVIOUR],
    applies: praises,
  },
];

const SOURCE = "review-scorecard";
const VERSION = "2";
/** One review in twenty is taken as fake before anything is known of it; set by hand. */
const PRIOR = Math.log(0.05 / 0.95);
/** A verified purchase costs money to fake; people do. */
const VERIFIED = -Math.log(2);
/** Evidence weaker than this does not make a family. */
const LEAST_WEIGHT = Math.log(1.2);
const REPORTED_FROM = 0.3;
const MOST_CERTAIN = 0.98;
const BELOW_FLAGS = 0.499;
const MOST_REASONS = 4;

const round = (value: number): number => Math.round(value * 1000) / 1000;

function labelFor(
  card: Card,
  features: ReviewFeatures,
  all: readonly Evidence[],
  { flagFrom }: Weights,
): LabelScore | undefined {
  if (!card.applies(features)) return undefined;
  const byFamily = Map.groupBy(
    all.filter(({ family }) => card.counts.includes(family)),
    ({ family }) => family,
  );
  const weights = new Map<Family, number>();
  for (const [family, evidence] of byFamily) {
    const weight = Math.min(
      CAPS[family],
      evidence.reduce((sum, one) => sum + one.weight, 0),
    );
    if (weight >= LEAST_WEIGHT) weights.set(family, weight);
  }
  // A day of other ratings and one rating that differs err together: an honest bad day brings both.
  if (weights.has("group")) weights.delete("rating");
  // Being new among newcomers, or in a burst that brought them, is one sign and not two.
  if (weights.has("group") || weights.has("coldStart")) weights.delete("company");
  // Two families that err for different reasons; every card needs one that is more than being new here. That the author
  // is the owner is a fact of the platform, not a likelihood, and needs no second.
  if (!card.needs.some((family) => weights.has(family))) return undefined;
  const independent = [...weights.keys()].filter((family) => !CONTEXT.has(family)).length;
  if (independent < 2 && !weights.has("identity")) return undefined;
  const sum = [...weights.values()].reduce((total, weight) => total + weight, 0) + (features.verified ? VERIFIED : 0);
  const odds = Math.min(MOST_CERTAIN, 1 / (1 + Math.exp(-(PRIOR + sum))));
  if (odds < REPORTED_FROM) return undefined;
  // Below the conformal threshold it is shown, not flagged.
  const probability = odds < flagFrom ? Math.min(odds, BELOW_FLAGS) : odds;
  const reasons = all
    .filter(({ family }) => weights.has(family))
    .toSorted((a, b) => b.weight - a.weight || (a.reason.code < b.reason.code ? -1 : 1))
    .slice(0, MOST_REASONS)
    .map(({ reason }) => reason);
  return {
    label: card.label,
    score: round(sum),
    probability: round(probability),
    severity: card.severity,
    spans: [],
    reasons,
    source: SOURCE,
    version: VERSION,
  };
}

/**
 * Scores a review by an additive scorecard of log-likelihood ratios: prior + families of evidence, each capped. A label
 * needs two independent families, one of them not cold-start. `score` is the sum of weights in nats; `probability` starts
 * from a prior that is set by hand, as no public label is the truth. Pure.
 */
export function scoreReview({ features, weights = shippedWeights }: ReviewInput): Score {
  const evidence = evidenceOf(features, weights);
  const carded = CARDS.flatMap((card) => labelFor(card, features, evidence, weights) ?? []);
  const labels = [...carded, ...namedFindings(features)].sort(strongestFirst);
  const { burst } = features;
  return {
    labels,
    features: {
      ranking: round(rankReview(features, weights).probability),
      rating: features.rating,
      target_reviews: features.targetReviews,
      target_mean: round(features.targetMean),
      deviation: round(features.deviation),
      author_first: features.firstReview ? 1 : 0,
      author_hour: features.authorHour,
      author_day: features.authorDay,
      ...(features.shortestGap === undefined ? {} : { author_shortest_gap: features.shortestGap }),
      ...(features.accountDays === undefined ? {} : { account_days: round(features.accountDays) }),
      target_again: features.targetAgain ? 1 : 0,
      target_day: burst.reviews,
      target_usual_day: round(burst.usualPerDay),
      target_day_one_star: round(burst.oneStar.share),
      target_day_five_star: round(burst.fiveStar.share),
      target_day_first: round(burst.firstTime.share),
      lockstep_authors: features.lockstep.authors,
      device_authors: features.fanIn.device?.authors ?? 0,
      payment_authors: features.fanIn.payment?.authors ?? 0,
      text_by_others: features.alikeByOthers,
      text_elsewhere: features.alikeElsewhere,
      text_likeness: round(features.likeness),
      incentive_disclosed: features.said.disclosed > 0 ? 1 : 0,
      rewards_reported: features.offers,
      owner_fingerprints:
        Number(features.sharesDevice) + Number(features.sharesPayment) + Number(features.sharesIpPrefix),
    },
    models: [`${SOURCE}@${VERSION}`],
    degraded: false,
  };
}
