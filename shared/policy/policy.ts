import type { LabelName } from "../domain/label.ts";
import type { Action } from "../domain/verdict.ts";

/** When a rule applies: a label at or over both bounds, and, where given, only there. */
export interface RuleCondition {
  readonly label: LabelName;
  readonly probability: number;
  readonly severity: number;
  readonly audience?: "general" | "minors";
}

/** When a post reads as toxic as a whole, whichever label says so: the model's probability at or over the bound. */
export interface ToxicityCondition {
  readonly toxicity: number;
  /** Severity of a case that this opens. */
  readonly severity: number;
  readonly audience?: "general" | "minors";
}

/** What a rule may ask of a text besides labels: counts and shares of its own, never who wrote it or for how many. */
export const CONTENT_FEATURES = [
  "emails",
  "hotlines",
  "link_risk",
  "links_credential",
  "links_defanged",
  "links_domains",
  "links_ip",
  "links_lookalike",
  "links_mismatch",
  "links_promoting",
  "links_redirect",
  "links_shortened",
  "links_total",
  "media",
  "mentions",
  "promotion",
] as const;

/** When a count or share of the text is at or over a bound: `links_total` at 2 reads "more than one link". */
export interface FeatureCondition {
  readonly feature: (typeof CONTENT_FEATURES)[number];
  readonly atLeast: number;
  /** Severity of a case that this opens. */
  readonly severity: number;
  readonly audience?: "general" | "minors";
}

/** One rule as data. Conditions never see reach: no rule can treat a large following differently from a small one. */
export interface Rule {
  readonly name: string;
  readonly when: RuleCondition | ToxicityCondition | FeatureCondition;
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
