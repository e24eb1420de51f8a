import type { LabelName } from "../../domain/label.ts";
import { numberOf, testOf } from "./compile-term.ts";
import type { FactView } from "./fact-view.ts";
import type { NumberTerm, Range, Term, TextTerm, TruthTerm } from "./term.ts";
import { NUMBER_WORDS, TEXT_WORDS } from "./vocabulary.ts";

/** By what a condition held on an item: the facts that made it so, and the labels that it found. */
export interface Witness {
  readonly values: Map<string, number | boolean | string>;
  readonly labels: Set<LabelName>;
}

// A number that is already huge has no thousandths, and would not survive being multiplied.
const round = (value: number): number => (Math.abs(value) < 1e12 ? Math.round(value * 1000) / 1000 : value);

/** The labels that a comparison holds for because they were found: those on its greater side. */
function greaterSide({ by, left, right }: TruthTerm & { op: "compare" }, holds: boolean): readonly NumberTerm[] {
  if (by === "==") return holds ? [left, right] : [];
  if (by === "!=") return holds ? [] : [left, right];
  return by.startsWith(">") === holds ? [left] : [right];
}

const branches = (term: Term): readonly Term[] => {
  switch (term.op) {
    case "truth":
    case "truth-fact":
    case "known-number":
    case "known-text":
    case "number":
    case "number-fact":
    case "text":
    case "text-fact":
    case "text-variable":
    case "brands":
    case "texts":
      return [];
    case "not":
    case "negative":
    case "size":
      return [term.of];
    case "number-choice":
    case "text-choice":
    case "truth-choice":
      return [term.when, term.yes, term.no];
    case "text-in":
      return [term.text, term.list];
    case "number-in":
      return [term.number];
    case "startsWith":
    case "endsWith":
    case "contains":
      return [term.text, term.part];
    case "exists":
    case "all":
    case "exists_one":
      return [term.list, term.of];
    default:
      return [term.left, term.right];
  }
};

/** A term and all within it. */
export function* everyTerm(term: Term): Generator<Term> {
  yield term;
  for (const one of branches(term)) yield* everyTerm(one);
}

/** The places among the numbers that a term speaks of, knowing included. */
export function slotsOf(term: Term): ReadonlySet<number> {
  const slots = new Set<number>();
  for (const one of everyTerm(term))
    if (one.op === "number-fact" || one.op === "truth-fact" || one.op === "known-number") slots.add(one.slot);
  return slots;
}

const labelOf = (slot: number): LabelName | undefined => {
  const word = NUMBER_WORDS.get(slot);
  return word?.kind === "number" ? word.label : undefined;
};

function labelsIn(terms: readonly Term[]): LabelName[] {
  return terms.flatMap((term) => [...slotsOf(term)].flatMap((slot) => labelOf(slot) ?? []));
}

const union = <Of>(one: ReadonlySet<Of>, other: ReadonlySet<Of>): ReadonlySet<Of> => new Set([...one, ...other]);

/** The labels whose finding can make a condition hold: what a rule speaks of, whatever item it meets. */
export function labelsOf(term: TruthTerm, holds = true): ReadonlySet<LabelName> {
  switch (term.op) {
    case "compare":
      return new Set(labelsIn(greaterSide(term, holds)));
    case "number-in":
      return new Set(holds ? labelsIn([term.number]) : []);
    case "not":
      return labelsOf(term.of, !holds);
    case "both":
    case "either":
      return union(labelsOf(term.left, holds), labelsOf(term.right, holds));
    case "alike":
      return union(labelsOf(term.left), labelsOf(term.right));
    case "truth-choice":
      return union(labelsOf(term.yes, holds), labelsOf(term.no, holds));
    case "exists":
    case "all":
    case "exists_one":
      return labelsOf(term.of, holds);
    default:
      return new Set();
  }
}

/**
 * Collects by what facts a condition holds (or, within a negation, does not), in the order in which they are written.
 * Only called where a rule applied, which is rare.
 */
export function witness(term: TruthTerm, view: FactView): Witness {
  const found: Witness = { values: new Map(), labels: new Set() };
  note(term, true, view, found);
  return found;
}

function noteNumber(term: NumberTerm, view: FactView, found: Witness): void {
  switch (term.op) {
    case "number":
      return;
    case "number-fact": {
      const value = view.numbers[term.slot] ?? Number.NaN;
      const word = NUMBER_WORDS.get(term.slot);
      // What is unknown, or endless, is no value to show.
      if (word && Number.isFinite(value)) found.values.set(word.name, round(value));
      return;
    }
    case "number-choice":
      noteNumber(chosen(term, view), view, found);
      return;
    case "negative":
      noteNumber(term.of, view, found);
      return;
    case "size":
      if (term.of.op === "brands") found.values.set("size(item.brands)", numberOf(term)(view));
      return;
    default:
      noteNumber(term.left, view, found);
      noteNumber(term.right, view, found);
  }
}

function noteText(term: TextTerm, view: FactView, found: Witness): void {
  if (term.op === "text-choice") noteText(chosen(term, view), view, found);
  if (term.op !== "text-fact") return;
  const word = TEXT_WORDS.get(term.slot);
  if (word) found.values.set(word.name, (view.texts[term.slot] ?? "").slice(0, 128));
}

function chosen<Of>(
  { when, yes, no }: Range & { readonly when: TruthTerm; readonly yes: Of; readonly no: Of },
  view: FactView,
): Of {
  return testOf(when)(view) ? yes : no;
}

function note(term: TruthTerm, holds: boolean, view: FactView, found: Witness): void {
  switch (term.op) {
    case "truth":
    case "known-number":
    case "known-text":
      return;
    case "truth-fact": {
      const word = NUMBER_WORDS.get(term.slot);
      if (word) found.values.set(word.name, view.numbers[term.slot] === 1);
      return;
    }
    case "compare":
      noteNumber(term.left, view, found);
      noteNumber(term.right, view, found);
      for (const side of greaterSide(term, holds)) noteLabels(side, view, found);
      return;
    case "number-in":
      noteNumber(term.number, view, found);
      if (holds) noteLabels(term.number, view, found);
      return;
    case "same":
      noteText(term.left, view, found);
      noteText(term.right, view, found);
      return;
    case "text-in":
      noteText(term.text, view, found);
      return;
    case "startsWith":
    case "endsWith":
    case "contains":
      noteText(term.text, view, found);
      noteText(term.part, view, found);
      return;
    case "not":
      note(term.of, !holds, view, found);
      return;
    case "truth-choice":
      note(term.when, testOf(term.when)(view), view, found);
      note(chosen(term, view), holds, view, found);
      return;
    case "alike":
      note(term.left, testOf(term.left)(view), view, found);
      note(term.right, testOf(term.right)(view), view, found);
      return;
    case "both":
    case "either":
      // All that made it so: both where both had to hold, else each that does.
      for (const side of [term.left, term.right]) if (testOf(side)(view) === holds) note(side, holds, view, found);
      return;
    case "exists":
    case "all":
    case "exists_one":
      found.values.set("item.brands", view.brands.slice(0, 3).join(" ").slice(0, 128));
      return;
  }
}

function noteLabels(term: NumberTerm, view: FactView, found: Witness): void {
  for (const one of everyTerm(term)) {
    if (one.op !== "number-fact") continue;
    const label = labelOf(one.slot);
    // A label that is not there has been found by nobody.
    if (label !== undefined && (view.numbers[one.slot] ?? 0) > 0) found.labels.add(label);
  }
}
