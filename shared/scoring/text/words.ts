import type { Entry } from "./entry.ts";
import { type Lexicon, squeeze } from "./lexicon.ts";
import type { Token } from "./tokenise.ts";

/** One token that the lexicon knows. */
export interface WordHit {
  readonly index: number;
  readonly entry: Entry;
}

export interface WordReading {
  /** The tokens, with spaced letters joined and disguised words in their plain spelling. */
  readonly tokens: readonly Token[];
  readonly hits: readonly WordHit[];
}

const LEET = new Map<string, string>([
  ["0", "o"],
  ["1", "i"],
  ["3", "e"],
  ["4", "a"],
  ["5", "s"],
  ["7", "t"],
  ["8", "b"],
  ["9", "g"],
  ["@", "a"],
  ["$", "s"],
  ["!", "i"],
  ["+", "t"],
  ["|", "l"],
]);
/** Longer tokens are no words: only their stems are looked for. */
const LONGEST_WORD = 32;
const LONGEST_JOINED = 14;
const SHORTEST_JOINED = 4;
const SHORTEST_COMPOUND = 6;

const MASK = /[*#]/;
const NOT_LETTER = /[^a-z]/;
const ANY_LETTER = /[a-z]/;
const DOUBLED = /(.)\1/s;
const TRIPLED = /(.)\1\1/s;
const STRETCH = /(.)\1+/gs;

/** What words are read by: the lexicon, and whether a spelling is an ordinary word that the lexicon need not know. */
interface Known {
  readonly lexicon: Lexicon;
  readonly isWord: IsWord | undefined;
}

/** True for the spellings of ordinary words; may be wrong now and then. */
export type IsWord = (spelling: string) => boolean;

const knows = ({ lexicon, isWord }: Known, word: string): boolean =>
  lexicon.words.has(word) || lexicon.vocabulary.has(word) || isWord?.(word) === true;

function unleet(raw: string, one: string): string {
  let plain = "";
  for (const sign of raw) plain += sign === "1" || sign === "|" || sign === "!" ? one : (LEET.get(sign) ?? sign);
  return plain;
}

/** True where every run of the same letter in `word` is at least as long as in `known`; both squeeze to the same. */
function stretches(word: string, known: string): boolean {
  let at = 0;
  for (let index = 0; index < known.length; ) {
    const letter = known[index];
    let wanted = 0;
    while (known[index] === letter && index < known.length) {
      wanted++;
      index++;
    }
    let found = 0;
    while (word[at] === letter && at < word.length) {
      found++;
      at++;
    }
    if (found < wanted) return false;
  }
  return at === word.length;
}

function unstretch(word: string, lexicon: Lexicon): string | undefined {
  const tripled = TRIPLED.test(word);
  if (!tripled && !DOUBLED.test(word)) return undefined;
  let best: string | undefined;
  for (const known of lexicon.squeezed.get(squeeze(word)) ?? []) {
    // Doubled letters are ordinary English (looser, assess): one pair is a stretch only of an unmistakable word.
    const plausible = tripled || (isUnmistakable(lexicon.words.get(known)) && !DOUBLED.test(known));
    if (plausible && stretches(word, known) && (best === undefined || known.length > best.length)) best = known;
  }
  return best;
}

const isUnmistakable = (entry: Entry | undefined): boolean => entry !== undefined && entry.weight >= 0.9;

function unmask(raw: string, lexicon: Lexicon): string | undefined {
  if (raw.length < 3 || NOT_LETTER.test(raw[0] ?? "")) return undefined;
  for (const known of lexicon.masked.get(`${raw[0]}${raw.length}`) ?? []) {
    let fits = true;
    for (let index = 1; fits && index < raw.length; index++) {
      const sign = raw[index] ?? "";
      fits = sign === known[index] || MASK.test(sign);
    }
    if (fits) return known;
  }
  return undefined;
}

/** The ordinary word that a stretched one is, with each run of letters as two or as one. */
function slacken(word: string, isWord: IsWord): string | undefined {
  if (!TRIPLED.test(word)) return undefined;
  for (const kept of ["$1$1", "$1"]) {
    const plain = word.replace(STRETCH, kept);
    if (isWord(plain)) return plain;
  }
  return undefined;
}

/** The known word behind a disguised token, or undefined. */
function reveal(raw: string, known: Known): string | undefined {
  const { lexicon, isWord } = known;
  if (raw.length > LONGEST_WORD) return undefined;
  let word = raw;
  if (NOT_LETTER.test(raw) && ANY_LETTER.test(raw)) {
    if (MASK.test(raw)) {
      const trimmed = raw.replace(/[*]{1,32}$/, "");
      return knows(known, trimmed) && !MASK.test(trimmed) && trimmed.length > 2 ? trimmed : unmask(raw, lexicon);
    }
    for (const one of ["i", "l"]) {
      word = unleet(raw, one);
      if (knows(known, word)) return word;
    }
    word = unleet(raw, "i");
  }
  if (NOT_LETTER.test(word)) return undefined;
  const stretched = unstretch(word, lexicon);
  if (stretched !== undefined || isWord === undefined || isWord(raw)) return stretched;
  return slacken(word, isWord) ?? lexicon.slips.get(word);
}

/** The stem that a longer word is built on: clusterfuck, bullshitter. */
function compoundOf(word: string, lexicon: Lexicon): Entry | undefined {
  if (word.length < SHORTEST_COMPOUND || lexicon.compound === undefined || lexicon.allowed.has(word)) return undefined;
  const stem = lexicon.compound.exec(word)?.[0];
  return stem === undefined ? undefined : lexicon.compounds.get(stem);
}

const isSingle = (token: Token | undefined): token is Token =>
  token !== undefined && token.key.length === 1 && token.alt !== "_mention";

/** Joins letters that stand alone into the known words that they spell; other tokens stay. */
function joinSpaced(tokens: readonly Token[], known: Known): readonly Token[] {
  let joined: Token[] | undefined;
  for (let index = 0; index < tokens.length; ) {
    let end = index;
    // Letters further apart than "f . u" are initials or a list, not one word.
    while (isSingle(tokens[end]) && (end === index || gapBefore(tokens, end) <= 3)) end++;
    if (end - index < 3) {
      const stop = Math.max(end, index + 1);
      if (joined !== undefined) for (let at = index; at < stop; at++) joined.push(tokens[at] as Token);
      index = stop;
      continue;
    }
    joined ??= tokens.slice(0, index);
    readRun(tokens.slice(index, end), known, joined);
    index = end;
  }
  return joined ?? tokens;
}

const gapBefore = (tokens: readonly Token[], index: number): number =>
  (tokens[index]?.start ?? 0) - (tokens[index - 1]?.end ?? 0);

/** True where these letters of a run are a listed word, or all of the run an ordinary one: pieces of it are chance. */
function spells({ lexicon, isWord }: Known, letters: string, at: number, length: number): boolean {
  const word = letters.slice(at, at + length);
  if (lexicon.words.has(word) || lexicon.vocabulary.has(word)) return true;
  return length === letters.length && isWord?.(word) === true;
}

function readRun(run: readonly Token[], known: Known, into: Token[]): void {
  const letters = run.map((token) => LEET.get(token.key) ?? token.key).join("");
  for (let at = 0; at < run.length; ) {
    const first = run[at] as Token;
    const left = run.length - at;
    // "8 0 0 8" is a number, "b 0 0 b" is not.
    let length = NOT_LETTER.test(first.key) ? 1 : Math.min(LONGEST_JOINED, left);
    while (length >= SHORTEST_JOINED && !spells(known, letters, at, length)) length--;
    // Three letters spell too many things by chance, unless nothing else is left.
    if (length < SHORTEST_JOINED) length = length > 1 && left === 3 && spells(known, letters, at, 3) ? 3 : 1;
    // Stops between the letters of a run, as in f.u.c.k, end no sentence.
    const opens = at === 0 && first.opens;
    if (length === 1) into.push({ ...first, opens });
    else {
      const end = (run[at + length - 1] as Token).end;
      into.push({ ...first, key: letters.slice(at, at + length), alt: "", end, opens, disguised: true });
    }
    at += length;
  }
}

/**
 * Reads each token against the lexicon through its disguises. Changes `alt`, `key` and `disguised` of the tokens.
 * @param isWord where given, disguised ordinary words are read too, and slips of known ones that are no word themselves.
 */
export function readWords(source: readonly Token[], lexicon: Lexicon, isWord?: IsWord): WordReading {
  const known: Known = { lexicon, isWord };
  const tokens = joinSpaced(source, known);
  const hits: WordHit[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] as Token;
    let entry: Entry | undefined;
    if (token.alt === "_mention") {
      // "@sshole" is a word in disguise; a handle that merely looks like one is not.
      const word = `a${token.key.slice(1)}`;
      entry = token.key.length <= LONGEST_WORD ? lexicon.words.get(word) : undefined;
      if (entry === undefined) continue;
      token.key = word;
      token.disguised = true;
    } else if (token.alt === "" && token.key.charCodeAt(0) !== 95) {
      entry = lexicon.words.get(token.key);
      if (entry === undefined && !lexicon.vocabulary.has(token.key)) {
        const plain = reveal(token.key, known);
        if (plain === undefined) entry = compoundOf(token.key, lexicon);
        else {
          token.key = plain;
          token.disguised = true;
          entry = lexicon.words.get(plain);
        }
      }
    }
    if (entry === undefined) continue;
    token.alt = `%${entry.label}`;
    hits.push({ index, entry });
  }
  return { tokens, hits };
}
