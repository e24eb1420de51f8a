/** The likeliest language of one text. */
export interface LanguageGuess {
  /** ISO 639-1 code of the likeliest language, "" where no n-gram of the text is known. */
  readonly language: string;
  /** By how much its score an n-gram, about 20 to 110, exceeds that of the language asked about. */
  readonly lead: number;
  /** Distinct n-grams of the text. */
  readonly ngrams: number;
}

export interface LanguageModel {
  /** Which data it was packed from, as the file says: `eld@2.1.0-M60`. */
  readonly version: string;
  readonly languages: readonly string[];
  /** Linear in the first thousand units of the text; the rest is not read. Takes any string, keeps nothing of it. */
  guess(text: string, beside: string): LanguageGuess;
}

/** Guesses nothing: tags, function words and scripts alone decide. */
export const UNKNOWN_LANGUAGES: LanguageModel = {
  version: "none",
  languages: [],
  guess: () => ({ language: "", lead: 0, ngrams: 0 }),
};

const MAGIC = "touchstone-languages 1";
/** What eld subtracted from every score to keep its files small. */
const BASE_SCORE = 53;
/** As eld: no more is read than the first whitespace after these many bytes, or the hard end after these. */
const MOST_UNITS = 1000;
const SOFT_END = 350;
const HARD_END = 380;
const LONGEST_WORD = 70;
const GRAM = 4;
const STRIDE = 3;
const SEEN = 512;
/** First bits of a hash by which n-grams are found. */
const INDEX_BITS = 16;

const SPACE = 32;
const OFFSET = 2166136261;
const PRIME = 16777619;

/** 32-bit FNV-1a with the last bits mixed, over bytes; `seed` is chosen so that no two known n-grams share a hash. */
export function hashNgram(bytes: Uint8Array, from: number, to: number, edges: number, seed: number): number {
  let hash = OFFSET ^ seed;
  if ((edges & STARTS) !== 0) hash = Math.imul(hash ^ SPACE, PRIME);
  for (let index = from; index < to; index++) hash = Math.imul(hash ^ (bytes[index] as number), PRIME);
  if ((edges & ENDS) !== 0) hash = Math.imul(hash ^ SPACE, PRIME);
  hash ^= hash >>> 15;
  return hash >>> 0;
}
/** An n-gram stands at a word's beginning, at its end, at both or inside. */
export const STARTS = 1;
export const ENDS = 2;

const UNKNOWN = 0;
const LETTER = 1;
const OTHER = 2;
/** Filled as characters are met: asking the Unicode tables each time costs more than the rest. */
const kinds = new Uint8Array(65536);
const IS_LETTER = /^\p{L}$/u;

function isLetter(code: number): boolean {
  if (code < 128) return code >= 97 && code <= 122;
  const kind = kinds[code] as number;
  if (kind !== UNKNOWN) return kind === LETTER;
  const letter = IS_LETTER.test(String.fromCharCode(code));
  kinds[code] = letter ? LETTER : OTHER;
  return letter;
}

const isApostrophe = (code: number): boolean => code === 39 || code === 96 || code === 0x2019;

/** Appends one code unit below the surrogates as UTF-8; returns the new length. */
function encode(code: number, into: Uint8Array, at: number): number {
  let length = at;
  if (code < 0x80) into[length++] = code;
  else if (code < 0x800) {
    into[length++] = 0xc0 | (code >> 6);
    into[length++] = 0x80 | (code & 0x3f);
  } else {
    into[length++] = 0xe0 | (code >> 12);
    into[length++] = 0x80 | ((code >> 6) & 0x3f);
    into[length++] = 0x80 | (code & 0x3f);
  }
  return length;
}

/** The numbers of a file that stores the lowest byte first, whatever this machine does and wherever they begin. */
function littleEndian(bytes: Uint8Array): Uint32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const numbers = new Uint32Array(aligned.buffer, aligned.byteOffset, bytes.length / 4);
  if (new Uint8Array(Uint32Array.of(1).buffer)[0] === 1) return numbers;
  const view = new DataView(aligned.buffer, aligned.byteOffset);
  return numbers.map((_, index) => view.getUint32(4 * index, true));
}

/**
 * Reads a packed n-gram model: a line of text (kind, version, seed, n-grams, scores), a line of language codes, then, from the
 * next multiple of four bytes, hashes (u32, ascending), how many languages each n-gram speaks for (u8), and for each of
 * those the language's index and score (u8 each). Made by scripts/pack-languages.ts.
 * @throws Error where the bytes are no such file.
 */
