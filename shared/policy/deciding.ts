import type { LabelName } from "../domain/label.ts";
import type { PolicyReference } from "../domain/verdict.ts";
import { type Action, type Lane, type MatchedRule, MOST_MATCHED, MOST_VALUES } from "../domain/verdict.ts";
import type { CompiledRule } from "./compiled-rule.ts";
import type { FactView } from "./condition/fact-view.ts";
import { LABEL_NAMES, NUMBERS } from "./condition/vocabulary.ts";
import { type Witness, witness } from "./condition/witness.ts";

export interface PolicyDecision {
  readonly action: Action;
  readonly queue: string;
  readonly lane: Lane;
  /** 0 to 7, of the case that it opens. */
  readonly severity: number;
  readonly policy: PolicyReference;
}

/** Labels that go to the lane of their own, whatever their severity class. A threat only when it is credible. */
const SEVERE: readonly LabelName[] = ["child_safety", "self_harm"];
const CREDIBLE_THREAT = 5;

/** A label that a rule spoke of, as grave as it was found. */
export interface Spoken {
  readonly label: LabelName;
  readonly severity: number;
}

/** The lane of a case: by the labels that rules spoke of, and by the gravest severity. */
export function laneOf(spoken: readonly Spoken[], severity: number): Lane {
  const severe = spoken.some(
    ({ label, severity: own }) => SEVERE.includes(label) || (label === "threat" && own >= CREDIBLE_THREAT),
  );
  if (severe) return "severe_safety";
  if (severity >= 5) return "high";
  return severity >= 3 ? "medium" : "low";
}

const QUEUE = "default";

const places = new Map(LABEL_NAMES.map((label, place) => [label, NUMBERS.severity(place)]));
const severityOf = (label: LabelName, view: FactView): number => view.numbers[places.get(label) ?? -1] ?? 0;

/** A rule that applied, with why. */
interface Match {
  readonly rule: CompiledRule;
  readonly why: Witness;
}

const within = (severity: number): number => Math.min(7, Math.max(0, Math.trunc(severity) || 0));

function valuesOf({ values }: Witness): MatchedRule["values"] {
  return Object.fromEntries([...values].slice(0, MOST_VALUES));
}

/**
 * Which rule decides: the strictest action among the rules that apply, the first of equals; one that allows ends the
 * list. Severity and lane come from the labels that rules spoke of, so that a label which the policy ignores does not
 * push a case forward.
 */
export function decideBy(
  rules: readonly CompiledRule[],
  identity: Pick<PolicyReference, "id" | "version" | "lineage">,
  view: FactView,
): PolicyDecision {
  let matched: Match[] | undefined;
  let deciding: CompiledRule | undefined;
  for (const rule of rules) {
    if (!rule.test(view)) continue;
    matched ??= [];
    matched.push({ rule, why: witness(rule.term, view) });
    if (deciding === undefined || rule.strictness > deciding.strictness) deciding = rule;
    if (rule.action === "allow") break;
  }
  if (deciding === undefined || matched === undefined) {
    const policy = { ...identity, rule: "none", reasonCode: "none" };
    return { action: "allow", queue: QUEUE, lane: "low", severity: 0, policy };
  }
  const spoken: Spoken[] = [];
  let severity = 0;
  for (const { rule, why } of matched) {
    if (rule.action === "allow") continue;
    let own = 0;
    for (const label of why.labels) {
      const found = severityOf(label, view);
      spoken.push({ label, severity: found });
      own = Math.max(own, found);
    }
    severity = Math.max(severity, rule.rule.severity ?? own);
  }
  severity = within(severity);
  const { name, reasonCode, queue = QUEUE } = deciding.rule;
  const first = matched.findIndex(({ rule }) => rule === deciding);
  const ordered = [...matched.slice(first, first + 1), ...matched.slice(0, first), ...matched.slice(first + 1)];
  return {
    action: deciding.action,
    queue,
    lane: laneOf(spoken, severity),
    severity,
    policy: {
      ...identity,
      rule: name,
      reasonCode,
      matched: ordered
        .slice(0, MOST_MATCHED)
        .map(({ rule, why }) => ({ rule: rule.rule.name, action: rule.action, values: valuesOf(why) })),
      ...(deciding.quarantined ? { quarantined: true as const } : {}),
    },
  };
}
