import type { Token } from "../tokenise.ts";
import { createNgramReader, LONGEST_RUN, SHORTEST_RUN, SLOT_BITS, wordSlot } from "./ngrams.ts";
import type { Calibration, Head, HeadParameters, TextWeights } from "./weights-file.ts";

/** Factor of a cue, whatever else the text holds; a cue's rarity counts as `CUE_RARITY`. */
export const CUE_VALUE = 0.25;
export const CUE_RARITY = 4;
export const RARITY_STEPS = 16;

/** Margins of all heads, in the order of `heads`; the array is reused by the next reading. */
export type Margins = Float64Array;

export interface TextModel {
  readonly version: string;
  readonly heads: readonly HeadParameters[];
  /** Probability of `toxicity` from which on a post is flagged. */
  readonly flag: number;
  /** Linear in the number of tokens. `cues` as of `cuesOf`. */
  readonly margins: (tokens: readonly Token[], cues: readonly number[]) => Margins;
  /** Calibrated, 0 to 1. */
  readonly probability: (head: number, margin: number) => number;
  /** True for words that were common enough in training; now and then for others. */
  readonly isWord: (spelling: string) => boolean;
  /** Place of a head, or -1. */
  readonly indexOf: (head: Head) => number;
  /** What each token adds to a head's margin, at their places; cues are not shared out. */
  readonly shares: (tokens: readonly Token[], head: number) => Float64Array;
}

const LEAST = 1e-6;
const sigmoid = (margin: number): number => 1 / (1 + Math.exp(-margin));

/** The two numbers that a calibration weighs: how near a margin's own probability is to 1 and to 0. */
export function calibrationInputs(margin: number): readonly [number, number] {
  const own = Math.min(1 - LEAST, Math.max(LEAST, sigmoid(margin)));
  return [Math.log(own), -Math.log(1 - own)];
}

function calibrated({ yes, no, offset }: Calibration, margin: number): number {
  const [near, far] = calibrationInputs(margin);
  return sigmoid(yes * near + no * far + offset);
}

