import { element } from "./element.js";

// What must be seen because it hides: controls, direction overrides, invisible letters, halves of pairs. Not hidden: line
// breaks and tabs, the flags of England, Scotland and Wales (a black flag with letters that hide, matched first and left
// alone), Arabic signs that count as formatting, and joiners between letters of scripts and emoji that need them; beside
// ASCII a joiner only serves to break a word up.
const FLAG = /^\u{1f3f4}/u;
const HIDDEN =
  /\u{1f3f4}[\u{e0020}-\u{e007e}]{1,6}\u{e007f}|(?!\r?\n|\t)\p{Cc}|(?![\u200c-\u200d\u0600-\u0605\u06dd\u070f\u08e2])\p{Cf}|\p{Cs}|[\u2028\u2029\u115f\u1160\u3164\uffa0]|(?<=[ -~])[\u200c-\u200d]|[\u200c-\u200d](?=[ -~])/gu;

/** @type {Readonly<Record<number, string>>} */
const NAMES = {
  173: "SHY",
  1564: "ALM",
  8203: "ZWSP",
  8204: "ZWNJ",
  8205: "ZWJ",
  8206: "LRM",
  8207: "RLM",
  8234: "LRE",
  8235: "RLE",
  8236: "PDF",
  8237: "LRO",
  8238: "RLO",
  8294: "LRI",
  8295: "RLI",
  8296: "FSI",
  8297: "PDI",
  65279: "BOM",
};

/**
 * A sign for a character that cannot be seen: ␀ for NUL, ⟨RLO⟩ for a direction override, ⟨U+D83D⟩ for half an emoji.
 * @param {string} character
 */
function signOf(character) {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return "␡";
  return `⟨${NAMES[code] ?? `U+${code.toString(16).toUpperCase().padStart(4, "0")}`}⟩`;
}

/**
 * Text nodes of a text, with a sign in place of each character that hides.
 * @param {string} text
 * @returns {(string | HTMLElement)[]}
 */
export function visible(text) {
  /** @type {(string | HTMLElement)[]} */
  const parts = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(HIDDEN)) {
    if (FLAG.test(found)) continue;
    const code = found.codePointAt(0) ?? 0;
    const title = `invisible character U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
    parts.push(text.slice(from, index), element("span", { class: "sign", title }, signOf(found)));
    from = index + found.length;
  }
  parts.push(text.slice(from));
  return parts.filter((part) => part !== "");
}

/**
 * Moves a boundary out of the middle of a surrogate pair, to its begin.
 * @param {string} text
 * @param {number} at
 */
function whole(text, at) {
  const inside = Math.max(0, Math.min(at, text.length));
  const unit = text.charCodeAt(inside);
  const before = text.charCodeAt(inside - 1);
  return unit >= 0xdc00 && unit <= 0xdfff && before >= 0xd800 && before <= 0xdbff ? inside - 1 : inside;
}

/**
 * Cuts a text where evidence begins or ends.
 * @param {string} text
 * @param {{ title: string, spans: [number, number][] }[]} labels spans as `[start, end)` in UTF-16 units
 * @returns {{ text: string, titles: string[] }[]} the pieces in order, each with the labels that point at it
 */
export function cutAtEvidence(text, labels) {
  const spans = labels.flatMap(({ title, spans: own }) =>
    own.map(([start, end]) => ({ title, start: whole(text, start), end: whole(text, end) })),
  );
  const edges = new Set([0, text.length, ...spans.flatMap(({ start, end }) => [start, end])]);
  const cuts = [...edges].sort((a, b) => a - b);
  return cuts.slice(1).map((end, index) => {
    const start = cuts[index] ?? 0;
    const over = spans.filter((span) => span.start <= start && span.end >= end);
    return { text: text.slice(start, end), titles: [...new Set(over.map(({ title }) => title))] };
  });
}

/**
 * The text as nodes: evidence in `<mark>`, hidden characters made visible.
 * @param {string} text
 * @param {{ title: string, spans: [number, number][] }[]} labels
 * @returns {(string | HTMLElement)[]}
 */
export const withEvidence = (text, labels) =>
  cutAtEvidence(text, labels).flatMap(({ text: piece, titles }) =>
    titles.length > 0 ? [element("mark", { title: titles.join(", ") }, ...visible(piece))] : visible(piece),
  );
