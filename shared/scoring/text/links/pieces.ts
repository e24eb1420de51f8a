/** A stretch of a text that may hold a link, `[from, to)` in UTF-16 units. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  /** Holds signs of a link spelled so that software should not see it. */
  readonly disguised: boolean;
}

/** Pieces are read one by one, so that no cost grows faster than the text. */
const LONGEST_PIECE = 1_024;

const DOT = 46;
const COLON = 58;
const AT = 64;
const SLASH = 47;

const isSpace = (code: number): boolean =>
  code <= 32 || code === 0xa0 || code === 0x3000 || (code >= 0x2000 && code <= 0x200a) || code === 0x2028;
const isOpening = (code: number): boolean => code === 40 || code === 91 || code === 123;
const isClosing = (code: number): boolean => code === 41 || code === 93 || code === 125;
const lower = (code: number): number => (code >= 65 && code <= 90 ? code + 32 : code);

/** Zones that a spaced-out address ends in, and that begin no sentence. */
const SPACED_ZONES = new Set(["com", "net", "org", "co", "info", "xyz", "ru", "io", "biz", "online", "shop", "site"]);
/** Words that stand before "dot com" in ordinary English: the dot com bubble. */
const BEFORE_DOT_COM = new Set(["a", "an", "the", "this", "that", "of", "and", "or", "old", "new", "every", "no"]);

/** "bob at gmail dot com" is an address to write to, "find us at shop dot com" one to visit. */
const MAIL_HOSTS = new Set("gmail googlemail hotmail outlook yahoo icloud aol gmx proton protonmail live".split(" "));
const MOST_WORDS = 5;

const LETTERS = /^[a-z]{2,6}/i;
const MAIL_NAME = /^[\w.+-]{2,40}$/;
const NAME = /^[\p{L}\p{N}-]{2,63}$/u;

/** What a word is for an address spelled over several words. */
type Role = "dot" | "zone" | "name" | "name." | ".zone" | "other";

function roleOf(word: string): Role {
  if (word === "." || /^[([{]?dot[)\]}]?$/i.test(word) || /^[([{]\.[)\]}]$/.test(word)) return "dot";
  const bare = word.startsWith(".") ? word.slice(1) : word;
  const letters = LETTERS.exec(bare)?.[0] ?? "";
  const rest = bare.charAt(letters.length);
  if (SPACED_ZONES.has(letters.toLowerCase()) && (rest === "" || /[/?!,.)]/.test(rest))) {
    return bare === word ? "zone" : ".zone";
  }
  if (NAME.test(word)) return "name";
  return word.endsWith(".") && NAME.test(word.slice(0, -1)) ? "name." : "other";
}

interface Word {
  readonly from: number;
  readonly to: number;
}

/** A cheap look that nearly every word fails: does it begin with a zone that ends a spaced-out address? */
function startsLikeZone(text: string, from: number, to: number): boolean {
  const start = text.charCodeAt(from) === DOT ? from + 1 : from;
  let end = start;
  while (end < to && end - start < 7 && lower(text.charCodeAt(end)) >= 97 && lower(text.charCodeAt(end)) <= 122) end++;
  return end - start >= 2 && end - start <= 6 && SPACED_ZONES.has(text.slice(start, end).toLowerCase());
}

/** Where an address spelled over the last words ends begins, or -1: "shop . com", "shop dot com", "shop. com". */
function spacedFrom(text: string, words: readonly Word[]): number {
  const at = (back: number): Word | undefined => words.at(-1 - back);
  const said = (back: number): string => {
    const word = at(back);
    return word === undefined ? "" : text.slice(word.from, word.to);
  };
  const last = roleOf(said(0));
  if (last !== "zone" && last !== ".zone") return -1;
  const before = roleOf(said(1));
  if (last === ".zone") return before === "name" ? (at(1)?.from ?? -1) : -1;
  if (before === "name.") return at(1)?.from ?? -1;
  const host = said(2).toLowerCase();
  if (before !== "dot" || roleOf(host) !== "name" || BEFORE_DOT_COM.has(host)) return -1;
  const mail = MAIL_HOSTS.has(host) && /^[([]?at[)\]]?$/i.test(said(3)) && MAIL_NAME.test(said(4));
  return at(mail ? 4 : 2)?.from ?? -1;
}