export function parseLanguageModel(file: Uint8Array): LanguageModel {
  const firstEnd = file.indexOf(10);
  const secondEnd = file.indexOf(10, firstEnd + 1);
  const text = new TextDecoder();
  const head = text.decode(file.subarray(0, Math.max(0, firstEnd)));
  const fields = head.slice(MAGIC.length + 1).split(" ");
  const [version = "", seedField = "", ngramField = "", scoreField = ""] = fields;
  const [seed, ngramCount, scoreCount] = [Number(seedField), Number(ngramField), Number(scoreField)];
  const start = Math.ceil((secondEnd + 1) / 4) * 4;
  const sound =
    head.startsWith(`${MAGIC} `) && secondEnd > 0 && file.length === start + 5 * ngramCount + 2 * scoreCount;
  if (!sound) throw new Error("languages: expected a packed n-gram model, made by scripts/pack-languages.ts");
  const languages = text.decode(file.subarray(firstEnd + 1, secondEnd)).split(" ");
  const hashes = littleEndian(file.subarray(start, start + 4 * ngramCount));
  const counts = file.subarray(start + 4 * ngramCount, start + 5 * ngramCount);
  const pairs = file.subarray(start + 5 * ngramCount);
  // Where the n-grams begin whose hash has these first bits; they are in order, so that no table has to be built.
  const firsts = new Uint32Array(2 ** INDEX_BITS + 1);
  const offsets = new Uint32Array(ngramCount + 1);
  let bucket = 0;
  for (let index = 0; index < ngramCount; index++) {
    offsets[index + 1] = (offsets[index] as number) + (counts[index] as number);
    const own = (hashes[index] as number) >>> (32 - INDEX_BITS);
    while (bucket < own) firsts[++bucket] = index;
  }
  while (bucket < 2 ** INDEX_BITS) firsts[++bucket] = ngramCount;

  // Scratch of one guess: nothing of a text outlives the call but its bytes here, overwritten by the next.
  const bytes = new Uint8Array(HARD_END + 8);
  const scores = new Float64Array(languages.length);
  // No text of HARD_END bytes has more than 250 distinct n-grams, so that a free slot is always found.
  const seen = new Uint32Array(SEEN);
  const seenHash = new Uint32Array(SEEN);
  let turn = 0;
  let ngrams = 0;

  const isNew = (hash: number): boolean => {
    let slot = hash & (SEEN - 1);
    while (seen[slot] === turn) {
      if (seenHash[slot] === hash) return false;
      slot = (slot + 1) & (SEEN - 1);
    }
    seen[slot] = turn;
    seenHash[slot] = hash;
    return true;
  };
  const count = (from: number, to: number, edges: number): void => {
    const hash = hashNgram(bytes, from, to, edges, seed);
    if (!isNew(hash)) return;
    ngrams++;
    const own = hash >>> (32 - INDEX_BITS);
    const stop = firsts[own + 1] as number;
    let number = firsts[own] as number;
    while (number < stop && (hashes[number] as number) < hash) number++;
    if (number === stop || hashes[number] !== hash) return;
    const end = (offsets[number + 1] as number) * 2;
    for (let at = (offsets[number] as number) * 2; at < end; at += 2) {
      const language = pairs[at] as number;
      scores[language] = (scores[language] as number) + (pairs[at + 1] as number) + BASE_SCORE;
    }
  };
  const countWord = (from: number, to: number): void => {
    const length = Math.min(LONGEST_WORD, to - from);
    let at = 0;
    for (; at + GRAM < length; at += STRIDE) count(from + at, from + at + GRAM, at === 0 ? STARTS : 0);
    count(length < to - from ? from : from + Math.max(0, length - GRAM), to, at === 0 ? STARTS | ENDS : ENDS);
  };
  const read = (source: string): void => {
    let length = 0;
    let wordStart = 0;
    for (let index = 0; index < source.length && length <= HARD_END; index++) {
      const code = source.charCodeAt(index);
      const inside =
        isLetter(code) ||
        (isApostrophe(code) && (index + 1 === source.length || isLetter(source.charCodeAt(index + 1))));
      if (inside) length = encode(code, bytes, length);
      else if (length > wordStart) {
        countWord(wordStart, length);
        wordStart = length;
        if (length > SOFT_END) return;
      }
    }
    if (length > wordStart) countWord(wordStart, length);
  };

  return {
    version,
    languages,
    guess(source, beside) {
      turn++;
      ngrams = 0;
      scores.fill(0);
      read(source.slice(0, MOST_UNITS).toLowerCase());
      let best = 0;
      for (let index = 1; index < scores.length; index++) {
        if ((scores[index] as number) > (scores[best] as number)) best = index;
      }
      const highest = scores[best] ?? 0;
      const other = scores[languages.indexOf(beside)] ?? 0;
      return {
        language: highest === 0 ? "" : (languages[best] ?? ""),
        lead: (highest - other) / Math.max(1, ngrams),
        ngrams,
      };
    },
  };
}
