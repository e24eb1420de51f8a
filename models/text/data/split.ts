import type { Split } from "./labelled-text.ts";

/** FNV-1a of UTF-16 units, 32 bits. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  // The low bits of FNV of short texts are poor: mix them.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

const CALIBRATE = 13;
const TEST = 10;

/** The split of a row of a set that has no test split of its own: a constant of `key`, so that order does not matter. */
export function splitOf(key: string): Split {
  const place = hashOf(key) % 100;
  return place < TEST ? "test" : place < TEST + CALIBRATE ? "calibrate" : "train";
}

/** The split of a row that its authors gave for training. */
export const trainOrCalibrate = (key: string): Split => (hashOf(key) % 100 < CALIBRATE ? "calibrate" : "train");
