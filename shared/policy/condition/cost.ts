import { LONGEST_ID, MOST_BRANDS } from "./fact-view.ts";
import type { Term } from "./term.ts";

/**
 * Steps of one condition at its dearest. A step is a comparison or a look-up, some nanoseconds: the limit is a tenth of
 * a millisecond or so, and bench/policies.ts measures the worst that passes.
 */
export const MOST_STEPS = 20_000;
/** Steps of all conditions that one item may meet. */
export const MOST_STEPS_TOGETHER = 50_000;

/** Ids are compared and searched some characters a step. */
const CHARACTERS_A_STEP = 8;

const sizeOf = (term: Term): number => (term.op === "texts" ? term.values.length : MOST_BRANDS);
const lengthOf = (term: Term): number => (term.op === "text" ? term.value.length : LONGEST_ID);
const scanned = (characters: number): number => Math.ceil(characters / CHARACTERS_A_STEP);

/** Steps that a condition takes at most, on any item: every branch is taken, every list is at its longest. */
export function costOf(term: Term): number {
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
      return 1;
    case "not":
    case "negative":
    case "size":
      return 1 + costOf(term.of);
    case "number-choice":
    case "text-choice":
    case "truth-choice":
      return 1 + costOf(term.when) + Math.max(costOf(term.yes), costOf(term.no));
    case "same":
      return 1 + costOf(term.left) + costOf(term.right) + scanned(Math.min(lengthOf(term.left), lengthOf(term.right)));
    case "text-in":
      // A list that is written out is a set; brands are walked.
      return 1 + costOf(term.text) + scanned(LONGEST_ID) * (term.list.op === "brands" ? MOST_BRANDS : 1);
    case "number-in":
      return 2 + costOf(term.number);
    case "startsWith":
    case "endsWith":
      return 1 + costOf(term.text) + costOf(term.part) + scanned(Math.min(lengthOf(term.text), lengthOf(term.part)));
    case "contains":
      // The naive search at its worst: the part is tried at every place.
      return (
        1 +
        costOf(term.text) +
        costOf(term.part) +
        scanned(lengthOf(term.text) * Math.min(lengthOf(term.part), LONGEST_ID))
      );
    case "exists":
    case "all":
    case "exists_one":
      return 1 + sizeOf(term.list) * (1 + costOf(term.of));
    default:
      return 1 + costOf(term.left) + costOf(term.right);
  }
}
