/** How people write a word so that a list does not find it. Each takes one word and random numbers, and returns another spelling. */
export type Respelling = (word: string, random: () => number) => string;

const SIGNS: Readonly<Record<string, string>> = {
  a: "4@",
  b: "8",
  e: "3",
  g: "9",
  i: "1!",
  l: "1",
  o: "0",
  s: "5$",
  t: "7",
};
/** Cyrillic and Greek letters that look the same. */
const TWINS: Readonly<Record<string, string>> = {
  a: "а",
  c: "с",
  d: "ԁ",
  e: "е",
  h: "һ",
  i: "і",
  j: "ј",
  k: "κ",
  n: "ո",
  o: "о",
  p: "р",
  s: "ѕ",
  u: "υ",
  v: "ν",
  x: "х",
  y: "у",
};
const VOWELS = "aeiou";

const oneOf = <T>(from: readonly T[], random: () => number): T | undefined => from[Math.floor(random() * from.length)];

const replacedAt = (word: string, at: number, by: string): string => word.slice(0, at) + by + word.slice(at + 1);

/** Places within the word, neither its first nor its last letter; the first letter is what readers know a word by. */
const inner = (word: string): number[] => [...word].map((_, at) => at).slice(1, -1);

/** Replaces the letters that a table knows: each with the given chance, one at least. */
function replacing(table: Readonly<Record<string, string>>, chance: number): Respelling {
  return (word, random) => {
    const places = [...word].map((_, at) => at).filter((at) => table[word[at]?.toLowerCase() ?? ""] !== undefined);
    const sure = oneOf(places, random);
    return places.reduce((text, at) => {
      const by = table[word[at]?.toLowerCase() ?? ""] ?? "";
      return at === sure || random() < chance ? replacedAt(text, at, oneOf([...by], random) ?? "") : text;
    }, word);
  };
}

const spaced: Respelling = (word) => [...word].join(" ");

const dropped: Respelling = (word, random) => {
  const at = word.length > 3 ? oneOf(inner(word), random) : undefined;
  return at === undefined ? word : replacedAt(word, at, "");
};

const doubled: Respelling = (word, random) => {
  const at = Math.floor(random() * word.length);
  const letter = word[at] ?? "";
  return replacedAt(word, at, letter.repeat(2 + Math.floor(random() * 3)));
};

const swapped: Respelling = (word, random) => {
  const at = oneOf(
    inner(word).filter((place) => place + 2 < word.length && word[place] !== word[place + 1]),
    random,
  );
  return at === undefined ? word : word.slice(0, at) + (word[at + 1] ?? "") + (word[at] ?? "") + word.slice(at + 2);
};

const zeroWidth: Respelling = (word, random) => {
  const at = 1 + Math.floor(random() * Math.max(1, word.length - 1));
  return `${word.slice(0, at)}${oneOf(["\u200b", "\u200d", "\u2060", "\u00ad"], random) ?? ""}${word.slice(at)}`;
};

/** One vowel within the word, or any letter within it, becomes a star or the like. */
const masked: Respelling = (word, random) => {
  const vowels = inner(word).filter((at) => VOWELS.includes(word[at]?.toLowerCase() ?? " "));
  const at = oneOf(vowels.length > 0 ? vowels : inner(word), random);
  return at === undefined ? word : replacedAt(word, at, oneOf(["*", "*", "#", "-"], random) ?? "*");
};

export const RESPELLINGS = {
  "leet signs": replacing(SIGNS, 0.5),
  "spaced letters": spaced,
  homoglyphs: replacing(TWINS, 0.5),
  "dropped letter": dropped,
  "swapped letters": swapped,
  "repeated letter": doubled,
  "zero-width sign": zeroWidth,
  "masked letter": masked,
} as const satisfies Readonly<Record<string, Respelling>>;

const WORD = /[\p{L}\p{M}]+/gu;

/** The text with the words respelled that are asked for, by their UTF-16 place; everything else stays. */
export function respell(
  text: string,
  spelling: Respelling,
  random: () => number,
  isAsked: (word: string, start: number) => boolean,
): string {
  return text.replace(WORD, (word, start: number) => (isAsked(word, start) ? spelling(word, random) : word));
}
