import { SLOT_BITS } from "../../../shared/scoring/text/model/ngrams.ts";
import { RARITY_STEPS } from "../../../shared/scoring/text/model/text-model.ts";
import type { SlotCorpus } from "./corpus.ts";

/** A corpus over the kept features only, as rows, with what each value is. */
export interface FeatureCorpus {
  /** Row of each feature, ascending slots. */
  readonly rows: Int32Array;
  readonly starts: Int32Array;
  readonly letters: Int32Array;
  readonly cues: Int32Array;
  /** Slot of each row. */
  readonly slots: Int32Array;
  /** Rarity of each row, 1 or more. */
  readonly rarity: Float32Array;
  /** Factor of each document's words, letter runs and cues. */
  readonly wordNorm: Float32Array;
  readonly letterNorm: Float32Array;
  readonly count: number;
}

/** Keeps the features that at least `fewest` training documents have. */
export function selectFeatures(
  corpus: SlotCorpus,
  isTrain: (document: number) => boolean,
  fewest: number,
): FeatureCorpus {
  const { slots, starts, count } = corpus;
  const documents = new Int32Array(1 << SLOT_BITS);
  let training = 0;
  for (let document = 0; document < count; document++) {
    if (!isTrain(document)) continue;
    training++;
    const end = starts[document + 1] as number;
    for (let at = starts[document] as number; at < end; at++) {
      const slot = slots[at] as number;
      documents[slot] = (documents[slot] as number) + 1;
    }
  }
  const rowOf = new Int32Array(1 << SLOT_BITS).fill(-1);
  const kept: number[] = [];
  for (let slot = 0; slot < documents.length; slot++) {
    if ((documents[slot] as number) < fewest) continue;
    rowOf[slot] = kept.length;
    kept.push(slot);
  }
  const rarity = new Float32Array(kept.length);
  // Smoothed inverse document frequency, as in Salton and Buckley 1988; quantised as the file will hold it.
  for (let row = 0; row < kept.length; row++) {
    const idf = 1 + Math.log((1 + training) / (1 + (documents[kept[row] as number] as number)));
    rarity[row] = Math.round(idf * RARITY_STEPS) / RARITY_STEPS;
  }
  const rows = new Int32Array(slots.length);
  const newStarts = new Int32Array(count + 1);
  const letters = new Int32Array(count);
  const cues = new Int32Array(count);
  const wordNorm = new Float32Array(count);
  const letterNorm = new Float32Array(count);
  let size = 0;
  const copy = (from: number, to: number): number => {
    let square = 0;
    for (let at = from; at < to; at++) {
      const row = rowOf[slots[at] as number] as number;
      if (row < 0) continue;
      rows[size++] = row;
      square += (rarity[row] as number) ** 2;
    }
    return square === 0 ? 0 : 1 / Math.sqrt(square);
  };
  for (let document = 0; document < count; document++) {
    newStarts[document] = size;
    wordNorm[document] = copy(starts[document] as number, corpus.letters[document] as number);
    letters[document] = size;
    letterNorm[document] = copy(corpus.letters[document] as number, corpus.cues[document] as number);
    cues[document] = size;
    copy(corpus.cues[document] as number, starts[document + 1] as number);
  }
  newStarts[count] = size;
  return {
    rows: rows.slice(0, size),
    starts: newStarts,
    letters,
    cues,
    slots: Int32Array.from(kept),
    rarity,
    wordNorm,
    letterNorm,
    count,
  };
}

/** Rows that some document has among its cues. */
export function cueRows(features: FeatureCorpus): Uint8Array {
  const marks = new Uint8Array(features.slots.length);
  for (let document = 0; document < features.count; document++) {
    const end = features.starts[document + 1] as number;
    for (let at = features.cues[document] as number; at < end; at++) marks[features.rows[at] as number] = 1;
  }
  return marks;
}