/** Number of bits set, as in Warren, "Hacker's Delight". */
function bitCount(bits: number): number {
  let rest = bits - ((bits >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** For each 32 slots which are kept, and how many are kept before them. */
function indexSlots(slots: Int32Array, slotBits: number): Int32Array {
  const index = new Int32Array(2 << (slotBits - 5));
  for (const slot of slots) {
    const place = (slot >>> 5) << 1;
    index[place] = (index[place] as number) | (1 << (slot & 31));
  }
  let before = 0;
  for (let place = 0; place < index.length; place += 2) {
    index[place + 1] = before;
    before += bitCount(index[place] as number);
  }
  return index;
}

/**
 * A linear model over hashed n-grams. Words and letter runs are two blocks, each scaled to length 1 with rarer features
 * longer; a feature counts once, however often it comes.
 */
export function createTextModel(file: TextWeights): TextModel {
  const { heads } = file;
  if (file.slotBits !== SLOT_BITS) throw new Error("text weights: made for another width of hashes");
  const width = heads.length;
  const index = indexSlots(file.slots, file.slotBits);
  // A row's rarity stands beside its weights, so that reading a feature touches one line of the cache.
  const stride = width + 1;
  const table = new Int8Array(file.slots.length * stride);
  for (let row = 0; row < file.slots.length; row++) {
    table[row * stride] = (file.rarity[row] as number) - 128;
    for (let head = 0; head < width; head++) {
      table[row * stride + 1 + head] = file.weights[row * width + head] as number;
    }
  }
  const scales = Float64Array.from(heads, ({ scale }) => scale);
  const biases = Float64Array.from(heads, ({ bias }) => bias);
  const seen = new Uint16Array(file.slots.length);
  let stamp = 0;
  const read = createNgramReader();
  const margins = new Float64Array(width);
  const block = new Float64Array(width);

  const rowOf = (slot: number): number => {
    const place = (slot >>> 5) << 1;
    const bits = index[place] as number;
    const bit = 1 << (slot & 31);
    return (bits & bit) === 0 ? -1 : (index[place + 1] as number) + bitCount(bits & (bit - 1));
  };

  const nextStamp = (): void => {
    if (stamp === 0xffff) {
      seen.fill(0);
      stamp = 0;
    }
    stamp++;
  };

  /** Adds a block's rows to `block`; its squared length in sixteenths. */
  const addBlock = (slots: ArrayLike<number>, from: number, to: number): number => {
    block.fill(0);
    nextStamp();
    let square = 0;
    for (let at = from; at < to; at++) {
      const slot = slots[at] as number;
      const place = (slot >>> 5) << 1;
      const bits = index[place] as number;
      const bit = 1 << (slot & 31);
      if ((bits & bit) === 0) continue;
      const row = (index[place + 1] as number) + bitCount(bits & (bit - 1));
      if (seen[row] === stamp) continue;
      seen[row] = stamp;
      let cell = row * stride;
      const rare = (table[cell] as number) + 128;
      square += rare * rare;
      for (let head = 0; head < width; head++) block[head] = (block[head] as number) + (table[++cell] as number);
    }
    return square;
  };

  const addScaled = (factor: number): void => {
    for (let head = 0; head < width; head++) {
      margins[head] = (margins[head] as number) + (block[head] as number) * factor * (scales[head] as number);
    }
  };
  const norm = (square: number): number => (square === 0 ? 0 : RARITY_STEPS / Math.sqrt(square));

  return {
    version: file.version,
    heads,
    flag: file.flag,
    isWord: (spelling) => rowOf(wordSlot(spelling)) >= 0,
    indexOf: (head) => heads.findIndex((one) => one.head === head),
    margins: (tokens, cues) => {
      const ngrams = read(tokens);
      margins.set(biases);
      addScaled(norm(addBlock(ngrams.slots, 0, ngrams.words)));
      addScaled(norm(addBlock(ngrams.slots, ngrams.words, ngrams.total)));
      addBlock(cues, 0, cues.length);
      addScaled(CUE_VALUE / CUE_RARITY);
      return margins;
    },
    probability: (head, margin) => {
      const { calibration } = heads[head] as HeadParameters;
      return calibrated(calibration, margin);
    },
    shares: (tokens, head) => {
      const ngrams = read(tokens);
      const { slots, words, total, starts, length } = ngrams;
      const shares = new Float64Array(tokens.length);
      const scale = heads[head]?.scale ?? 0;
      const give = (token: number, amount: number): void => {
        if (token >= 0 && token < tokens.length) shares[token] = (shares[token] as number) + amount;
      };
      const wordNorm = norm(addBlock(slots, 0, words));
      nextStamp();
      for (let at = 0; at < words; at++) {
        const row = rowOf(slots[at] as number);
        if (row < 0 || seen[row] === stamp) continue;
        seen[row] = stamp;
        const amount = (table[row * stride + 1 + head] as number) * scale * wordNorm;
        // Slot 0 is the first word; then each token has its word and its pair with the one before.
        const token = (at + 1) >> 1;
        if (at > 0 && (at & 1) === 0) {
          give(token - 1, amount / 2);
          give(token, amount / 2);
        } else give(token, amount);
      }
      const letterNorm = norm(addBlock(slots, words, total));
      nextStamp();
      const owner = new Int32Array(length).fill(-1);
      for (let token = 0; token < tokens.length; token++) {
        const end = token + 1 < tokens.length ? (starts[token + 1] as number) - 1 : length - 1;
        owner.fill(token, starts[token], end);
      }
      let at = words;
      for (let from = 0; from + SHORTEST_RUN <= length; from++) {
        const last = Math.min(length, from + LONGEST_RUN);
        for (let to = from + SHORTEST_RUN; to <= last; to++) {
          const row = rowOf(slots[at++] as number);
          if (row < 0 || seen[row] === stamp) continue;
          seen[row] = stamp;
          const amount = ((table[row * stride + 1 + head] as number) * scale * letterNorm) / (to - from);
          for (let unit = from; unit < to; unit++) give(owner[unit] as number, amount);
        }
      }
      return shares;
    },
  };
}
