import * as z from "zod";
import { hash32 } from "../hash.ts";

const MOST = 32;

/**
 * The authors of one device, payment means or network: the 32 with the least hashes (a bottom-k sketch, exact up to 32
 * authors, standard error about 18% above), each with a hash of the target it was seen at last. At most 1 KB as JSON.
 */
export const entityState = z.strictObject({
  v: z.literal(1),
  authors: z.array(z.tuple([z.int().min(0), z.int().min(0)])).max(MOST),
});
export type EntityState = z.infer<typeof entityState>;

/** An author seen with an entity, as hashes of 32 bits. */
export interface EntityEvent {
  readonly author: number;
  readonly target: number;
}

export const emptyEntity = (): EntityState => ({ v: 1, authors: [] });

export const entityEvent = (authorId: string, targetId: string): EntityEvent => ({
  author: hash32(authorId, 7),
  target: hash32(targetId, 7),
});

/**
 * The state with one more author. Idempotent and commutative up to the target of an author who was seen at several (the
 * greatest hash stays). The same object where the author was known: nothing to write.
 */
export function observeEntity(state: EntityState, { author, target }: EntityEvent): EntityState {
  const known = state.authors.find(([id]) => id === author);
  if (known && known[1] >= target) return state;
  const rest = known ? state.authors.filter(([id]) => id !== author) : state.authors;
  const last = rest.at(-1);
  if (rest.length >= MOST && last && author > last[0]) return state;
  const authors = [...rest, [author, target] as [number, number]].sort((a, b) => a[0] - b[0]).slice(0, MOST);
  return { v: 1, authors };
}

/** What an entity says of an author. */
export interface FanIn {
  /** Distinct authors, this one included. */
  readonly authors: number;
  /** Other authors, of those held, who were last seen at this target. */
  readonly here: number;
}

/** Distinct authors of an entity with this one: exact up to 32, then (k − 1) / the greatest of the k least, as shares of all hashes. */
export function fanInOf(state: EntityState, { author, target }: EntityEvent): FanIn {
  const { authors } = observeEntity(state, { author, target });
  const greatest = authors.at(-1)?.[0] ?? 0;
  const count = authors.length < MOST ? authors.length : ((MOST - 1) * 2 ** 32) / Math.max(1, greatest);
  const here = state.authors.filter(([id, at]) => id !== author && at === target).length;
  return { authors: Math.round(count), here };
}
