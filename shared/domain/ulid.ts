import { createHash } from "node:crypto";

// Crockford's base 32: its characters sort as their values do, and none is taken for another.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const TIME_LENGTH = 10;
const TAIL_LENGTH = 16;
export const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** @param milliseconds since 1970, below 2^48. @returns ten characters that sort by time. */
function timeOf(milliseconds: number): string {
  let rest = milliseconds;
  let text = "";
  for (let place = 0; place < TIME_LENGTH; place += 1) {
    text = ALPHABET.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

/** Sixteen characters that follow from a text alone. */
function tailOf(of: string): string {
  const digest = createHash("sha256").update(of).digest();
  let text = "";
  for (let place = 0; place < TAIL_LENGTH; place += 1) text += ALPHABET.charAt(digest.readUInt8(place) % 32);
  return text;
}

/** A ULID of this time whose other half follows from `of` instead of chance: the same thing at the same time is one. */
export const ulidOf = (at: Date, of: string): string => timeOf(at.getTime()) + tailOf(of);

/** Below every ULID of this time or later, and above every earlier one. */
export const lowestUlid = (at: Date): string => timeOf(at.getTime()) + "0".repeat(TAIL_LENGTH);

/** The one that was made later. */
export const laterUlid = (one: string, other: string): string => [one, other].sort()[1] ?? one;

/** The one that was made earlier. */
export const earlierUlid = (one: string, other: string): string => (laterUlid(one, other) === one ? other : one);

/** When it was made, in milliseconds since 1970. */
export function ulidTime(ulid: string): number {
  let time = 0;
  for (const character of ulid.slice(0, TIME_LENGTH)) time = time * 32 + ALPHABET.indexOf(character);
  return time;
}

/** The half of a ULID that says what it is of. */
export const ulidTail = (ulid: string): string => ulid.slice(TIME_LENGTH);
