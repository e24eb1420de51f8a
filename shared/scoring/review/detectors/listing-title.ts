import * as z from "zod";
import { hash32 } from "../../hash.ts";
import { normalise } from "../../text/normalise.ts";

const MOST_WORDS = 24;
const MOST_TITLES = 4;
/** Titles that share fewer of their words than this name different things. */
const SAME_FROM = 0.2;
const WORD = /[\p{L}\p{N}]+/gu;

/** The words of a title, hashed, sorted, at most 24. */
const titleWords = z.array(z.int().min(0)).max(MOST_WORDS);

/** A title under which a target was reviewed, and the time of its first review in minutes since the epoch. */
const listingTitle = z.strictObject({ words: titleWords, first: z.int() });

/** The titles of a target that have little in common with each other, oldest first, at most four. */
export const listingTitles = z.array(listingTitle).max(MOST_TITLES);
export type ListingTitles = z.infer<typeof listingTitles>;

/** A title's words as the state keeps them; undefined for one without letters or digits. Case and accents don't count. */
export function wordsOfTitle(title: string): number[] | undefined {
  const words = new Set((normalise(title).text.match(WORD) ?? []).map((word) => hash32(word)));
  return words.size === 0 ? undefined : [...words].sort((a, b) => a - b).slice(0, MOST_WORDS);
}

/** Shared words of two sorted lists, as a share of all their words. */
function likeness(a: readonly number[], b: readonly number[]): number {
  const other = new Set(b);
  const shared = a.filter((word) => other.has(word)).length;
  return shared / (a.length + b.length - shared);
}

const known = (titles: ListingTitles, words: readonly number[]): number =>
  titles.findIndex((title) => likeness(title.words, words) >= SAME_FROM);

/** Is a title with these words not among those known yet? Only such a review changes the state. */
export const isNewTitle = (titles: ListingTitles, words: readonly number[]): boolean => known(titles, words) < 0;

/**
 * When a target's title, as this review carries it, is another than the one under which it was reviewed before: the
 * minutes since the epoch at which the former was seen first. Undefined where the title is the first or a known one.
 */
export const formerTitleSince = (titles: ListingTitles, words: readonly number[]): number | undefined =>
  titles.length > 0 && isNewTitle(titles, words) ? titles[0]?.first : undefined;

/**
 * The titles after a review under a title with these words. A fifth title without common words replaces the latest.
 * Repeating a review changes nothing; which titles are grouped depends on order where one is like two unlike ones.
 */
export function observeTitle(titles: ListingTitles, words: readonly number[], at: number): ListingTitles {
  if (!isNewTitle(titles, words)) return titles;
  return [...titles.slice(0, MOST_TITLES - 1), { words: [...words], first: at }].sort((a, b) => a.first - b.first);
}
