import { seeded } from "../../local/sample/seeded.ts";
import { BUILDING_SITE, honestText, sentences } from "./honest-words.ts";
import { type MadeAuthor, type MadeTarget, type ToldReview, tell } from "./told-review.ts";

export const DAY = 86_400_000;
export const HOUR = 3_600_000;
/** The simulated half-year begins here; an arbitrary Monday. */
export const BEGIN = Date.UTC(2025, 0, 6);
export const DAYS = 180;

/** Honest reviews of ordinary places; targets and authors grow with them. */
export const ORDINARY_REVIEWS = 16_000;
const REVIEWS_A_TARGET = 64;
const REVIEWS_AN_AUTHOR = 1.8;
const WITH_TEXT = 0.7;
const VERIFIED = 0.25;

/** A time of day as people write: hardly at night, most in the evening. */
const hourOf = (random: () => number): number => 7 + 17 * Math.sqrt(random());

export const timeOn = (day: number, random: () => number): number =>
  BEGIN + Math.floor(day * DAY + hourOf(random) * HOUR + random() * HOUR);

/** A rating of 1 to 5 around a mean, with the long lower tail that ratings have. */
export function ratingAround(mean: number, random: () => number): number {
  if (random() < 0.08) return 1 + Math.floor(random() * 2);
  const bell = random() + random() + random() - 1.5;
  return Math.min(5, Math.max(1, Math.round(mean + bell * 1.4)));
}

export interface HonestWorld {
  readonly targets: readonly MadeTarget[];
  readonly authors: readonly MadeAuthor[];
  readonly told: readonly ToldReview[];
  /** A place that deserves its storm of one star: established customers who tell the truth, on two days. */
  readonly scandal: MadeTarget;
  /** A place that a newspaper praised: two days of many honest reviews, newcomers among them. */
  readonly praised: MadeTarget;
}

/**
 * A half-year of honest reviews: few authors write many, most write one; targets differ in fame; ratings, times, texts
 * and verified purchases vary as they do. Two honest storms are in it, for what looks like a campaign and is none.
 * The same for the same seed.
 */
export function honestWorld(seed: number, reviews = ORDINARY_REVIEWS): HonestWorld {
  const random = seeded(seed);
  const [targetCount, authorCount] = [Math.ceil(reviews / REVIEWS_A_TARGET), Math.ceil(reviews / REVIEWS_AN_AUTHOR)];
  const targets = Array.from({ length: targetCount }, (_, n) => ({
    id: `place-${n + 1}`,
    quality: 2.8 + 1.8 * random(),
  }));
  const authors = Array.from({ length: authorCount }, (_, n) => ({
    id: `guest-${n + 1}`,
    createdAt: BEGIN - Math.floor((random() < 0.15 ? random() * 10 : 30 + random() * 2500) * DAY),
  }));
  const told: ToldReview[] = [];
  const write = (author: MadeAuthor, target: MadeTarget, at: number, rating: number, text?: string): void => {
    const from = { ...author, createdAt: Math.min(author.createdAt, at - HOUR) };
    told.push(
      tell({
        id: `honest-${told.length + 1}`,
        at,
        author: from,
        target,
        rating,
        verified: random() < VERIFIED,
        ...(text === undefined ? {} : { text }),
      }),
    );
  };
  // Squared and cubed, so that fame and zeal are spread as unevenly as they are.
  const anyTarget = (): MadeTarget => targets[Math.floor(targetCount * random() ** 2)] as MadeTarget;
  const anyAuthor = (): MadeAuthor => authors[Math.floor(authorCount * random() ** 1.7)] as MadeAuthor;
  for (let n = 0; n < reviews; n++) {
    const target = anyTarget();
    const rating = ratingAround(target.quality, random);
    const text = random() < WITH_TEXT ? honestText(rating, random) : undefined;
    write(anyAuthor(), target, timeOn(Math.floor(random() * DAYS), random), rating, text);
  }
  const scandal = { id: "place-with-the-scandal", quality: 3.9 };
  const praised = { id: "place-in-the-paper", quality: 4.5 };
  for (const place of [scandal, praised])
    for (let day = 0; day < 90; day += 2)
      write(anyAuthor(), place, timeOn(day, random), ratingAround(place.quality, random), honestText(4, random));
  for (let n = 0; n < 80; n++) {
    const text = random() < WITH_TEXT ? honestText(1, random) : undefined;
    write(anyAuthor(), scandal, timeOn(100 + Math.floor(random() * 2), random), random() < 0.85 ? 1 : 2, text);
  }
  for (let n = 0; n < 80; n++) {
    const rating = ratingAround(praised.quality, random);
    const text = random() < WITH_TEXT ? honestText(rating, random) : undefined;
    write(anyAuthor(), praised, timeOn(110 + Math.floor(random() * 2), random), rating, text);
  }
  return { targets, authors, told, scandal, praised };
}

/** Honest guests of a place beside a building site: low ratings in words of their own. */
export function buildingSiteGuests(world: HonestWorld, target: MadeTarget, from: number, seed: number): ToldReview[] {
  const random = seeded(seed);
  return Array.from({ length: 34 }, (_, n) => {
    const author = world.authors[Math.floor(random() * world.authors.length)] as MadeAuthor;
    const rating = random() < 0.8 ? 1 + Math.floor(random() * 2) : 3;
    const text = `${sentences(BUILDING_SITE, 2, random, 0.5)} ${honestText(rating, random)}`;
    return tell({
      id: `${target.id}-guest-${n + 1}`,
      at: timeOn(from + random() * 24, random),
      author,
      target,
      rating,
      text,
    });
  });
}
