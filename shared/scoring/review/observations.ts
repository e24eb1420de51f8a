import type { AuthorEvent } from "./author-state.ts";
import { isNewTitle } from "./detectors/listing-title.ts";
import { type EntityEvent, entityEvent } from "./entity-state.ts";
import { lockstepBands, lockstepMinima } from "./lockstep.ts";
import { AROUND_SCALE } from "./neighbours.ts";
import type { ReviewFacts, SimilarText } from "./review-facts.ts";
import { isYoung, type Known, type ReviewFeatures } from "./review-features.ts";
import { type EntityKind, isSampled, type SiteEvent } from "./site-state.ts";
import { BRANDS_TOLD, type TargetEvent } from "./target-state.ts";

/** What a scored review adds to each state: plain JSON. Its target's and author's events are what a deletion retracts. */
export interface Observations {
  readonly target: TargetEvent;
  readonly author: AuthorEvent;
  /** Undefined where the review is not of the site's sample. */
  readonly site: SiteEvent | undefined;
  readonly entities: readonly { readonly kind: EntityKind; readonly id: string; readonly event: EntityEvent }[];
  /** Undefined where too few targets are known of the author. */
  readonly group: { readonly bands: readonly string[]; readonly entry: SimilarText } | undefined;
}

const KINDS = ["device", "payment", "ipPrefix"] as const;
const round = (value: number): number => Math.round(value * 1000) / 1000;

/** What to observe of a review, from what was known before it and the features made of that. Pure. */
export function observationsOf(facts: ReviewFacts, { author, target }: Known, found: ReviewFeatures): Observations {
  const { at, rating, authorId, targetId, fingerprints } = facts;
  const trust = round(found.trust.reliability);
  const deviation = round(found.deviation);
  const others = author.targets.map(({ id }) => id).filter((id) => id !== targetId);
  const minima = lockstepMinima(author, facts);
  const around = [
    rating,
    found.deviation,
    Math.log2(1 + found.targetReviews),
    found.near.first,
    found.targetMean,
    Math.log2(1 + found.surge.day),
  ].map((value) => Math.round(value * AROUND_SCALE));
  return {
    target: {
      at,
      rating,
      firstReview: found.firstReview,
      verified: found.verified,
      young: isYoung(found.accountDays),
      experience: round(Math.log2(1 + found.authorReviews)),
      deviation,
      trust,
      hasty: found.authorDay > 1,
      others,
      ...(facts.title && isNewTitle(target.titles, facts.title) ? { title: facts.title } : {}),
      ...(found.said.offered > 0 ? { offer: true } : {}),
      ...(facts.brands?.length ? { brands: facts.brands.slice(0, BRANDS_TOLD) } : {}),
    },
    author: {
      at,
      rating,
      targetId,
      accountCreated: facts.accountCreated,
      gap: found.shortestGap,
      trust,
      deviation,
      around,
    },
    site: isSampled(facts.reviewId) ? siteEventOf(facts, found) : undefined,
    entities: KINDS.flatMap((kind) => {
      const id = fingerprints?.[kind];
      return id === undefined ? [] : [{ kind, id, event: entityEvent(authorId, targetId) }];
    }),
    group: minima && {
      bands: lockstepBands(author, facts),
      entry: { reviewId: authorId, authorId, targetId, minima },
    },
  };
}

function siteEventOf({ at, rating }: ReviewFacts, { firstReview, shortestGap, fanIn }: ReviewFeatures): SiteEvent {
  const fans = Object.fromEntries(Object.entries(fanIn).map(([kind, { authors }]) => [kind, authors]));
  return { at, rating, firstReview, ...(shortestGap === undefined ? {} : { gap: shortestGap }), fanIn: fans };
}
