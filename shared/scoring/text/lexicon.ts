import { LABELS, type LabelName } from "../../domain/label.ts";
import type { Entry } from "./entry.ts";
import { inflect } from "./inflect.ts";
import { compilePattern, type Pattern, type PatternContext } from "./pattern.ts";

export interface Lexicon {
  readonly version: string;
  readonly language: string;
  /** Every form of every entry. */
  readonly words: ReadonlyMap<string, Entry>;
  /** Every word that a pattern knows: a disguised token is read as one of these or of `words`. */
  readonly vocabulary: ReadonlySet<string>;
  /** Known words by their spelling without repeated letters. */
  readonly squeezed: ReadonlyMap<string, readonly string[]>;
  /** Words that people mask with asterisks, by first letter and length. */
  readonly masked: ReadonlyMap<string, readonly string[]>;
  /** Spellings with one letter left out or two swapped, of words that are unmistakable; no such spelling is known itself. */
  readonly slips: ReadonlyMap<string, string>;
  /** Finds a stem inside a longer word; `compounds` holds what each stem means. */
  readonly compound: RegExp | undefined;
  readonly compounds: ReadonlyMap<string, Entry>;
  /** Words that hold a stem by accident. */
  readonly allowed: ReadonlySet<string>;
  /** Patterns by the key that their first element accepts. */
  readonly patterns: ReadonlyMap<string, readonly Pattern[]>;
  readonly classes: ReadonlyMap<string, ReadonlySet<string>>;
  /** For every key the numbers of the patterns' elements that accept it, and how many elements there are. */
  readonly elementsOf: ReadonlyMap<string, readonly number[]>;
  readonly elements: number;
}

/** A word with every run of one letter as one letter: too, to and tooo are one. */
export function squeeze(word: string): string {
  let squeezed = "";
  for (let index = 0; index < word.length; index++) if (word[index] !== word[index - 1]) squeezed += word[index];
  return squeezed;
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

const SHORTEST_SLIPPED = 4;
const SURE = 0.5;

/** What a hurried or sly hand makes of a word: an inner letter left out, or two inner letters swapped. */
function slipsOf(word: string): string[] {
  const slips: string[] = [];
  for (let at = 1; at < word.length - 1; at++) {
    slips.push(word.slice(0, at) + word.slice(at + 1));
    if (at + 2 <= word.length - 1) {
      slips.push(word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2));
    }
  }
  return slips.filter((slip) => slip !== word);
}

function entryOf(fields: readonly string[], line: number): Entry {
  const [, label = "", severity = "", weight = "", flags = "", code = ""] = fields;
  const entry = {
    label: label as LabelName | "signal",
    severity: Number(severity),
    weight: Number(weight),
    code,
    flags,
  };
  const sound =
    (label === "signal" || Object.hasOwn(LABELS, label)) &&
    Number.isInteger(entry.severity) &&
    entry.severity >= 0 &&
    entry.severity <= 7 &&
    entry.weight > 0 &&
    entry.weight < 1 &&
    code !== "";
  if (!sound)
    throw new Error(`lexicon line ${line}: unknown label, severity outside 0-7, weight outside 0-1 or no code`);
  return entry;
}

/**
 * Reads a lexicon: tab-separated lines, the first `touchstone-lexicon <version> <language>`, then in any order
 * `class NAME words`, `word label severity weight flags code words`, `phrase … pattern` and `allow words`; `#` starts a
 * comment. A class must stand before the phrases that use it.
 * @throws Error naming the line that cannot be read.
 */
export function parseLexicon(source: string): Lexicon {
  const lines = source.split("\n");
  const [kind, version = "", language = ""] = (lines[0] ?? "").trim().split("\t");
  if (kind !== "touchstone-lexicon" || version === "" || language === "") {
    throw new Error("lexicon line 1: expected touchstone-lexicon, a version and a language, separated by tabs");
  }
  const words = new Map<string, Entry>();
  const vocabulary = new Set<string>();
  const masked = new Map<string, string[]>();
  const compounds = new Map<string, Entry>();
  const allowed = new Set<string>();
  const patterns = new Map<string, Pattern[]>();
  const classes = new Map<string, ReadonlySet<string>>();
  const elementsOf = new Map<string, number[]>();
  const context: PatternContext = { classes, elements: new Map(), vocabulary, elementsOf };

  // A few dozen kinds of entry stand at the head of hundreds of lines.
  const entries = new Map<string, Entry>();
  const entryAt = (line: string, fields: readonly string[], number: number): Entry => {
    const head = line.slice(0, line.lastIndexOf("\t"));
    const entry = entries.get(head) ?? entryOf(fields, number);
    entries.set(head, entry);
    return entry;
  };
  const addWord = (word: string, entry: Entry): void => {
    for (const form of inflect(word, entry.flags)) {
      if (words.has(form)) continue;
      words.set(form, entry);
      if (entry.flags.includes("m")) push(masked, `${form[0]}${form.length}`, form);
    }
    if (entry.flags.includes("c")) compounds.set(word, entry);
  };

  for (let index = 1; index < lines.length; index++) {
    const line = lines[index] ?? "";
    if (line === "" || line.startsWith("#")) continue;
    const fields = line.split("\t");
    const list = (fields.at(-1) ?? "").split(" ").filter((word) => word !== "");
    if (list.length === 0) throw new Error(`lexicon line ${index + 1}: nothing after the last tab`);
    switch (fields[0]) {
      case "class":
        classes.set(fields[1] ?? "", new Set(list));
        for (const member of list) vocabulary.add(member);
        break;
      case "allow":
        for (const word of list) allowed.add(word);
        break;
      case "word": {
        const entry = entryAt(line, fields, index + 1);
        for (const word of list) addWord(word, entry);
        break;
      }
      case "phrase": {
        const pattern = compilePattern(entryAt(line, fields, index + 1), list, context, index + 1);
        for (const key of pattern.elements[0]?.keys ?? []) push(patterns, key, pattern);
        break;
      }
      default:
        throw new Error(`lexicon line ${index + 1}: a line starts with class, allow, word or phrase`);
    }
  }
  const squeezed = new Map<string, string[]>();
  for (const word of words.keys()) push(squeezed, squeeze(word), word);
  for (const word of vocabulary) if (!words.has(word)) push(squeezed, squeeze(word), word);
  const slips = new Map<string, string>();
  for (const [word, { weight }] of words) {
    if (weight < SURE || word.length < SHORTEST_SLIPPED) continue;
    for (const slip of slipsOf(word)) if (!words.has(slip) && !vocabulary.has(slip)) slips.set(slip, word);
  }
  const stems = [...compounds.keys()];
  const compound = stems.length === 0 ? undefined : new RegExp(stems.join("|"));
  return {
    version,
    language,
    words,
    vocabulary,
    squeezed,
    masked,
    slips,
    compound,
    compounds,
    allowed,
    patterns,
    classes,
    elementsOf,
    elements: context.elements.size,
  };
}
