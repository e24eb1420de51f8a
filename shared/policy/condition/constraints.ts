import type { Word } from "./vocabulary.ts";

/** Numbers between two ends, each in it or not. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly lowOpen: boolean;
  readonly highOpen: boolean;
}

/** Texts: these, or all but these. */
export interface Choice {
  readonly texts: ReadonlySet<string>;
  readonly except: boolean;
}

/** What one conjunction says of one fact, or of something that is not looked into (which holds, or does not). */
export type Constraint =
  | ({ readonly of: "number" } & Interval)
  | ({ readonly of: "text" } & Choice)
  | { readonly of: "other"; readonly holds: boolean };

/** Everything that a conjunction says: all of it holds, or the conjunction does not. */
export type Conjunction = ReadonlyMap<string, Constraint>;

export const EVERYWHERE: Interval = {
  low: Number.NEGATIVE_INFINITY,
  high: Number.POSITIVE_INFINITY,
  lowOpen: true,
  highOpen: true,
};

/** What a fact can be at all. */
export function domainOf(word: Word): Interval {
  if (word.kind === "truth") return { low: 0, high: 1, lowOpen: false, highOpen: false };
  if (word.kind !== "number") return EVERYWHERE;
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = word;
  return { low: min, high: max, lowOpen: min === Number.NEGATIVE_INFINITY, highOpen: max === Number.POSITIVE_INFINITY };
}

/** Of whole numbers, `> 2` is `>= 3`. */
export function wholeOnly({ low, high, lowOpen, highOpen }: Interval): Interval {
  const from = lowOpen && Number.isInteger(low) ? low + 1 : Math.ceil(low);
  const to = highOpen && Number.isInteger(high) ? high - 1 : Math.floor(high);
  return { low: from, high: to, lowOpen: !Number.isFinite(from), highOpen: !Number.isFinite(to) };
}

export function isEmpty({ low, high, lowOpen, highOpen }: Interval): boolean {
  return low > high || (low === high && (lowOpen || highOpen));
}

export function overlap(one: Interval, other: Interval): Interval {
  const [low, lowOpen] =
    one.low === other.low
      ? [one.low, one.lowOpen || other.lowOpen]
      : one.low > other.low
        ? [one.low, one.lowOpen]
        : [other.low, other.lowOpen];
  const [high, highOpen] =
    one.high === other.high
      ? [one.high, one.highOpen || other.highOpen]
      : one.high < other.high
        ? [one.high, one.highOpen]
        : [other.high, other.highOpen];
  return { low, high, lowOpen, highOpen };
}

const isInside = (inner: Interval, outer: Interval): boolean =>
  (inner.low > outer.low || (inner.low === outer.low && (inner.lowOpen || !outer.lowOpen))) &&
  (inner.high < outer.high || (inner.high === outer.high && (inner.highOpen || !outer.highOpen)));

function bothChoices(one: Choice, other: Choice): Choice {
  if (one.except && other.except) return { except: true, texts: new Set([...one.texts, ...other.texts]) };
  const [listed, filter] = one.except ? [other, one] : [one, other];
  return {
    except: false,
    texts: new Set([...listed.texts].filter((text) => filter.texts.has(text) !== filter.except)),
  };
}

const isWithinChoice = (inner: Choice, outer: Choice): boolean => {
  const isPart = (a: ReadonlySet<string>, b: ReadonlySet<string>) => [...a].every((text) => b.has(text));
  if (!inner.except) return [...inner.texts].every((text) => outer.texts.has(text) !== outer.except);
  return outer.except && isPart(outer.texts, inner.texts);
};

/** Two constraints of one thing at once; undefined where both cannot hold. */
function bothOf(one: Constraint, other: Constraint): Constraint | undefined {
  if (one.of === "number" && other.of === "number") {
    const interval = overlap(one, other);
    return isEmpty(interval) ? undefined : { of: "number", ...interval };
  }
  if (one.of === "text" && other.of === "text") {
    const choice = bothChoices(one, other);
    return !choice.except && choice.texts.size === 0 ? undefined : { of: "text", ...choice };
  }
  if (one.of === "other" && other.of === "other") return one.holds === other.holds ? one : undefined;
  return one;
}

function isPartOf(inner: Constraint, outer: Constraint): boolean {
  if (inner.of === "number" && outer.of === "number") return isInside(inner, outer);
  if (inner.of === "text" && outer.of === "text") return isWithinChoice(inner, outer);
  return inner.of === "other" && outer.of === "other" && inner.holds === outer.holds;
}

/** Two conjunctions at once; undefined where they contradict each other. */
export function joined(one: Conjunction, other: Conjunction): Conjunction | undefined {
  const all = new Map(one);
  for (const [key, constraint] of other) {
    const before = all.get(key);
    const both = before ? bothOf(before, constraint) : constraint;
    if (!both) return undefined;
    all.set(key, both);
  }
  return all;
}

/** Does the one say all that the other says, so that it holds only where the other does? */
export function implies(one: Conjunction, other: Conjunction): boolean {
  for (const [key, wanted] of other) {
    const said = one.get(key);
    if (!said || !isPartOf(said, wanted)) return false;
  }
  return true;
}
