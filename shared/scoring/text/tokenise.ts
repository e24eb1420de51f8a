import type { Span } from "../../domain/label.ts";
import { type Normalised, originalSpan } from "./normalise.ts";

/** One word, number, mention, link or address of a text. Written to while it is read, then left alone. */
export interface Token {
  /** What it reads as: a lower-case word without apostrophes, digits, `_link`, `_email` or `_mention`. */
  key: string;
  /** A second key that patterns may ask for: `_num`, or `%label` once the lexicon knows the word. "" for none. */
  alt: string;
  /** `[start, end)` in UTF-16 units of the original. */
  readonly start: number;
  readonly end: number;
  /** True when a sentence begins here. */
  opens: boolean;
  /** Stands between quotation marks, with words of the writer around them. */
  quoted: boolean;
  /** Read through a disguise: leetspeak, spaced, stretched or masked letters. */
  disguised: boolean;
}

/** A stretch of the original that another analyser has read: it becomes one token. */
export interface Claimed {
  readonly span: Span;
  readonly key: "_link" | "_email";
}

const SPACE = 0;
const LETTER = 1;
const DIGIT = 2;
/** Stands for a letter inside a word: $ @ ! * + | # */
const SYMBOL = 3;
const APOSTROPHE = 4;
const STOP = 5;
const QUOTE = 6;

const KIND = new Uint8Array(128);
for (let code = 97; code <= 122; code++) KIND[code] = LETTER;
for (let code = 48; code <= 57; code++) KIND[code] = DIGIT;
for (const sign of "$@!*+|#") KIND[sign.charCodeAt(0)] = SYMBOL;
for (const sign of ".?;\n\r") KIND[sign.charCodeAt(0)] = STOP;
KIND["'".charCodeAt(0)] = APOSTROPHE;
KIND['"'.charCodeAt(0)] = QUOTE;

const kindAt = (text: string, index: number): number => {
  const code = text.charCodeAt(index);
  return code < 128 ? (KIND[code] ?? SPACE) : code >= 128 ? LETTER : SPACE;
};
const inWord = (kind: number): boolean => kind >= LETTER && kind <= APOSTROPHE;
const solid = (kind: number): boolean => kind === LETTER || kind === DIGIT;

/** What an apostrophe's ending stands for; each becomes a token of its own. */
const ENDINGS: ReadonlyMap<string, string> = new Map([
  ["re", "are"],
  ["m", "am"],
  ["ll", "will"],
  ["ve", "have"],
  ["d", "would"],
]);
const IS_BEFORE_S = new Set(["he", "she", "it", "that", "this", "what", "who", "there", "here", "how", "where", "u"]);
const RUN_TOGETHER: ReadonlyMap<string, readonly [string, string]> = new Map([
  ["youre", ["you", "are"]],
  ["im", ["i", "am"]],
  ["hes", ["he", "is"]],
  ["shes", ["she", "is"]],
  ["theyre", ["they", "are"]],
  ["whats", ["what", "is"]],
  ["youll", ["you", "will"]],
  ["imma", ["i", "gonna"]],
  ["ima", ["i", "gonna"]],
]);

/** The one or two words that `raw` stands for: you're → you are, don't → dont, united's → united. */
function expand(raw: string): readonly string[] {
  const apostrophe = raw.lastIndexOf("'");
  if (apostrophe <= 0) return RUN_TOGETHER.get(raw) ?? [raw];
  const head = raw.slice(0, apostrophe);
  const tail = raw.slice(apostrophe + 1);
  const ending = ENDINGS.get(tail);
  if (ending !== undefined) return [head, ending];
  if (tail === "s") return IS_BEFORE_S.has(head) ? [head, "is"] : [head];
  const joined = raw.replaceAll("'", "");
  return RUN_TOGETHER.get(joined) ?? [joined];
}

const LONGEST_QUOTE = 400;
/** Fewer own words than this around a quotation, and the marks are a wrapping: nobody gets milder by putting them. */
const OWN_WORDS_AROUND_QUOTE = 3;

/** Splits a folded text into tokens, in order. `claimed` must be sorted by start. Linear. */
export function tokenise(normalised: Normalised, claimed: readonly Claimed[]): Token[] {
  const { text, starts } = normalised;
  const tokens: Token[] = [];
  let opens = true;
  let nextClaim = 0;
  let quoteEnd = -1;
  const add = (key: string, alt: string, start: number, end: number, at: number): void => {
    tokens.push({ key, alt, start, end, opens, quoted: at < quoteEnd, disguised: false });
    opens = false;
  };

  for (let index = 0; index < text.length; ) {
    const claim = claimed[nextClaim];
    const original = starts === undefined ? index : (starts[index] ?? 0);
    if (claim !== undefined && original >= claim.span[0]) {
      nextClaim++;
      add(claim.key, "", claim.span[0], claim.span[1], index);
      while (index < text.length && (starts === undefined ? index : (starts[index] ?? 0)) < claim.span[1]) index++;
      continue;
    }
    const kind = kindAt(text, index);
    const sign = text[index];
    // "$hit" is a word, "$500" an amount.
    const begins =
      solid(kind) ||
      (sign === "@" && solid(kindAt(text, index + 1))) ||
      (sign === "$" && kindAt(text, index + 1) === LETTER);
    if (!begins) {
      if (kind === STOP || (kind === SYMBOL && sign === "!")) opens = true;
      if (kind === QUOTE && index >= quoteEnd) {
        const close = text.slice(index + 1, index + 1 + LONGEST_QUOTE).indexOf('"');
        // A mark without its partner, as in 6" or a slip, quotes nothing.
        quoteEnd = close < 0 ? -1 : index + close + 2;
      }
      index++;
      continue;
    }
    const stop = claim?.span[0] ?? Number.POSITIVE_INFINITY;
    let end = index + 1;
    const mention = sign === "@";
    while (end < text.length && (starts === undefined ? end : (starts[end] ?? 0)) < stop) {
      const next = kindAt(text, end);
      if (!(mention ? solid(next) || text[end] === "_" : inWord(next))) break;
      end++;
    }
    let last = end;
    while (last > index + 1 && !solid(kindAt(text, last - 1)) && text[last - 1] !== "*" && text[last - 1] !== "$")
      last--;
    // Asterisks on both sides are emphasis; at the end alone they mask letters.
    if (text[index - 1] === "*") while (last > index + 1 && text[last - 1] === "*") last--;
    const [start, finish] = originalSpan(normalised, index, last);
    const raw = text.slice(index, last);
    if (mention) add(raw, "_mention", start, finish, index);
    else for (const key of expand(raw)) add(key, isNumber(key) ? "_num" : "", start, finish, index);
    // "stop!" ends a sentence, although its sign could have stood for a letter.
    if (text.slice(last, end).includes("!")) opens = true;
    index = end;
  }
  if (tokens.some((token) => token.quoted) && tokens.filter((token) => !token.quoted).length < OWN_WORDS_AROUND_QUOTE) {
    for (const token of tokens) token.quoted = false;
  }
  return tokens;
}

function isNumber(key: string): boolean {
  for (let index = 0; index < key.length; index++) {
    const code = key.charCodeAt(index);
    if (code < 48 || code > 57) return false;
  }
  return true;
}
