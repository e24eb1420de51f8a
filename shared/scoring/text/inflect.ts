const VOWEL = /[aeiou]/;
const DOUBLES = /[^aeiou][aeiou][bcdfgklmnprtvz]$/;
const SIBILANT = /(?:s|x|z|ch|sh)$/;

/** The stem before an ending that starts with a vowel: rape → rap, slut → slutt, screw → screw. */
function stem(word: string): string {
  if (word.endsWith("e")) return word.slice(0, -1);
  return DOUBLES.test(word) ? word + word.slice(-1) : word;
}

function plural(word: string): string {
  const beforeLast = word.at(-2) ?? "";
  if (word.endsWith("y") && !VOWEL.test(beforeLast)) return `${word.slice(0, -1)}ies`;
  return word + (SIBILANT.test(word) ? "es" : "s");
}

/**
 * The English forms of a word, itself first. Kinds: `n` plural; `v` third person, past, -ing, -in, -er, -ers;
 * `a` comparative, superlative and adverb. Regular forms only: irregular ones are entries of their own.
 */
export function inflect(word: string, kinds: string): string[] {
  const forms = new Set([word]);
  const base = stem(word);
  if (kinds.includes("n")) forms.add(plural(word));
  if (kinds.includes("v")) {
    for (const ending of ["ed", "ing", "in", "er", "ers"]) forms.add(base + ending);
    forms.add(plural(word));
  }
  if (kinds.includes("a")) {
    const root = word.endsWith("y") ? `${word.slice(0, -1)}i` : base;
    for (const ending of ["er", "est"]) forms.add(root + ending);
    forms.add(word.endsWith("y") ? `${root}ly` : `${word}ly`);
  }
  return [...forms];
}
