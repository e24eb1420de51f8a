import type { Lexicon } from "../../../shared/scoring/text/lexicon.ts";
import { readLinks } from "../../../shared/scoring/text/links/read-links.ts";
import { cuesOf } from "../../../shared/scoring/text/model/cues.ts";
import { createNgramReader, SLOT_BITS } from "../../../shared/scoring/text/model/ngrams.ts";
import { readText } from "../../../shared/scoring/text/read-text.ts";

/** Distinct slots of every text: document `d` has words in `[starts[d], letters[d])`, letter runs up to `cues[d]`, cues up to `starts[d + 1]`. */
export interface SlotCorpus {
  readonly slots: Int32Array;
  readonly starts: Int32Array;
  readonly letters: Int32Array;
  readonly cues: Int32Array;
  readonly count: number;
}

/** Longer texts are cut for training: one of them would weigh as much as a hundred posts. */
export const LONGEST_TEXT = 2_000;

/** Reads texts into slots, in order. `progress` is told how many are done. */
export function readCorpus(texts: readonly string[], lexicon: Lexicon, progress: (done: number) => void): SlotCorpus {
  let slots = new Int32Array(1 << 22);
  let size = 0;
  const starts = new Int32Array(texts.length + 1);
  const letters = new Int32Array(texts.length);
  const cues = new Int32Array(texts.length);
  const seen = new Int32Array(1 << SLOT_BITS);
  const read = createNgramReader();
  let stamp = 0;
  const add = (slot: number): void => {
    if (seen[slot] === stamp) return;
    seen[slot] = stamp;
    slots[size++] = slot;
  };
  for (let index = 0; index < texts.length; index++) {
    const text = (texts[index] as string).slice(0, LONGEST_TEXT);
    const links = readLinks(text);
    const reading = readText(text, links.claimed, links.features.links_total ?? 0, lexicon);
    const ngrams = read(reading.tokens);
    if (size + ngrams.total + 256 > slots.length) {
      const larger = new Int32Array(slots.length * 2);
      larger.set(slots);
      slots = larger;
    }
    starts[index] = size;
    stamp++;
    for (let at = 0; at < ngrams.words; at++) add(ngrams.slots[at] as number);
    letters[index] = size;
    // A slot may stand in two blocks: collisions within a text must not move a feature to another block.
    stamp++;
    for (let at = ngrams.words; at < ngrams.total; at++) add(ngrams.slots[at] as number);
    cues[index] = size;
    stamp++;
    for (const slot of cuesOf({ text, lexicon, ...reading })) add(slot);
    if ((index + 1) % 20_000 === 0) progress(index + 1);
  }
  starts[texts.length] = size;
  return { slots: slots.slice(0, size), starts, letters, cues, count: texts.length };
}
