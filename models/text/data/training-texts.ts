import { join } from "node:path";
import { HATE_SETS } from "./hate-sets.ts";
import { JIGSAW_SETS } from "./jigsaw-sets.ts";
import { keyOf } from "./key-of.ts";
import type { LabelledText, TextSet } from "./labelled-text.ts";
import { OTHER_SETS } from "./other-sets.ts";
import { ownTexts } from "./own-texts.ts";
import { respelledTexts } from "./respelled-texts.ts";
import { hashOf } from "./split.ts";
import { TOXICITY_SETS } from "./toxicity-sets.ts";

/** Every set whose rows may train weights that ship, the one whose labels are trusted most first. */
export const TRAINING_SETS: readonly TextSet[] = [...JIGSAW_SETS, ...HATE_SETS, ...TOXICITY_SETS, ...OTHER_SETS];

const WINDOW = 5;

/** Hashes of every five words in a row of a key. */
function windowsOf(key: string): number[] {
  const words = key.split(" ");
  const windows: number[] = [];
  for (let at = 0; at + WINDOW <= words.length; at++) windows.push(hashOf(words.slice(at, at + WINDOW).join(" ")));
  return windows;
}

/** Share of a row's windows that stand in test rows from which on it is a piece of one. */
const LEAK = 0.8;

/**
 * One row a text: the first of equals, with the truth that later ones add where it has none. A text that is in a test
 * split anywhere stays there alone, and rows that are pieces of test rows (sets quote one another) are left out.
 */
export function deduplicate(rows: readonly LabelledText[]): LabelledText[] {
  const byKey = new Map<string, LabelledText>();
  for (const row of rows) {
    const key = keyOf(row.text);
    if (key === "") continue;
    const first = byKey.get(key);
    if (first === undefined) byKey.set(key, row);
    else if (row.split === "test" && first.split !== "test") byKey.set(key, row);
    else if (first.split !== "test") byKey.set(key, { ...first, truth: { ...row.truth, ...first.truth } });
  }
  const tested = new Set<number>();
  for (const [key, row] of byKey) {
    if (row.split === "test") for (const window of windowsOf(key)) tested.add(window);
  }
  const kept: LabelledText[] = [];
  for (const [key, row] of byKey) {
    if (row.split !== "test") {
      const windows = windowsOf(key);
      const known = windows.reduce((count, window) => count + (tested.has(window) ? 1 : 0), 0);
      if (windows.length > 0 && known >= LEAK * windows.length) continue;
    }
    kept.push(row);
  }
  return kept;
}

/**
 * All rows of all training sets and our own sentences, deduplicated across sets, then respelled copies of training rows, in
 * a constant order. Rows whose split is "test" are to be judged with, never fitted to.
 * @throws Error where a file is missing.
 */
export function readTrainingTexts(dataDirectory: string): LabelledText[] {
  const read = TRAINING_SETS.flatMap((set) => set.read(join(dataDirectory, set.name)));
  const rows = deduplicate([...read, ...ownTexts()]);
  return [...rows, ...respelledTexts(rows)];
}
