import type { Review } from "../../domain/item.ts";

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
  /** `readText(text, language)`; undefined where there is no text. */
  readonly text?: TextFacts | undefined;
  /** What the review says of rewards and demands, as counts; undefined where there is no text. */
  readonly said?: SaidCounts | undefined;
  /** Brands that it concerns, as the platform names them. */
  readonly brands?: readonly string[] | undefined;
  /** `wordsOfTitle` of the target's title; undefined where none was sent. */
  readonly title?: readonly number[] | undefined;
}

/** How often a review discloses a reward, reports one for praise, and holds the review against a demand. */
export interface SaidCounts {
  readonly disclosed: number;
  readonly offered: number;
  readonly demanded: number;
}

/** What a review's words say, as numbers. */
export interface TextFacts {
  /** Words and numbers, signs of scripts without spaces. */
  readonly tokens: number;
  /** How the text speaks of its subject, −1 to 1; undefined in a language that the model was not tested in. */
  readonly sentiment: number | undefined;
}

/** An earlier review that shares a text band with this one; it need not be alike, the features check. */
export interface SimilarText {
  readonly reviewId: string;
  readonly authorId: string;
  readonly targetId: string;
  readonly minima: readonly number[];
}

/** Minutes of a day. */
export const MINUTES_A_DAY = 1440;

/** The day of a time in minutes, both since the epoch. */
export const dayOf = (minutes: number): number => Math.floor(minutes / MINUTES_A_DAY);

/** The five rating classes: 1 holds ratings under 1.5, 5 those from 4.5. */
export const ratingClass = (rating: number): number => Math.min(5, Math.max(1, Math.round(rating)));

/** A rating of 1 to 5 as −1 to 1. */
export const signedRating = (rating: number): number => (rating - 3) / 2;
