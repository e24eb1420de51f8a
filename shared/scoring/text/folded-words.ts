import { normalise } from "./normalise.ts";

/** Addresses and names of others change from copy to copy. */
const CHANGING = /(?:https?:\/\/|www\.|@)\S+/gu;
const WORD = /[\p{L}\p{M}]+/gu;

/**
 * The words of a text as copies have them in common: folded, without numbers, marks, emoji, addresses and mentions.
 * Linear.
 */
export const foldedWords = (text: string): readonly string[] =>
  normalise(text).text.replace(CHANGING, " ").match(WORD) ?? [];
