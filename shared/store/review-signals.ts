import * as z from "zod";
import type { Review } from "../domain/item.ts";
import { type AuthorState, authorState, emptyAuthor, observeAuthor } from "../scoring/review/author-state.ts";
import {
  features,
  type ReviewFacts,
  type ReviewFeatures,
  type SimilarText,
} from "../scoring/review/review-features.ts";
import { emptyTarget, observeTarget, targetState } from "../scoring/review/target-state.ts";
import { signText, type TextSignature } from "../scoring/review/text-signature.ts";
import type { Signals } from "./signals.ts";
import { asStored, shortened, type TextBands } from "./text-bands.ts";

/** Days without a review after which a state is forgotten. */
const DAYS = 400;

/** A target's reviews, and those of them that are consistent with fakery. */
const targetRecord = z.strictObject({ all: targetState, suspected: targetState });
export type TargetRecord = z.infer<typeof targetRecord>;

const minutes = (time: string): number => Math.floor(new Date(time).getTime() / 60_000);

const targetOf = (stored: unknown): TargetRecord =>
  stored === undefined ? { all: emptyTarget(), suspected: emptyTarget() } : targetRecord.parse(stored);
const authorOf = (stored: unknown): AuthorState => (stored === undefined ? emptyAuthor() : authorState.parse(stored));

/** What was known when a review came, and what counting it needs. */
export interface ReviewSituation {
  readonly features: ReviewFeatures;
  readonly signature: TextSignature | undefined;
}

export interface ReviewSignals {
  /** Features of a review from the states before it. Writes nothing. */
  look(tenant: string, review: Review, now: Date): Promise<ReviewSituation>;
  /** Counts a review in its target, its author and its text bands, each once; `eventId` is the review's revision. */
  observe(
    tenant: string,
    review: Review,
    situation: ReviewSituation,
    event: { readonly id: string; readonly suspected: boolean; readonly now: Date },
  ): Promise<void>;
  /** What is known of a target. */
  target(tenant: string, id: string, now: Date): Promise<TargetRecord | undefined>;
}

const textOf = (review: Review): string => [review.title, review.text].filter((part) => part !== undefined).join("\n");

const identityOf = (review: Review, minima: readonly number[]): SimilarText => ({
  reviewId: review.id,
  authorId: review.author.id,
  targetId: review.target.id,
  minima,
});

/** The owner as features compare it with the author: its id in the stored form. */
function ownerOf({ target: { owner } }: Review): Review["target"]["owner"] {
  return owner?.id === undefined ? owner : { ...owner, id: shortened(owner.id) };
}

function factsOf(review: Review, signature: TextSignature | undefined): ReviewFacts {
  const identity = asStored(identityOf(review, signature?.minima ?? []));
  return {
    reviewId: identity.reviewId,
    authorId: identity.authorId,
    targetId: identity.targetId,
    at: minutes(review.createdAt),
    rating: review.rating,
    verifiedPurchase: review.verifiedPurchase,
    accountCreated: review.author.createdAt === undefined ? undefined : minutes(review.author.createdAt),
    fingerprints: review.fingerprints,
    owner: ownerOf(review),
    minima: signature ? identity.minima : undefined,
  };
}

/** The states that reviews are scored by, in the table `signals`. */
export function reviewSignals(signals: Pick<Signals, "peek" | "change">, bands: TextBands): ReviewSignals {
  return {
    async look(tenant, review, now) {
      const signature = signText(textOf(review));
      const subjects = [
        { kind: "target", id: review.target.id },
        { kind: "author", id: review.author.id },
      ] as const;
      const [states, similar] = await Promise.all([
        signals.peek(tenant, subjects, now),
        signature ? bands.alike(tenant, signature.bands, now) : [],
      ]);
      const [target, author] = states;
      return {
        features: features(factsOf(review, signature), targetOf(target).all, authorOf(author), similar),
        signature,
      };
    },
    async observe(tenant, review, { features: before, signature }, { id, suspected, now }) {
      const at = minutes(review.createdAt);
      const own = { at, rating: review.rating, firstReview: before.firstReview };
      const event = { id, now, days: DAYS };
      await Promise.all([
        signals.change(tenant, { kind: "target", id: review.target.id }, event, (stored): TargetRecord => {
          const { all, suspected: suspects } = targetOf(stored);
          return { all: observeTarget(all, own), suspected: suspected ? observeTarget(suspects, own) : suspects };
        }),
        signals.change(tenant, { kind: "author", id: review.author.id }, event, (stored) =>
          observeAuthor(authorOf(stored), {
            at,
            rating: review.rating,
            targetId: asStored(identityOf(review, [])).targetId,
            accountCreated: review.author.createdAt === undefined ? undefined : minutes(review.author.createdAt),
          }),
        ),
        signature && bands.add(tenant, signature.bands, identityOf(review, signature.minima), now),
      ]);
    },
    async target(tenant, id, now) {
      const [stored] = await signals.peek(tenant, [{ kind: "target", id }], now);
      return stored === undefined ? undefined : targetOf(stored);
    },
  };
}
