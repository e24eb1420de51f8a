import type { FactView } from "./fact-view.ts";
import type { Comparison, ListTerm, NumberTerm, TextTerm, TruthTerm } from "./term.ts";

export type Test = (view: FactView) => boolean;
type NumberOf = (view: FactView) => number;
type TextOf = (view: FactView) => string;
type ListOf = (view: FactView) => readonly string[];

// A term has no way to fail: numbers are doubles (what is unknown is NaN, with which nothing compares), a place outside
// an array gives a neutral value, and there is no loop but over lists of bounded length.
const at = (row: Float64Array, slot: number): number => row[slot] ?? Number.NaN;

/** With one side written out, which nearly every comparison has, there is one call less. */
function compareFact(by: Comparison, slot: number, bound: number): Test {
  switch (by) {
    case "<":
      return ({ numbers }) => at(numbers, slot) < bound;
    case "<=":
      return ({ numbers }) => at(numbers, slot) <= bound;
    case ">":
      return ({ numbers }) => at(numbers, slot) > bound;
    case ">=":
      return ({ numbers }) => at(numbers, slot) >= bound;
    case "==":
      return ({ numbers }) => at(numbers, slot) === bound;
    case "!=":
      return ({ numbers }) => at(numbers, slot) !== bound;
  }
}

function compare(by: Comparison, left: NumberOf, right: NumberOf): Test {
  switch (by) {
    case "<":
      return (view) => left(view) < right(view);
    case "<=":
      return (view) => left(view) <= right(view);
    case ">":
      return (view) => left(view) > right(view);
    case ">=":
      return (view) => left(view) >= right(view);
    case "==":
      return (view) => left(view) === right(view);
    case "!=":
      return (view) => left(view) !== right(view);
  }
}

/** How a term's number is found. */
export function numberOf(term: NumberTerm): NumberOf {
  switch (term.op) {
    case "number": {
      const { value } = term;
      return () => value;
    }
    case "number-fact": {
      const { slot } = term;
      return ({ numbers }) => at(numbers, slot);
    }
    case "negative": {
      const of = numberOf(term.of);
      return (view) => -of(view);
    }
    case "size": {
      const of = listOf(term.of);
      return (view) => of(view).length;
    }
    case "number-choice": {
      const [when, yes, no] = [testOf(term.when), numberOf(term.yes), numberOf(term.no)];
      return (view) => (when(view) ? yes(view) : no(view));
    }
    case "+":
    case "-":
    case "*":
    case "/": {
      const [left, right] = [numberOf(term.left), numberOf(term.right)];
      if (term.op === "+") return (view) => left(view) + right(view);
      if (term.op === "-") return (view) => left(view) - right(view);
      if (term.op === "*") return (view) => left(view) * right(view);
      return (view) => left(view) / right(view);
    }
  }
}

export function textOf(term: TextTerm): TextOf {
  switch (term.op) {
    case "text": {
      const { value } = term;
      return () => value;
    }
    case "text-fact": {
      const { slot } = term;
      return ({ texts }) => texts[slot] ?? "";
    }
    case "text-variable": {
      const { depth } = term;
      return ({ variables }) => variables[depth] ?? "";
    }
    case "text-choice": {
      const [when, yes, no] = [testOf(term.when), textOf(term.yes), textOf(term.no)];
      return (view) => (when(view) ? yes(view) : no(view));
    }
  }
}

function listOf(term: ListTerm): ListOf {
  if (term.op === "brands") return ({ brands }) => brands;
  const { values } = term;
  return () => values;
}

function eachOf(op: "exists" | "all" | "exists_one", list: ListOf, depth: number, of: Test): Test {
  const holding = (view: FactView, enough: number): number => {
    let holds = 0;
    for (const one of list(view)) {
      view.variables[depth] = one;
      if (of(view) && ++holds === enough) break;
    }
    return holds;
  };
  if (op === "exists") return (view) => holding(view, 1) === 1;
  if (op === "exists_one") return (view) => holding(view, 2) === 1;
  return (view) => {
    for (const one of list(view)) {
      view.variables[depth] = one;
      if (!of(view)) return false;
    }
    return true;
  };
}

/** A condition as a function of an item's facts: total, without side effect, of bounded work (see `costOf`). */
export function testOf(term: TruthTerm): Test {
  switch (term.op) {
    case "truth": {
      const { value } = term;
      return () => value;
    }
    case "truth-fact": {
      const { slot } = term;
      return ({ numbers }) => numbers[slot] === 1;
    }
    case "known-number": {
      const { slot } = term;
      return ({ numbers }) => !Number.isNaN(at(numbers, slot));
    }
    case "known-text": {
      const { slot } = term;
      return ({ texts }) => (texts[slot] ?? "") !== "";
    }
    case "compare": {
      const { by, left, right } = term;
      if (left.op === "number-fact" && right.op === "number") return compareFact(by, left.slot, right.value);
      return compare(by, numberOf(left), numberOf(right));
    }
    case "same": {
      const [left, right] = [textOf(term.left), textOf(term.right)];
      return (view) => left(view) === right(view);
    }
    case "both": {
      const [left, right] = [testOf(term.left), testOf(term.right)];
      return (view) => left(view) && right(view);
    }
    case "either": {
      const [left, right] = [testOf(term.left), testOf(term.right)];
      return (view) => left(view) || right(view);
    }
    case "alike": {
      const [left, right] = [testOf(term.left), testOf(term.right)];
      return (view) => left(view) === right(view);
    }
    case "not": {
      const of = testOf(term.of);
      return (view) => !of(view);
    }
    case "truth-choice": {
      const [when, yes, no] = [testOf(term.when), testOf(term.yes), testOf(term.no)];
      return (view) => (when(view) ? yes(view) : no(view));
    }
    case "text-in": {
      const text = textOf(term.text);
      if (term.list.op === "brands") return (view) => view.brands.includes(text(view));
      const values = new Set(term.list.values);
      return (view) => values.has(text(view));
    }
    case "number-in": {
      const number = numberOf(term.number);
      const values = new Set(term.values);
      // A Set finds NaN in itself, but no list that is written out holds one.
      return (view) => values.has(number(view));
    }
    case "startsWith":
    case "endsWith":
    case "contains": {
      const [text, part] = [textOf(term.text), textOf(term.part)];
      if (term.op === "startsWith") return (view) => text(view).startsWith(part(view));
      if (term.op === "endsWith") return (view) => text(view).endsWith(part(view));
      return (view) => text(view).includes(part(view));
    }
    case "exists":
    case "all":
    case "exists_one":
      return eachOf(term.op, listOf(term.list), term.depth, testOf(term.of));
  }
}
