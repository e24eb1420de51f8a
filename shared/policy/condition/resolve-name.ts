import { refuse } from "./condition-fault.ts";
import { suggest } from "./suggest.ts";
import type { Range, TextTerm } from "./term.ts";
import { namesReach, REACH_REFUSED, VOCABULARY, WORDS, type Word } from "./vocabulary.ts";

const GROUPS = [...new Set(VOCABULARY.flatMap(({ name }) => prefixesOf(name)))];

function prefixesOf(name: string): string[] {
  const parts = name.split(".");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("."));
}

const didYouMean = (name: string | undefined): string | undefined =>
  name === undefined ? undefined : `did you mean ${name}?`;

/** The word of the vocabulary that a name stands for; refuses what is none, with the nearest that is. */
export function resolveName(name: string, at: Range): Word {
  const word = WORDS.get(name);
  if (word) return word;
  if (GROUPS.includes(name)) {
    const below = VOCABULARY.filter((one) => one.name.startsWith(`${name}.`)).map((one) => one.name);
    const some = below.slice(0, 3).join(", ");
    return refuse(at, `${name} is a group of names, not a value`, `write ${some}${below.length > 3 ? ", …" : ""}`);
  }
  if (name.split(".").some(namesReach)) return refuse(at, `${name} is refused in every condition: ${REACH_REFUSED}`);
  const near = suggest(name, WORDS.keys());
  return refuse(at, `${name} is not known`, didYouMean(near) ?? "docs/policies.md lists every name");
}

// Made when the first is asked for: both take 15 ms, and few policies name a language or a country.
const known = new Map<"language" | "region", Intl.DisplayNames>();

function isNamed(type: "language" | "region", value: string): boolean {
  const names = known.get(type) ?? new Intl.DisplayNames("en", { type, fallback: "none" });
  known.set(type, names);
  return names.of(value) !== undefined;
}

const isLanguage = (value: string): boolean => /^[a-z]{2,3}$/.test(value) && isNamed("language", value);
const isCountry = (value: string): boolean => /^[A-Z]{2}$/.test(value) && isNamed("region", value);

/** Refuses a text that the fact beside it can never be. */
export function checkText(word: Word | undefined, value: string, at: Range): void {
  if (word?.kind !== "text") return;
  if (value === "" && (word.such || (word.values && !word.always)))
    refuse(at, `${word.name} is asked whether it is known by has`, `write !has(${word.name})`);
  if (word.values && !word.values.includes(value)) {
    const near = suggest(value, word.values);
    refuse(
      at,
      `${word.name} is never ${JSON.stringify(value)}; it is one of ${word.values.join(", ")}`,
      near === undefined ? undefined : `did you mean "${near}"?`,
    );
  }
  if (word.such === "language" && !isLanguage(value)) {
    const [short = ""] = value.toLowerCase().split(/[-_]/);
    const fix = isLanguage(short) ? `write "${short}"` : "write a language such as en, de or pt";
    refuse(at, `item.language is a language without its region, and ${JSON.stringify(value)} is none`, fix);
  }
  if (word.such === "country" && !isCountry(value)) {
    const upper = value.toUpperCase();
    const fix = isCountry(upper) ? `write "${upper}"` : "write a country such as GB or DE";
    refuse(at, `item.country is a country of ISO 3166-1, and ${JSON.stringify(value)} is none`, fix);
  }
}

export const textWordOf = (term: TextTerm, words: ReadonlyMap<number, Word>): Word | undefined =>
  term.op === "text-fact" ? words.get(term.slot) : undefined;
