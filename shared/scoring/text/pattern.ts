import type { Entry } from "./entry.ts";
import type { Token } from "./tokenise.ts";

/** One place of a pattern: a token of `keys`, or up to `gap` tokens of any kind. */
interface Element {
  /** Counts from 0 in the order of the lexicon. */
  readonly number: number;
  readonly keys: ReadonlySet<string>;
  readonly optional: boolean;
  readonly gap: number;
}

export interface Pattern {
  readonly entry: Entry;
  readonly elements: readonly Element[];
  /** Numbers of the required elements after the first: a sentence without a word of each cannot match. */
  readonly needs: readonly number[];
  /** Its first token opens a sentence; its last closes one. */
  readonly opens: boolean;
  readonly closes: boolean;
}

const GAP = /^\.\.([1-8])$/;
const NO_KEYS: ReadonlySet<string> = new Set();

/** What patterns share while a lexicon is read. */
export interface PatternContext {
  readonly classes: ReadonlyMap<string, ReadonlySet<string>>;
  /** Elements by their source: the same one stands in hundreds of patterns. */
  readonly elements: Map<string, Element>;
  /** Receives every literal word. */
  readonly vocabulary: Set<string>;
  /** Receives for every key the numbers of the elements that accept it. */
  readonly elementsOf: Map<string, number[]>;
}

function compileElement(part: string, { classes, elements, vocabulary }: PatternContext, line: number): Element {
  const number = elements.size;
  const gap = GAP.exec(part);
  if (gap !== null) return { number, keys: NO_KEYS, optional: false, gap: Number(gap[1]) };
  const optional = part.startsWith("?");
  const options = (optional ? part.slice(1) : part).split("|");
  const members = (option: string): ReadonlySet<string> => {
    const found = classes.get(option.slice(1, -1));
    if (found === undefined) throw new Error(`lexicon line ${line}: class not defined above this line`);
    return found;
  };
  const [only = ""] = options;
  if (options.length === 1 && only.startsWith("<")) return { number, keys: members(only), optional, gap: 0 };
  const keys = new Set<string>();
  for (const option of options) {
    if (option.startsWith("<")) for (const member of members(option)) keys.add(member);
    else {
      keys.add(option);
      vocabulary.add(option);
    }
  }
  return { number, keys, optional, gap: 0 };
}

/**
 * Compiles `you ?are ..2 <BAD>|fool`: a word, alternatives with `|`, `<CLASS>`, `?` before an optional element, `..n`
 * for at most n tokens of any kind, `%label` for a token that the lexicon gives that label, `_link`, `_mention`,
 * `_email`, `_num` for those kinds of token; `^` before all and `$` after all hold it to the sentence's edges.
 * @throws Error naming the line.
 */
export function compilePattern(
  entry: Entry,
  source: readonly string[],
  context: PatternContext,
  line: number,
): Pattern {
  const opens = source[0] === "^";
  const closes = source.at(-1) === "$";
  const elements = source.slice(opens ? 1 : 0, closes ? -1 : undefined).map((part): Element => {
    let element = context.elements.get(part);
    if (element === undefined) {
      element = compileElement(part, context, line);
      for (const key of element.keys) {
        const accepting = context.elementsOf.get(key);
        if (accepting === undefined) context.elementsOf.set(key, [element.number]);
        else accepting.push(element.number);
      }
      context.elements.set(part, element);
    }
    return element;
  });
  const [first] = elements;
  const last = elements.at(-1);
  if (first === undefined || first.optional || first.gap > 0 || last === undefined || last.gap > 0) {
    throw new Error(`lexicon line ${line}: a pattern starts with a required element and does not end with a gap`);
  }
  const required = elements.slice(1).filter((element) => !element.optional && element.gap === 0);
  return { entry, elements, needs: required.map((element) => element.number), opens, closes };
}

const accepts = (element: Element, token: Token): boolean => element.keys.has(token.key) || element.keys.has(token.alt);

/**
 * Where the pattern, begun at token `at`, ends (exclusive), or -1. A match stays inside one sentence. Work is bounded by
 * the pattern's own optional elements and gaps, whatever the text.
 */
export function matchPattern(pattern: Pattern, tokens: readonly Token[], at: number, place = 0): number {
  const element = pattern.elements[place];
  if (element === undefined) return pattern.closes && tokens[at]?.opens === false ? -1 : at;
  if (element.gap > 0) {
    for (let skipped = 0; skipped <= element.gap; skipped++) {
      if (skipped > 0 && tokens[at + skipped - 1]?.opens === true) return -1;
      const end = matchPattern(pattern, tokens, at + skipped, place + 1);
      if (end >= 0) return end;
    }
    return -1;
  }
  const token = tokens[at];
  if (place === 0 && pattern.opens && token?.opens === false) return -1;
  if (token !== undefined && (place === 0 || !token.opens) && accepts(element, token)) {
    const end = matchPattern(pattern, tokens, at + 1, place + 1);
    if (end >= 0) return end;
  }
  return element.optional ? matchPattern(pattern, tokens, at, place + 1) : -1;
}
