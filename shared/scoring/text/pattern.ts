import type { Entry } from "./entry.ts";
import type { Token } from "./tokenise.ts";

/** One place of a pattern: a token of `keys`, or up to `gap` tokens of any kind. */
export interface Element {
  readonly keys: ReadonlySet<string>;
  readonly optional: boolean;
  readonly gap: number;
}

export interface Pattern {
  readonly entry: Entry;
  readonly elements: readonly Element[];
  /** Its first token opens a sentence; its last closes one. */
  readonly opens: boolean;
  readonly closes: boolean;
}

const GAP = /^\.\.([1-8])$/;
const NO_KEYS: ReadonlySet<string> = new Set();

function compileElement(part: string, classes: ReadonlyMap<string, ReadonlySet<string>>, line: number): Element {
  const gap = GAP.exec(part);
  if (gap !== null) return { keys: NO_KEYS, optional: false, gap: Number(gap[1]) };
  const optional = part.startsWith("?");
  const keys = new Set<string>();
  for (const option of (optional ? part.slice(1) : part).split("|")) {
    if (!option.startsWith("<")) {
      keys.add(option);
      continue;
    }
    const members = classes.get(option.slice(1, -1));
    if (members === undefined) throw new Error(`lexicon line ${line}: class not defined above this line`);
    for (const member of members) keys.add(member);
  }
  return { keys, optional, gap: 0 };
}

/**
 * Compiles `you ?are ..2 <BAD>|fool`: a word, alternatives with `|`, `<CLASS>`, `?` before an optional element, `..n`
 * for at most n tokens of any kind, `%label` for a token that the lexicon gives that label, `_link`, `_mention`,
 * `_email`, `_num` for those kinds of token; `^` before all and `$` after all hold it to the sentence's edges.
 * @param known elements compiled before, by their source: the same class stands in hundreds of places.
 * @throws Error naming the line.
 */
export function compilePattern(
  entry: Entry,
  source: readonly string[],
  classes: ReadonlyMap<string, ReadonlySet<string>>,
  known: Map<string, Element>,
  line: number,
): Pattern {
  const opens = source[0] === "^";
  const closes = source.at(-1) === "$";
  const elements = source.slice(opens ? 1 : 0, closes ? -1 : undefined).map((part): Element => {
    const element = known.get(part) ?? compileElement(part, classes, line);
    known.set(part, element);
    return element;
  });
  const [first] = elements;
  const last = elements.at(-1);
  if (first === undefined || first.optional || first.gap > 0 || last === undefined || last.gap > 0) {
    throw new Error(`lexicon line ${line}: a pattern starts with a required element and does not end with a gap`);
  }
  return { entry, elements, opens, closes };
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
