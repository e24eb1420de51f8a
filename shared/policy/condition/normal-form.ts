import {
  type Conjunction,
  type Constraint,
  domainOf,
  EVERYWHERE,
  type Interval,
  isEmpty,
  joined,
  overlap,
  wholeOnly,
} from "./constraints.ts";
import type { Comparison, NumberTerm, Range, TextTerm, TruthTerm } from "./term.ts";
import { NUMBER_WORDS, TEXT_WORDS, type Word } from "./vocabulary.ts";

/** A condition as alternatives of which one must hold; `undefined` where there would be too many to look at. */
export type Alternatives = readonly Conjunction[] | undefined;

const MOST = 128;
const NEVER: readonly Conjunction[] = [];
const ALWAYS: readonly Conjunction[] = [new Map()];

const one = (key: string, constraint: Constraint): readonly Conjunction[] => [new Map([[key, constraint]])];

function either(left: Alternatives, right: Alternatives): Alternatives {
  return left && right && left.length + right.length <= MOST ? [...left, ...right] : undefined;
}

function both(left: Alternatives, right: Alternatives): Alternatives {
  // Nothing holds together with what never does, however large.
  if (left?.length === 0 || right?.length === 0) return NEVER;
  if (!left || !right || left.length * right.length > MOST) return undefined;
  return left.flatMap((a) => right.flatMap((b) => joined(a, b) ?? []));
}

export const MIRRORED: Readonly<Record<Comparison, Comparison>> = {
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
  "==": "==",
  "!=": "!=",
};
export const OPPOSITE: Readonly<Record<Comparison, Comparison>> = {
  "<": ">=",
  "<=": ">",
  ">": "<=",
  ">=": "<",
  "==": "!=",
  "!=": "==",
};

/** A number that is the same for every item; undefined where it is not. */
export function constantOf(term: NumberTerm): number | undefined {
  if (term.op === "number") return term.value;
  if (term.op === "negative") {
    const of = constantOf(term.of);
    return of === undefined ? undefined : -of;
  }
  if (term.op === "+" || term.op === "-" || term.op === "*" || term.op === "/") {
    const [left, right] = [constantOf(term.left), constantOf(term.right)];
    if (left === undefined || right === undefined) return undefined;
    if (term.op === "+") return left + right;
    if (term.op === "-") return left - right;
    return term.op === "*" ? left * right : left / right;
  }
  return undefined;
}

/** The intervals in which a number stands so to a bound; two for `!=`. */
export function intervalsOf(by: Comparison, bound: number): readonly Interval[] {
  const below = (open: boolean): Interval => ({ ...EVERYWHERE, high: bound, highOpen: open });
  const above = (open: boolean): Interval => ({ ...EVERYWHERE, low: bound, lowOpen: open });
  switch (by) {
    case "<":
      return [below(true)];
    case "<=":
      return [below(false)];
    case ">":
      return [above(true)];
    case ">=":
      return [above(false)];
    case "==":
      return [{ low: bound, high: bound, lowOpen: false, highOpen: false }];
    case "!=":
      return [below(true), above(true)];
  }
}

const plain = (word: Word): boolean => word.kind === "truth" || (word.kind === "number" && !word.optional);

/** A fact within intervals, as alternatives; within all that it can be, always. */
function numberIn(word: Word, intervals: readonly Interval[]): readonly Conjunction[] {
  const domain = domainOf(word);
  const whole = word.kind === "truth" || (word.kind === "number" && word.type === "int");
  const possible = intervals
    .map((interval) => overlap(whole ? wholeOnly(interval) : interval, domain))
    .filter((interval) => !isEmpty(interval));
  // What is unknown of some items is in no interval for them, not even in the widest.
  if (plain(word) && possible.some(({ low, high }) => low === domain.low && high === domain.high)) {
    const [widest] = possible;
    if (widest && widest.lowOpen === domain.lowOpen && widest.highOpen === domain.highOpen) return ALWAYS;
  }
  return possible.flatMap((interval) => one(word.name, { of: "number", ...interval }));
}

/** Something that is not looked into, by how it is written. */
const other = (key: string, holds: boolean): readonly Conjunction[] => one(`(${key})`, { of: "other", holds });

const rangeOf = ({ start, end }: Range): Range => ({ start, end });

/** A condition's text, and what was found of its parts: a choice asks for its condition twice, and they nest. */
interface Reading {
  readonly text: string;
  readonly known: Map<TruthTerm, Map<boolean, Alternatives>>;
}
const written = ({ text }: Reading, { start, end }: Range): string => text.slice(start, end).replaceAll(/\s+/g, "");

