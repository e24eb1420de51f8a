import type { ConditionFault } from "./condition-fault.ts";
import { domainOf, isEmpty, overlap } from "./constraints.ts";
import { constantOf, intervalsOf, MIRRORED, OPPOSITE } from "./normal-form.ts";
import type { Comparison, NumberTerm, TruthTerm } from "./term.ts";
import { NUMBER_WORDS, type Word } from "./vocabulary.ts";
import { everyTerm } from "./witness.ts";

/** Written-out numbers that a term may come to. */
function constantsIn(term: NumberTerm): readonly (NumberTerm & { readonly value: number })[] {
  if (term.op === "number-choice") return [...constantsIn(term.yes), ...constantsIn(term.no)];
  const value = constantOf(term);
  return value === undefined ? [] : [{ ...term, value }];
}

function boundsInWords(word: Word): string {
  if (word.kind !== "number") return "";
  const { min, max } = word;
  if (word.label && max === 1) return "a probability lies between 0 and 1";
  if (word.label) return "a severity lies between 0 and 7";
  return max === undefined ? `${word.name} is never below ${min}` : `${word.name} lies between ${min} and ${max}`;
}

function fixFor(word: Word, bound: number): string | undefined {
  if (word.kind !== "number" || word.max === undefined) return undefined;
  if (word.max === 1 && bound > 1 && bound <= 100) return `did you mean ${bound / 100}?`;
  if (bound > word.max) return `write at most ${word.max}`;
  return bound === word.max ? `write >= ${bound} if ${bound} is meant` : undefined;
}

/** A comparison with a number that the fact can never reach, or always does: 80 for a probability of .8. */
function faultOf(
  word: Word,
  by: Comparison,
  bound: NumberTerm & { readonly value: number },
): ConditionFault | undefined {
  const domain = domainOf(word);
  const never = intervalsOf(by, bound.value).every((interval) => isEmpty(overlap(interval, domain)));
  // Where it is unknown nothing holds always.
  const always = intervalsOf(OPPOSITE[by], bound.value).every((interval) => isEmpty(overlap(interval, domain)));
  if (!never && !always) return undefined;
  const fix = fixFor(word, bound.value);
  return {
    start: bound.start,
    end: bound.end,
    message: `${boundsInWords(word)}: this comparison ${never ? "never" : "always"} holds`,
    ...(fix === undefined ? {} : { fix }),
  };
}

/** The first comparison of a fact with a number outside of what it can be. */
export function checkBounds(term: TruthTerm): ConditionFault | undefined {
  for (const one of everyTerm(term)) {
    if (one.op !== "compare") continue;
    for (const [fact, bound, by] of [
      [one.left, one.right, one.by],
      [one.right, one.left, MIRRORED[one.by]],
    ] as const) {
      const word = fact.op === "number-fact" ? NUMBER_WORDS.get(fact.slot) : undefined;
      // `has(label.x)` is a comparison, too, and none of the writer's.
      if (word?.kind !== "number" || fact.start === bound.start) continue;
      for (const constant of constantsIn(bound)) {
        const fault = faultOf(word, by, constant);
        if (fault) return fault;
      }
    }
  }
  return undefined;
}
