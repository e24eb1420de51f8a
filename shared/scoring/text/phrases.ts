import type { Entry } from "./entry.ts";
import type { Lexicon } from "./lexicon.ts";
import { matchPattern, type Pattern } from "./pattern.ts";
import type { Token } from "./tokenise.ts";

/** A pattern found on tokens `[from, to)`. */
export interface PhraseHit {
  readonly entry: Entry;
  readonly from: number;
  readonly to: number;
}

/** Every pattern of the lexicon that begins at some token. Bounded work a token: patterns by first key. */
export function findPhrases(tokens: readonly Token[], lexicon: Lexicon): PhraseHit[] {
  const hits: PhraseHit[] = [];
  // The last sentence in which each element of the patterns found a word, counted from 1.
  const seenIn = new Int32Array(lexicon.elements);
  let sentence = 0;
  for (let start = 0; start < tokens.length; ) {
    sentence++;
    let end = start;
    do {
      const { key, alt } = tokens[end] as Token;
      note(key, lexicon, seenIn, sentence);
      if (alt !== "") note(alt, lexicon, seenIn, sentence);
      end++;
    } while (end < tokens.length && tokens[end]?.opens !== true);
    for (let from = start; from < end; from++) {
      const { key, alt } = tokens[from] as Token;
      begin(key, tokens, from, lexicon, seenIn, sentence, hits);
      if (alt !== "") begin(alt, tokens, from, lexicon, seenIn, sentence, hits);
    }
    start = end;
  }
  return hits;
}

function note(key: string, lexicon: Lexicon, seenIn: Int32Array, sentence: number): void {
  const accepting = lexicon.elementsOf.get(key);
  if (accepting === undefined) return;
  for (let index = 0; index < accepting.length; index++) seenIn[accepting[index] as number] = sentence;
}

function begin(
  key: string,
  tokens: readonly Token[],
  from: number,
  lexicon: Lexicon,
  seenIn: Int32Array,
  sentence: number,
  hits: PhraseHit[],
): void {
  const patterns = lexicon.patterns.get(key);
  if (patterns === undefined) return;
  next: for (let index = 0; index < patterns.length; index++) {
    const pattern = patterns[index] as Pattern;
    const { needs } = pattern;
    // Most patterns are done with here: their sentence holds no word of some element.
    for (let at = 0; at < needs.length; at++) if (seenIn[needs[at] as number] !== sentence) continue next;
    const to = matchPattern(pattern, tokens, from);
    if (to >= 0) hits.push({ entry: pattern.entry, from, to });
  }
}

const NEGATIONS_BEFORE = 3;
const REPORTS_BEFORE = 5;

const anyKey = (tokens: readonly Token[], from: number, to: number, keys: ReadonlySet<string> | undefined): boolean => {
  if (keys === undefined) return false;
  for (let index = Math.max(0, from); index < to; index++) if (keys.has(tokens[index]?.key ?? "")) return true;
  return false;
};

const sentenceStart = (tokens: readonly Token[], from: number, most: number): number => {
  let at = from;
  while (at > 0 && from - at < most && tokens[at]?.opens !== true) at--;
  return at;
};

/** A clause that opens with its subject carries its negation inside: "nobody cares, I want to die" denies nothing. */
const SUBJECTS: ReadonlySet<string> = new Set(["i", "we", "you", "u", "he", "she", "they"]);

/** True where the words from `from` to `to` are denied: "I will not hurt you", "don't kill yourself". */
export function isNegated(tokens: readonly Token[], from: number, to: number, lexicon: Lexicon): boolean {
  const start = SUBJECTS.has(tokens[from]?.key ?? "") ? from : sentenceStart(tokens, from, NEGATIONS_BEFORE);
  return anyKey(tokens, start, to, lexicon.classes.get("NEGATION"));
}

/** True where someone else's words are told: "he called me an idiot", or they stand between quotation marks. */
export const isReported = (tokens: readonly Token[], from: number, lexicon: Lexicon): boolean =>
  tokens[from]?.quoted === true ||
  anyKey(tokens, sentenceStart(tokens, from, REPORTS_BEFORE), from, lexicon.classes.get("REPORT"));