/** Pulls a choice out of a number: `a >= (c ? x : y)` is `c && a >= x || !c && a >= y`. */
function compared(
  by: Comparison,
  left: NumberTerm,
  right: NumberTerm,
  whole: Range,
  holds: boolean,
  from: Reading,
): Alternatives {
  for (const [choice, rebuilt] of [
    [left, (side: NumberTerm) => compared(by, side, right, whole, holds, from)],
    [right, (side: NumberTerm) => compared(by, left, side, whole, holds, from)],
  ] as const) {
    if (choice.op !== "number-choice") continue;
    return either(
      both(alternativesOf(choice.when, true, from), rebuilt(choice.yes)),
      both(alternativesOf(choice.when, false, from), rebuilt(choice.no)),
    );
  }
  const [a, b] = [constantOf(left), constantOf(right)];
  if (a !== undefined && b !== undefined) {
    const [conjunction] = numberIn(
      { name: "", kind: "number", type: "double", slot: -1, meaning: "", min: a, max: a },
      intervalsOf(by, b),
    );
    return (conjunction !== undefined) === holds ? ALWAYS : NEVER;
  }
  const [fact, bound, comparison] = right.op === "number-fact" ? [right, a, MIRRORED[by]] : [left, b, by];
  const word = fact.op === "number-fact" ? NUMBER_WORDS.get(fact.slot) : undefined;
  if (!word || bound === undefined) return other(`${written(from, left)}${by}${written(from, right)}`, holds);
  if (holds) return numberIn(word, intervalsOf(comparison, bound));
  // "Not below" an unknown number says nothing of where it is.
  if (!plain(word)) return other(`${word.name}${comparison}${bound}`, false);
  return numberIn(word, intervalsOf(OPPOSITE[comparison], bound));
}

function textIs(text: TextTerm, values: readonly string[], holds: boolean, whole: Range, from: Reading): Alternatives {
  const word = text.op === "text-fact" ? TEXT_WORDS.get(text.slot) : undefined;
  if (text.op === "text") return values.includes(text.value) === holds ? ALWAYS : NEVER;
  if (word?.kind !== "text") return other(written(from, whole), holds);
  if (!word.always) return one(word.name, { of: "text", texts: new Set(values), except: !holds });
  const left = (word.values ?? []).filter((value) => values.includes(value) === holds);
  if (left.length === 0 || left.length === word.values?.length) return left.length === 0 ? NEVER : ALWAYS;
  return one(word.name, { of: "text", texts: new Set(left), except: false });
}

/** The alternatives under which a condition with this text holds, and under which it does not. */
export function normalFormOf(
  term: TruthTerm,
  text: string,
): { readonly holds: Alternatives; readonly fails: Alternatives } {
  const from: Reading = { text, known: new Map() };
  return { holds: alternativesOf(term, true, from), fails: alternativesOf(term, false, from) };
}

function alternativesOf(term: TruthTerm, holds: boolean, from: Reading): Alternatives {
  const known = from.known.get(term) ?? new Map<boolean, Alternatives>();
  if (known.has(holds)) return known.get(holds);
  const found = find(term, holds, from);
  from.known.set(term, known.set(holds, found));
  return found;
}

function find(term: TruthTerm, holds: boolean, from: Reading): Alternatives {
  switch (term.op) {
    case "truth":
      return term.value === holds ? ALWAYS : NEVER;
    case "truth-fact": {
      const word = NUMBER_WORDS.get(term.slot);
      return word ? numberIn(word, intervalsOf("==", holds ? 1 : 0)) : other(written(from, term), holds);
    }
    case "compare":
      return compared(term.by, term.left, term.right, term, holds, from);
    case "same":
      if (term.right.op === "text") return textIs(term.left, [term.right.value], holds, term, from);
      if (term.left.op === "text") return textIs(term.right, [term.left.value], holds, term, from);
      return other(written(from, term), holds);
    case "text-in":
      if (term.list.op === "brands") return other(written(from, term), holds);
      return textIs(term.text, term.list.values, holds, term, from);
    case "number-in": {
      const { number, values } = term;
      const parts = values.map((value) =>
        compared("==", number, { ...rangeOf(term), op: "number", type: "double", value }, term, holds, from),
      );
      return holds ? parts.reduce(either, NEVER) : parts.reduce(both, ALWAYS);
    }
    case "not":
      return alternativesOf(term.of, !holds, from);
    case "both":
    case "either": {
      const [left, right] = [alternativesOf(term.left, holds, from), alternativesOf(term.right, holds, from)];
      return (term.op === "both") === holds ? both(left, right) : either(left, right);
    }
    case "alike": {
      const side = (of: TruthTerm, truth: boolean) => alternativesOf(of, truth, from);
      return either(
        both(side(term.left, true), side(term.right, holds)),
        both(side(term.left, false), side(term.right, !holds)),
      );
    }
    case "truth-choice":
      return either(
        both(alternativesOf(term.when, true, from), alternativesOf(term.yes, holds, from)),
        both(alternativesOf(term.when, false, from), alternativesOf(term.no, holds, from)),
      );
    default:
      return other(written(from, term), holds);
  }
}

/** Does the one hold only where the other does? `false` also where it cannot be told. */
export function isCovered(
  inner: Alternatives,
  outer: Alternatives,
  implied: (a: Conjunction, b: Conjunction) => boolean,
): boolean {
  if (!inner || !outer) return false;
  return inner.every((a) => outer.some((b) => implied(a, b)));
}
