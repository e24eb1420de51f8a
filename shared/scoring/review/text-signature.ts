import { hash32, mix32 } from "../hash.ts";
import { normalise } from "../text/normalise.ts";

const MINIMA = 32;
// Every band is a write. Six of three find what eight of four find (.986 of pairs at J = .8, .55 at .5), at the price of
// twice as many candidates, which are read anyway and cost nothing.
const BANDS = 6;
const ROWS = 3;
const SHINGLE = 3;
/** Shorter texts ("great food, would come again") are alike by chance. */
const LEAST_TOKENS = 8;

/** MinHash of a text's word triples. `minima`: 32 of 0 to 2³²−1. `bands`: 6 keys, each of 3 minima. */
export interface TextSignature {
  readonly bands: readonly string[];
  readonly minima: readonly number[];
}

/** Words and numbers; scripts written without spaces give one token a character. */
export const TOKEN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[\p{L}\p{M}\p{N}]+/gu;

const SEEDS = Array.from({ length: MINIMA }, (_, index) => mix32(index + 1));

/** A digit between letters that stands for a letter: a vowel, mostly, which the skeleton leaves out. */
const INSIDE = /(?<=\p{L})[0134](?=\p{L})/gu;
const VOWELS = "aeiouy";

/**
 * A word by what respelling leaves of it: its consonants, no letter twice, digits between letters left out as the
 * vowels that they stand for. A copy with a doubled, dropped or swapped vowel or a "gre4t" keeps its triples; two words
 * that fall together ("boat", "bite") do no harm where three in a row are compared.
 */
function skeleton(word: string): string {
  let bones = "";
  for (const sign of word.replace(INSIDE, "")) {
    const bone = VOWELS.includes(sign) ? (bones === "" ? "a" : "") : sign;
    if (bone !== bones.at(-1) || (bone >= "0" && bone <= "9")) bones += bone;
  }
  return bones;
}

/** The signature of a text, or undefined under 8 tokens. Linear in the text's length. */
export function signText(text: string): TextSignature | undefined {
  const plain = normalise(text).text.replaceAll("@", "a").replaceAll("$", "s");
  const tokens = (plain.match(TOKEN) ?? []).map((token) => hash32(skeleton(token)));
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

/** The share of word triples that two texts have in common, estimated from their minima; standard error about .09 for 32. */
export function jaccardEstimate(a: readonly number[], b: readonly number[]): number {
  let same = 0;
  for (let index = 0; index < a.length; index++) if (a[index] === b[index]) same++;
  return a.length === 0 ? 0 : same / a.length;
}
