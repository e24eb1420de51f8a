import type { Token } from "../tokenise.ts";
import { GROUP_NAMES } from "./group-names.ts";

/** Width of a feature's hash. Wide enough that few unknown n-grams fall on one that the model keeps. */
export const SLOT_BITS = 22;

const PRIME = 0x01000193;
const WORD_SEED = 0x811c9dc5 | 0;
const PAIR_SEED = 0x2b9f6a1d;
const LETTERS_SEED = 0x5bd1e995;
const CUE_SEED = 0x3c6ef372;
/** Lengths of the runs of letters. */
export const SHORTEST_RUN = 3;
export const LONGEST_RUN = 5;
const SPACE = 32;
/** Longer words are cut: nothing that a person reads is. */
const LONGEST_WORD = 40;
/** Of what a word may be read as. */
const LONGEST_NAME = 7;

const slotOf = (hash: number): number => {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 13)) >>> (32 - SLOT_BITS);
};

/** The slot of a feature that is no n-gram: a rule that fired, a property of the surface. */
export function cueSlot(name: string): number {
  let hash = CUE_SEED;
  for (let index = 0; index < name.length; index++) hash = Math.imul(hash ^ name.charCodeAt(index), PRIME);
  return slotOf(hash);
}

/** The slot of a single word. */
export function wordSlot(word: string): number {
  let hash = WORD_SEED;
  for (let index = 0; index < word.length; index++) hash = Math.imul(hash ^ word.charCodeAt(index), PRIME);
  return slotOf(hash);
}

/** The features of one text, by block. Arrays are reused by the next reading. */
export interface Ngrams {
  /** Slots of words and pairs of words, then of runs of letters; one may come several times. */
  readonly slots: Int32Array;
  /** Where the words' slots end and where all end. */
  readonly words: number;
  readonly total: number;
  /** The text as it was read: words with a space before, between and after. */
  readonly units: Uint16Array;
  /** For each token the place of its first unit. */
  readonly starts: Int32Array;
  readonly length: number;
}

const NUMBER = "0";
/** A number says that it is one, not which; a group of people, that it is one. */
const wordOf = ({ alt, key }: Token): string => (alt === "_num" ? NUMBER : (GROUP_NAMES.get(key) ?? key));

/**
 * Reads tokens as hashed n-grams: words and pairs of neighbours, and every run of 3 to 5 units of the words joined by
 * spaces. In this order: for each token its word, then its pair with the one before; then for each place its runs,
 * shortest first. No string is built; linear.
 */
export function createNgramReader(): (tokens: readonly Token[]) => Ngrams {
  let slots = new Int32Array(4_096);
  let units = new Uint16Array(2_048);
  let starts = new Int32Array(512);
  return (tokens) => {
    if (starts.length < tokens.length) starts = new Int32Array(tokens.length * 2);
    let length = 1;
    for (let at = 0; at < tokens.length; at++) {
      length += Math.min(LONGEST_WORD, Math.max(LONGEST_NAME, (tokens[at] as Token).key.length)) + 1;
    }
    if (units.length < length) units = new Uint16Array(length * 2);
    const most = tokens.length * 2 + length * (LONGEST_RUN - SHORTEST_RUN + 1);
    if (slots.length < most) slots = new Int32Array(most * 2);

    units[0] = SPACE;
    length = 1;
    let count = 0;
    let before = 0;
    for (let at = 0; at < tokens.length; at++) {
      const key = wordOf(tokens[at] as Token);
      starts[at] = length;
      let hash = WORD_SEED;
      const end = Math.min(LONGEST_WORD, key.length);
      for (let index = 0; index < end; index++) {
        const unit = key.charCodeAt(index);
        units[length++] = unit;
        hash = Math.imul(hash ^ unit, PRIME);
      }
      units[length++] = SPACE;
      slots[count++] = slotOf(hash);
      if (at > 0) slots[count++] = slotOf(Math.imul(PAIR_SEED ^ before, PRIME) ^ hash);
      before = hash;
    }
    const words = count;
    for (let at = 0; at + SHORTEST_RUN <= length; at++) {
      let hash = LETTERS_SEED;
      const from = at + SHORTEST_RUN - 1;
      const end = Math.min(length, at + LONGEST_RUN);
      for (let next = at; next < from; next++) hash = Math.imul(hash ^ (units[next] as number), PRIME);
      for (let next = from; next < end; next++) {
        hash = Math.imul(hash ^ (units[next] as number), PRIME);
        slots[count++] = slotOf(hash);
      }
    }
    return { slots, words, total: count, units, starts, length };
  };
}
