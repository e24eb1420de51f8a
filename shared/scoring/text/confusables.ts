/** Letters of other scripts that are drawn like a Latin letter, after compatibility decomposition and lower-casing. */
const LOOKALIKES: readonly (readonly [latin: string, drawnAlike: string])[] = [
  ["a", "аαɑᴀ"],
  ["b", "вьβʙ"],
  ["c", "сϲᴄⅽ"],
  ["d", "ԁɗᴅ"],
  ["e", "еєεҽᴇ"],
  ["f", "ғꜰ"],
  ["g", "ɡɢ"],
  ["h", "һнʜ"],
  ["i", "іιıɪӏ"],
  ["j", "јᴊ"],
  ["k", "кκᴋ"],
  ["l", "ʟłⅼ"],
  ["m", "мᴍⅿ"],
  ["n", "пηɴո"],
  ["o", "оοσօᴏø"],
  ["p", "рρᴘ"],
  ["q", "ԛ"],
  ["r", "гʀ"],
  ["s", "ѕꜱ"],
  ["t", "тτᴛ"],
  ["u", "υսᴜ"],
  ["v", "νᴠѵ"],
  ["w", "ԝωᴡш"],
  ["x", "хχ"],
  ["y", "уүγʏ"],
  ["z", "ᴢ"],
];

const CONFUSABLE: ReadonlyMap<number, string> = new Map(
  LOOKALIKES.flatMap(([latin, alike]) => [...alike].map((letter) => [letter.codePointAt(0) ?? 0, latin] as const)),
);

const PUNCTUATION: ReadonlyMap<number, string> = new Map(
  [
    ["'", "’‘ʼ`´＇"],
    ['"', "“”„«»"],
    ["-", "‐‑‒–—−"],
    ["*", "•∗✱●■█"],
    ["!", "¡ǃ"],
    ["$", "§"],
    ["ss", "ß"],
    ["c", "¢©"],
    ["e", "€"],
    // A raised middle finger says what the word says.
    [" middlefinger ", "\u{1f595}"],
  ].flatMap(([plain = "", drawn = ""]) => [...drawn].map((sign) => [sign.codePointAt(0) ?? 0, plain] as const)),
);

/** Enclosed alphabets that Unicode does not decompose: first code point of each run of 26 capitals. */
const ENCLOSED_ALPHABETS = [0x1f150, 0x1f170] as const;

/** A few signs stand for whole sentences; no English word hides in them, and they would swell a text eighteenfold. */
const LONGEST_FOLD = 4;

const INVISIBLE = /^[\p{M}\p{Cf}\p{Cs}\u3164\u115f\u1160\uffa0\u2800]$/u;
const KEPT_CONTROL = /^[\t\n\r\v\f\u0085]$/;
const CONTROL = /^[\p{Cc}\p{Co}\p{Cn}]$/u;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

function compute(codePoint: number): string {
  const sign = PUNCTUATION.get(codePoint);
  if (sign !== undefined) return sign;
  for (const first of ENCLOSED_ALPHABETS) {
    if (codePoint >= first && codePoint < first + 26) return String.fromCharCode(97 + codePoint - first);
  }
  const character = String.fromCodePoint(codePoint);
  if (KEPT_CONTROL.test(character)) return "\n";
  if (INVISIBLE.test(character) || CONTROL.test(character)) return "";
  let folded = "";
  for (const part of character.normalize("NFKD").toLowerCase()) {
    if (INVISIBLE.test(part)) continue;
    const partCode = part.codePointAt(0) ?? 0;
    folded += CONFUSABLE.get(partCode) ?? PUNCTUATION.get(partCode) ?? part;
  }
  // Emoji and other signs separate words but are not part of them.
  return partIsPlain(folded) ? folded.slice(0, LONGEST_FOLD) : " ";
}

const partIsPlain = (folded: string): boolean =>
  folded === "" || LETTER_OR_DIGIT.test(folded) || folded.charCodeAt(0) < 0x80;

/** Bounded so that a text of all Unicode cannot grow it; a fold is a constant of its code point, so keeping it is pure. */
const MEMO_LIMIT = 8_192;
const memo = new Map<number, string>();

/**
 * What one code point reads as: lower-case, decomposed, without marks, invisible characters or controls, look-alike
 * letters as the Latin letter. Other signs read as a space. At most 4 units, but for emoji read as words; "" when it is not seen at all.
 */
export function foldCodePoint(codePoint: number): string {
  let folded = memo.get(codePoint);
  if (folded === undefined) {
    folded = compute(codePoint);
    if (memo.size < MEMO_LIMIT) memo.set(codePoint, folded);
  }
  return folded;
}
