import type { Review } from "../domain/item.ts";
import { wordsOfTitle } from "../scoring/review/detectors/listing-title.ts";
import { readPhrases } from "../scoring/review/detectors/read-phrases.ts";
import { readText } from "../scoring/review/read-text.ts";
import type { ReviewFacts } from "../scoring/review/review-facts.ts";
import { signText } from "../scoring/review/text-signature.ts";
import { asStored, shortened } from "./text-bands.ts";

const minutes = (time: string): number => Math.floor(new Date(time).getTime() / 60_000);

const wordsOf = (review: Review): string => [review.title, review.text].filter((part) => part !== undefined).join("\n");

const saidIn = (text: string) => {
  const { disclosed, offered, demanded } = readPhrases(text);
  return { disclosed: disclosed.length, offered: offered.length, demanded: demanded.length };
};

/** The owner as features compare it with the author: its id in the stored form. */
function ownerOf({ target: { owner } }: Review): Review["target"]["owner"] {
  return owner?.id === undefined ? owner : { ...owner, id: shortened(owner.id) };
}

/** A review as its scorer sees it, ids in the stored form, and the keys of its text's bands; none for a short text. */
export function factsOf(review: Review): { readonly facts: ReviewFacts; readonly bands: readonly string[] } {
  const signature = signText(wordsOf(review));
  const { reviewId, authorId, targetId, minima } = asStored({
    reviewId: review.id,
    authorId: review.author.id,
    targetId: review.target.id,
    minima: signature?.minima ?? [],
  });
  const facts = {
    reviewId,
    authorId,
    targetId,
    at: minutes(review.createdAt),
    rating: review.rating,
    verifiedPurchase: review.verifiedPurchase,
    accountCreated: review.author.createdAt === undefined ? undefined : minutes(review.author.createdAt),
    fingerprints: review.fingerprints,
    owner: ownerOf(review),
    minima: signature ? minima : undefined,
    text: review.text === undefined ? undefined : readText(review.text, review.language),
    said: review.text === undefined ? undefined : saidIn(review.text),
    brands: review.brandIds,
    title: review.target.title === undefined ? undefined : wordsOfTitle(review.target.title),
  };
  return { facts, bands: signature?.bands ?? [] };
}
