import { SPARED_LABELS } from "../domain/breaker.ts";
import type { LabelName } from "../domain/label.ts";
import { ACTIONS, type Action } from "../domain/verdict.ts";
import { type Test, testOf } from "./condition/compile-term.ts";
import { readCondition } from "./condition/read-condition.ts";
import type { TruthTerm } from "./condition/term.ts";
import { labelsOf } from "./condition/witness.ts";
import type { PolicyRule } from "./policy-document.ts";

/** What the flood breaker holds: rules of a name, or rules that speak of a label, do no more than flag. */
export interface Quarantine {
  readonly subject: "rule" | "label";
  readonly name: string;
  /** Of one policy only; of all where it is left out. */
  readonly policyId?: string | undefined;
}

/** A rule that is ready to be tried on items. */
export interface CompiledRule {
  readonly rule: PolicyRule;
  readonly test: Test;
  readonly term: TruthTerm;
  /** Labels whose finding can make it apply. */
  readonly labels: ReadonlySet<LabelName>;
  /** What it does now, which under quarantine is less than its rule says. */
  readonly action: Action;
  readonly strictness: number;
  readonly quarantined: boolean;
}

export const strictnessOf = (action: Action): number => ACTIONS.indexOf(action);

function isHeld(
  rule: PolicyRule,
  labels: ReadonlySet<LabelName>,
  policyId: string,
  quarantined: readonly Quarantine[],
): boolean {
  if (strictnessOf(rule.action) <= strictnessOf("flag") || SPARED_LABELS.some((label) => labels.has(label)))
    return false;
  return quarantined.some(
    ({ subject, name, policyId: only }) =>
      (only === undefined || only === policyId) &&
      (subject === "rule" ? name === rule.name : labels.has(name as LabelName)),
  );
}

/** @returns undefined where its condition cannot be read; what passed `checkPolicy` can. */
export function compileRule(
  rule: PolicyRule,
  policyId: string,
  quarantined: readonly Quarantine[],
): CompiledRule | undefined {
  const read = readCondition(rule.when);
  if (!read.ok) return undefined;
  const { term } = read;
  const labels = labelsOf(term);
  const held = isHeld(rule, labels, policyId, quarantined);
  const action = held ? "flag" : rule.action;
  return { rule, test: testOf(term), term, labels, action, strictness: strictnessOf(action), quarantined: held };
}