/**
 * Cuts a text into the words that may hold a link or an e-mail address: those with a stop between two signs, "://", "@",
 * or a stop in brackets, and groups of words that spell an address with spaces in it. One pass.
 */
export function* splitPieces(text: string): Generator<Piece> {
  const recent: Word[] = [];
  const length = text.length;
  for (let index = 0; index < length; ) {
    while (index < length && isSpace(text.charCodeAt(index))) index++;
    const from = index;
    let may = false;
    let disguised = false;
    let previous = 32;
    let code = 32;
    for (; index < length; index++) {
      previous = code;
      code = text.charCodeAt(index);
      if (isSpace(code)) break;
      if (code === DOT) disguised ||= isOpening(previous);
      else if (previous === DOT) may ||= index - 1 > from && !isClosing(code);
      if (code === AT) may ||= index > from;
      else if (code === SLASH && previous === COLON) may = true;
      // "[dot]", "(dot)"; hxxp and its like.
      else if (lower(code) === 100 && isOpening(previous)) disguised = true;
      else if (code === 92 && previous === COLON) disguised = true;
      else if (code === 93 && previous === COLON) disguised = true;
    }
    if (index === from) break;
    const first = lower(text.charCodeAt(from));
    if (may && first === 104 && lower(text.charCodeAt(from + 1)) !== 116) disguised = true;
    if (may || disguised) yield* cut(text, from, index, disguised);
    if (index - from <= 64) {
      recent.push({ from, to: index });
      if (recent.length > MOST_WORDS) recent.shift();
      if (!may && !disguised && startsLikeZone(text, from, index)) {
        const spaced = spacedFrom(text, recent);
        if (spaced >= 0) yield { from: spaced, to: index, disguised: true };
      }
    } else recent.length = 0;
  }
}

function* cut(text: string, from: number, to: number, disguised: boolean): Generator<Piece> {
  for (let start = from; start < to; ) {
    let end = Math.min(to, start + LONGEST_PIECE);
    // A surrogate pair stays whole.
    if (end < to && (text.charCodeAt(end) & 0xfc00) === 0xdc00) end--;
    yield { from: start, to: end, disguised };
    start = end;
  }
}

const BRACKETED_STOP = /\s?[([{](?:\.|dot)[)\]}]\s?|\s(?:\.|dot)\s|\.\s|\s\./gi;
const BRACKETED_REST = /\[:\]|\[:\/\/\]|:\\\\|\s?[[(]at[\])]\s?|\sat\s|^h(?:xx|\*\*|tx|xt)ps?(?=\W)/gi;

function meant(found: string): string {
  const low = found.toLowerCase();
  if (low.startsWith("h")) return low.endsWith("s") ? "https" : "http";
  if (low === "[:]") return ":";
  if (low.includes("at")) return "@";
  return "://";
}

/**
 * A disguised address in its plain spelling. `places[i]` is where unit `i` of it stood.
 * @param piece at most 1,100 units.
 */
export function refang(piece: string): { readonly text: string; readonly places: readonly number[] } {
  const edits = [
    ...[...piece.matchAll(BRACKETED_STOP)].map(({ 0: found, index }) => ({ found, index, plain: "." })),
    ...[...piece.matchAll(BRACKETED_REST)].map(({ 0: found, index }) => ({ found, index, plain: meant(found) })),
  ].sort((a, b) => a.index - b.index);
  let text = "";
  const places: number[] = [];
  let at = 0;
  const keep = (end: number): void => {
    for (; at < end; at++) {
      text += piece[at];
      places.push(at);
    }
  };
  for (const { found, index, plain } of edits) {
    if (index < at) continue;
    keep(index);
    for (let unit = 0; unit < plain.length; unit++) places.push(Math.min(index + unit, index + found.length - 1));
    text += plain;
    at = index + found.length;
  }
  keep(piece.length);
  return { text, places };
}
