import type { LabelName } from "../domain/label.ts";
import { LANES } from "../domain/verdict.ts";
import type { CompiledRule } from "./compiled-rule.ts";
import type { FactView } from "./condition/fact-view.ts";
import { type Bounds, isSettled, possibleOf } from "./condition/possible.ts";
import { FEATURE_NAMES, LABEL_NAMES, NUMBERS } from "./condition/vocabulary.ts";
import { witness } from "./condition/witness.ts";
import { laneOf, type Spoken } from "./deciding.ts";

/** What is still open of an item: labels, each with the gravest that it could be found, and whether its toxicity is. */
export interface OpenLabels {
  readonly labels: ReadonlyMap<LabelName, number>;
  readonly toxicity: boolean;
}

const TOXICITY = NUMBERS.features + FEATURE_NAMES.indexOf("toxicity");

function boundsOf({ labels, toxicity }: OpenLabels): ReadonlyMap<number, Bounds> {
  const bounds = new Map<number, Bounds>();
  for (const [label, gravest] of labels) {
    const place = LABEL_NAMES.indexOf(label);
    bounds.set(NUMBERS.probability(place), { low: 0, high: 1 });
    bounds.set(NUMBERS.severity(place), { low: 0, high: gravest });
  }
  if (toxicity) bounds.set(TOXICITY, { low: 0, high: 1 });
  return bounds;
}

/** What a set of rules comes to, as far as it moves anybody. */
interface Outcome {
  strictness: number;
  severity: number;
  readonly spoken: Spoken[];
}

const said = ({ strictness, severity, spoken }: Outcome): string =>
  `${strictness} ${LANES.indexOf(laneOf(spoken, severity))}`;

function add(outcome: Outcome, { rule, strictness }: CompiledRule, spoken: readonly Spoken[]): void {
  const gravest = spoken.reduce((most, { severity }) => Math.max(most, severity), 0);
  outcome.strictness = Math.max(outcome.strictness, strictness);
  outcome.severity = Math.max(outcome.severity, rule.severity ?? gravest);
  outcome.spoken.push(...spoken);
}

/**
 * Could what is open change the action or the lane? Each rule is tried with the open numbers anywhere between their
 * bounds: it applies for certain, cannot apply, or may. Both action and lane only ever grow with the rules that apply, so
 * every possible decision lies between that of the certain rules alone, each as mild as it could be, and that of all
 * that may apply, each as grave: where these two agree, nothing is at stake. A rule that allows and may apply may also
 * cut off what stands below it.
 */
export function canChange(rules: readonly CompiledRule[], view: FactView, open: OpenLabels): boolean {
  const bounds = boundsOf(open);
  const least: Outcome = { strictness: 0, severity: 0, spoken: [] };
  const most: Outcome = { strictness: 0, severity: 0, spoken: [] };
  let mayHaveEnded = false;
  const gravestOf = (label: LabelName): number => {
    const place = LABEL_NAMES.indexOf(label);
    const found = (view.numbers[NUMBERS.probability(place)] ?? 0) > 0 ? view.numbers[NUMBERS.severity(place)] : 0;
    return bounds.get(NUMBERS.severity(place))?.high ?? found ?? 0;
  };
  for (const compiled of rules) {
    const { term, action, labels } = compiled;
    const truth = possibleOf(term, view, bounds);
    if (truth === "no") continue;
    if (action === "allow") {
      if (truth === "yes") break;
      mayHaveEnded = true;
      continue;
    }
    const settled = isSettled(term, bounds);
    const spoken = (settled ? [...witness(term, view).labels] : [...labels])
      .filter(
        (label) => open.labels.has(label) || (view.numbers[NUMBERS.probability(LABEL_NAMES.indexOf(label))] ?? 0) > 0,
      )
      .map((label): Spoken => ({ label, severity: gravestOf(label) }));
    add(most, compiled, spoken);
    // Which labels a rule speaks of that hangs on something open is open, too.
    if (truth === "yes" && !mayHaveEnded) add(least, compiled, settled ? spoken : []);
  }
  return said(least) !== said(most);
}
