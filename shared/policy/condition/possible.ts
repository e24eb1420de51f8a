import { numberOf, testOf } from "./compile-term.ts";
import type { FactView } from "./fact-view.ts";
import type { Comparison, NumberTerm, Term, TruthTerm } from "./term.ts";
import { slotsOf } from "./witness.ts";

/** Between what a number lies, both ends included. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

export type Possible = "yes" | "no" | "maybe";

const ANYTHING: Bounds = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

/** Does nothing that a term speaks of stand open? */
export function isSettled(term: Term, open: ReadonlyMap<number, Bounds>): boolean {
  for (const slot of slotsOf(term)) if (open.has(slot)) return false;
  return true;
}

const not = (truth: Possible): Possible => (truth === "maybe" ? truth : truth === "yes" ? "no" : "yes");

/** Over ends that hold a NaN nothing is known. */
function across(...ends: readonly number[]): Bounds {
  if (ends.some(Number.isNaN)) return ANYTHING;
  return { low: Math.min(...ends), high: Math.max(...ends) };
}

/** A number with some places open, `undefined` for one that may also be NaN, which compares with nothing. */
function boundsOf(term: NumberTerm, view: FactView, open: ReadonlyMap<number, Bounds>): Bounds | undefined {
  if (isSettled(term, open)) {
    const value = numberOf(term)(view);
    return Number.isNaN(value) ? undefined : { low: value, high: value };
  }
  switch (term.op) {
    case "number-fact":
      return open.get(term.slot);
    case "negative": {
      const of = boundsOf(term.of, view, open);
      return of && { low: -of.high, high: -of.low };
    }
    case "number-choice": {
      const truth = possibleOf(term.when, view, open);
      const [yes, no] = [boundsOf(term.yes, view, open), boundsOf(term.no, view, open)];
      if (truth !== "maybe") return truth === "yes" ? yes : no;
      return yes && no && across(yes.low, yes.high, no.low, no.high);
    }
    case "+":
    case "-":
    case "*": {
      const [left, right] = [boundsOf(term.left, view, open), boundsOf(term.right, view, open)];
      if (!left || !right) return undefined;
      if (term.op === "+") return across(left.low + right.low, left.high + right.high);
      if (term.op === "-") return across(left.low - right.high, left.high - right.low);
      return across(left.low * right.low, left.low * right.high, left.high * right.low, left.high * right.high);
    }
    default:
      // A division by what may be nothing.
      return undefined;
  }
}

function compared(by: Comparison, left: Bounds | undefined, right: Bounds | undefined): Possible {
  if (!left || !right) return "maybe";
  switch (by) {
    case "<":
      return left.high < right.low ? "yes" : left.low >= right.high ? "no" : "maybe";
    case "<=":
      return left.high <= right.low ? "yes" : left.low > right.high ? "no" : "maybe";
    case ">":
      return compared("<", right, left);
    case ">=":
      return compared("<=", right, left);
    case "==":
      if (left.high < right.low || right.high < left.low) return "no";
      return left.low === left.high && right.low === right.high ? "yes" : "maybe";
    case "!=":
      return not(compared("==", left, right));
  }
}

/** Does a condition hold on an item of which some numbers are only known to lie between bounds? `maybe` is never wrong. */
export function possibleOf(term: TruthTerm, view: FactView, open: ReadonlyMap<number, Bounds>): Possible {
  if (isSettled(term, open)) return testOf(term)(view) ? "yes" : "no";
  switch (term.op) {
    case "compare":
      return compared(term.by, boundsOf(term.left, view, open), boundsOf(term.right, view, open));
    case "not":
      return not(possibleOf(term.of, view, open));
    case "both":
    case "either": {
      const decisive = term.op === "both" ? "no" : "yes";
      const [left, right] = [possibleOf(term.left, view, open), possibleOf(term.right, view, open)];
      if (left === decisive || right === decisive) return decisive;
      return left === "maybe" || right === "maybe" ? "maybe" : not(decisive);
    }
    case "truth-choice": {
      const truth = possibleOf(term.when, view, open);
      const [yes, no] = [possibleOf(term.yes, view, open), possibleOf(term.no, view, open)];
      if (truth !== "maybe") return truth === "yes" ? yes : no;
      return yes === no ? yes : "maybe";
    }
    default:
      return "maybe";
  }
}
