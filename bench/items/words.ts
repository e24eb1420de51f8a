import { pick } from "../../local/sample/seeded.ts";

export type Words = readonly [string, ...string[]];
export type Random = () => number;

const PEOPLE: Words = [
  "my sister",
  "the neighbour",
  "our coach",
  "a stranger",
  "the baker",
  "my old boss",
  "the twins",
  "her uncle",
  "the driver",
  "a student",
  "the gardener",
  "his mother",
];
const DID: Words = [
  "found",
  "mended",
  "painted",
  "carried",
  "borrowed",
  "forgot",
  "photographed",
  "sold",
  "baked",
  "planted",
  "returned",
  "measured",
  "cleaned",
  "wrapped",
  "sketched",
];
const THINGS: Words = [
  "the ladder",
  "a wooden boat",
  "two lamps",
  "the old radio",
  "a bag of plums",
  "our tent",
  "the kitchen clock",
  "three chairs",
  "a paper map",
  "the green kettle",
  "her violin",
  "a box of tiles",
  "the spare wheel",
  "some candles",
  "a long scarf",
];
const PLACES: Words = [
  "by the harbour",
  "behind the mill",
  "at the station",
  "in the attic",
  "near the viaduct",
  "on the ferry",
  "under the lime trees",
  "at the market",
  "beside the canal",
  "in the workshop",
  "outside the library",
  "on the top floor",
];
const TIMES: Words = [
  "this morning",
  "before lunch",
  "on Tuesday",
  "after the storm",
  "last winter",
  "at sunrise",
  "during the break",
  "late at night",
  "in early spring",
  "on the way home",
  "twice this week",
];
const CLOSINGS: Words = [
  "It took ages.",
  "Nobody minded.",
  "Worth the walk.",
  "Would do it again.",
  "The rest can wait.",
  "That was a surprise.",
  "More on Friday.",
  "So far, so good.",
  "We laughed a lot.",
  "It still works.",
];

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** An everyday sentence of about 60 characters that the text scorer has nothing to say about. */
export const sentence = (random: Random): string =>
  `${capital(pick(PEOPLE, random))} ${pick(DID, random)} ${pick(THINGS, random)} ${pick(PLACES, random)} ${pick(TIMES, random)}.`;

/** A short remark. */
export const closing = (random: Random): string => pick(CLOSINGS, random);

/** An insult that any policy flags. */
export const insult = (random: Random): string =>
  `${pick(["You are such a pathetic idiot", "What a stupid worthless moron you are", "Shut up, you miserable loser"], random)}, ${pick(PEOPLE, random)} ${pick(DID, random)} better ${pick(TIMES, random)}.`;

/** An id that no other item of the same prefix has. */
export const idOf = (prefix: string, index: number): string => `${prefix}${String(index).padStart(6, "0")}`;

/** A time `seconds` before `end`, as RFC 3339. */
export const before = (end: Date, seconds: number): string =>
  new Date(end.getTime() - Math.round(seconds) * 1000).toISOString();
