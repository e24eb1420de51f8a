import { hash32, mix32 } from "../hash.ts";
import { normalise } from "../text/normalise.ts";

const MINIMA = 32;
const BANDS = 8;
const ROWS = MINIMA / BANDS;
const SHINGLE = 3;
/** Shorter texts ("great food, would come again") are alike by chance. */
const LEAST_TOKENS = 8;

/** MinHash of a text's word triples. `minima`: 32 of 0 to 2³²−1. `bands`: 8 keys, each of 4 minima. */
export interface TextSignature {
  readonly bands: readonly string[];
  readonly minima: readonly number[];
}

/** Words and numbers; scripts written without spaces give one token a character. */
const TOKEN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[\p{L}\p{M}\p{N}]+/gu;

const SEEDS = Array.from({ length: MINIMA }, (_, index) => mix32(index + 1));

/** The signature of a text, or undefined under 8 tokens. Linear in the text's length. */
export function signText(text: string): TextSignature | undefined {
  const tokens = (normalise(text).text.match(TOKEN) ?? []).map((token) => hash32(token));
  if (tokens.length < LEAST_TOKENS) return undefined;
  const minima = new Uint32Array(MINIMA).fill(0xffffffff);
  for (let at = 0; at + SHINGLE <= tokens.length; at++) {
    let shingle = 0;
    for (let word = 0; word < SHINGLE; word++) shingle = mix32(Math.imul(shingle, 31) + (tokens[at + word] ?? 0));
    for (let index = 0; index < MINIMA; index++) {
      const value = mix32(shingle ^ (SEEDS[index] ?? 0));
      if (value < (minima[index] ?? 0)) minima[index] = value;
    }
  }
  const list = [...minima];
  const bands = Array.from({ length: BANDS }, (_, band) =>
    hash32(list.slice(band * ROWS, (band + 1) * ROWS).join(","), band).toString(36),
  );
  return { bands, minima: list };
}

/** The share of word triples that two texts have in common, estimated from their minima; standard error about .09. */
export function jaccardEstimate(a: readonly number[], b: readonly number[]): number {
  let same = 0;
  for (let index = 0; index < MINIMA; index++) if (a[index] !== undefined && a[index] === b[index]) same++;
  return same / MINIMA;
}
