import { crc32 } from "node:zlib";
import type { LabelName } from "../../../domain/label.ts";

/** What the model estimates: labels of verdicts, and "toxic" as the raters of Wikipedia's comments used the word. */
export type Head = LabelName | "toxicity";

/**
 * Beta calibration (Kull, Silva Filho and Flach 2017): with s = 1 / (1 + exp(-margin)), the probability's log-odds are
 * yes · ln(s) - no · ln(1 - s) + offset. With yes = no it is Platt's.
 */
export interface Calibration {
  readonly yes: number;
  readonly no: number;
  readonly offset: number;
}

/** Parameters of one head. */
export interface HeadParameters {
  readonly head: Head;
  /** What one step of a weight is worth. */
  readonly scale: number;
  readonly bias: number;
  readonly calibration: Calibration;
  /** Least probability that is reported. */
  readonly report: number;
}

/** A text model as its file holds it. */
export interface TextWeights {
  readonly version: string;
  readonly slotBits: number;
  readonly heads: readonly HeadParameters[];
  /** Probability of `toxicity` from which on a post is flagged. */
  readonly flag: number;
  /** Slots that the model keeps, ascending; a row for each. */
  readonly slots: Int32Array;
  /** Rarity of each row in sixteenths. */
  readonly rarity: Uint8Array;
  /** Row by row one weight a head, times the row's rarity, in steps of the head's scale. */
  readonly weights: Int8Array;
}

const MAGIC = "TSTEXT01";
const PREFIX = MAGIC.length + 8;

interface Header extends Omit<TextWeights, "slots" | "rarity" | "weights"> {
  readonly rows: number;
}

/**
 * The file: magic, length of the header, length of the gaps (32 bits, little-endian), header (JSON), gaps between slots
 * (7 bits a byte, high bit for more), rarities, weights, CRC-32 of all before.
 */
export function encodeWeights({ slots, rarity, weights, ...parameters }: TextWeights): Uint8Array {
  const header = new TextEncoder().encode(JSON.stringify({ ...parameters, rows: slots.length } satisfies Header));
  const gaps: number[] = [];
  let before = -1;
  for (const slot of slots) {
    let gap = slot - before - 1;
    before = slot;
    for (; gap >= 128; gap >>>= 7) gaps.push((gap & 127) | 128);
    gaps.push(gap);
  }
  const file = new Uint8Array(PREFIX + header.length + gaps.length + rarity.length + weights.length + 4);
  const view = new DataView(file.buffer);
  file.set(new TextEncoder().encode(MAGIC));
  view.setUint32(MAGIC.length, header.length, true);
  view.setUint32(MAGIC.length + 4, gaps.length, true);
  let at = PREFIX;
  for (const part of [header, gaps, rarity, new Uint8Array(weights.buffer, weights.byteOffset, weights.length)]) {
    file.set(part, at);
    at += part.length;
  }
  view.setUint32(at, crc32(file.subarray(0, at)), true);
  return file;
}

/**
 * Reads what `encodeWeights` wrote. Arrays are views of `file`.
 * @throws Error where the file is cut, changed or of another kind.
 */
export function decodeWeights(file: Uint8Array): TextWeights {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const end = file.length - 4;
  const magic = new TextDecoder().decode(file.subarray(0, MAGIC.length));
  if (end < PREFIX || magic !== MAGIC) throw new Error("text weights: not a weights file of this kind");
  if (view.getUint32(end, true) !== crc32(file.subarray(0, end))) throw new Error("text weights: checksum differs");
  const headerLength = view.getUint32(MAGIC.length, true);
  const gapsLength = view.getUint32(MAGIC.length + 4, true);
  let at = PREFIX + headerLength;
  const { rows, ...parameters } = JSON.parse(new TextDecoder().decode(file.subarray(PREFIX, at))) as Header;
  if (at + gapsLength + rows * (1 + parameters.heads.length) !== end) throw new Error("text weights: sizes differ");
  const slots = new Int32Array(rows);
  let slot = -1;
  for (let row = 0; row < rows; row++) {
    let gap = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = file[at++] as number;
      gap |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    slot += gap + 1;
    slots[row] = slot;
  }
  const rarity = file.subarray(at, at + rows);
  const weights = new Int8Array(file.buffer, file.byteOffset + at + rows, rows * parameters.heads.length);
  return { ...parameters, slots, rarity, weights };
}
