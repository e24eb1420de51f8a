import type { LabelName } from "../domain/label.ts";
import type { Action } from "../domain/verdict.ts";

/** When a rule applies: a label at or over both bounds, and, where given, only there. */
export interface RuleCondition {
  readonly label: LabelName;
  readonly probability: number;
  readonly severity: number;
  readonly audience?: "general" | "minors";
}

/** One rule as data. Conditions never see reach: no rule can treat a large following differently from a small one. */
export interface Rule {
  readonly name: string;
  readonly when: RuleCondition;
  readonly action: Exclude<Action, "allow">;
  readonly queue: string;
  readonly reasonCode: string;
}

/** An immutable set of rules; a verdict names it by id and version. */
export interface Policy {
  readonly id: string;
  readonly version: number;
  readonly rules: readonly Rule[];
}
