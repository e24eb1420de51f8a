import { hash32 } from "../../../shared/scoring/hash.ts";
import type { LabelledText } from "./labelled-text.ts";

/** Copies of training rows as a hurried or sly hand would write them. */
export const RESPELLED_SET = "touchstone_respelled";

const COPIED: ReadonlySet<string> = new Set(["jigsaw_wiki_subset", "jigsaw_robtest_binary"]);
const WORD = /[a-z]{4,20}/gi;
/** One word in three is respelled. */
const SPARED = 3;

/** An inner letter left out, two inner letters swapped, or an inner letter masked. */
function respell(word: string, choice: number): string {
  const at = 1 + ((choice >>> 2) % (word.length - 2));
  const kind = choice % 4;
  if (kind === 0) return `${word.slice(0, at)}*${word.slice(at + 1)}`;
  if (kind === 1 && at + 2 < word.length) return word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
  return word.slice(0, at) + word.slice(at + 1);
}

/** One copy of each short training row of Wikipedia's sets; which letters change is a constant of the row. */
export const respelledTexts = (rows: readonly LabelledText[]): LabelledText[] =>
  rows
    .filter(({ set, split, text }) => COPIED.has(set) && split === "train" && text.length <= 600)
    .map((row): LabelledText => {
      const text = row.text.replace(WORD, (word, place: number) => {
        const choice = hash32(`${row.id} ${place}`);
        return choice % SPARED === 0 ? respell(word, Math.floor(choice / SPARED)) : word;
      });
      return { ...row, id: `${RESPELLED_SET}:${row.id}`, set: RESPELLED_SET, text, group: row.id };
    });
