import { hash32, mix32 } from "../hash.ts";
import type { SimilarText } from "./review-facts.ts";
import { jaccardEstimate } from "./text-signature.ts";

/** Minima of an author's signature; four bands of four. */
export const TOKEN_MINIMA = 16;
const BANDS = 4;
const ROWS = TOKEN_MINIMA / BANDS;
/** Two reviews of a target count as one doing within this many minutes, for certain within half of it. */
const WINDOW = 14 * 1440;
/** Different targets before an author's signature means anything. */
export const LEAST_TARGETS = 3;
/** Estimated likeness of what two authors did, from which they go in step. */
const IN_STEP_FROM = 0.4;

const SEEDS = Array.from({ length: TOKEN_MINIMA }, (_, index) => mix32(0x5eed + index));

interface Doing {
  readonly targetId: string;
  readonly rating: number;
  readonly at: number;
}

/** What an author did, as two tokens: target, praise or blame, and each of two windows of time that overlap by half. */
export function tokensOf({ targetId, rating, at }: Doing): number[] {
  const sign = rating >= 3.5 ? 2 : rating <= 2.5 ? 1 : 0;
  const own = hash32(targetId, sign);
  const slot = (offset: number): number => Math.floor((at + offset) / WINDOW);
  return [mix32(own ^ mix32(2 * slot(0))), mix32(own ^ mix32(2 * slot(WINDOW / 2) + 1))];
}

/** The minima after more tokens; the same whatever their order. */
export function leastOf(minima: readonly number[], tokens: readonly number[]): number[] {
  return SEEDS.map((seed, index) => {
    let least = minima[index] ?? 0xffffffff;
    for (const token of tokens) least = Math.min(least, mix32(token ^ seed));
    return least;
  });
}

interface Doer {
  readonly targets: readonly { readonly id: string }[];
  readonly minima: readonly number[];
}

/** The minima of an author with this review counted, or undefined while fewer than three targets are known of them. */
export function lockstepMinima(author: Doer, doing: Doing): readonly number[] | undefined {
  const known = author.targets.some(({ id }) => id === doing.targetId);
  if (author.targets.length + (known ? 0 : 1) < LEAST_TARGETS) return undefined;
  return leastOf(author.minima, tokensOf(doing));
}

/**
 * The four bands under which authors who did the same are found; none while fewer than three targets are known of the
 * author, so that newcomers cost nothing (after CopyCatch and SynchroTrap).
 */
export function lockstepBands(author: Doer, doing: Doing): readonly string[] {
  const minima = lockstepMinima(author, doing);
  if (minima === undefined) return [];
  return Array.from({ length: BANDS }, (_, band) =>
    hash32(minima.slice(band * ROWS, (band + 1) * ROWS).join(","), 100 + band).toString(36),
  );
}

/** Authors other than this one who did nearly the same at nearly the same time, the likest of them first. */
export interface Lockstep {
  readonly authors: number;
  /** The greatest likeness, 0 to 1. */
  readonly likeness: number;
}

/** Who of the authors found under the bands goes in step. Entries are an author's, told apart by `authorId`. */
export function lockstepOf(
  authorId: string,
  minima: readonly number[] | undefined,
  group: readonly SimilarText[],
): Lockstep {
  if (minima === undefined) return { authors: 0, likeness: 0 };
  const best = new Map<string, number>();
  // The store keeps the lowest byte of a minimum, so bytes are compared.
  const bytes = minima.map((value) => value & 0xff);
  for (const entry of group) {
    if (entry.authorId === authorId) continue;
    const theirs = entry.minima.map((value) => value & 0xff);
    const likeness = jaccardEstimate(bytes, theirs);
    if (likeness >= IN_STEP_FROM) best.set(entry.authorId, Math.max(likeness, best.get(entry.authorId) ?? 0));
  }
  return { authors: best.size, likeness: Math.max(0, ...best.values()) };
}
