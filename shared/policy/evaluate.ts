import type { LabelName, LabelScore } from "../domain/label.ts";
import { ACTIONS, type Action, type Lane, type PolicyReference } from "../domain/verdict.ts";
import type { Policy, Rule } from "./policy.ts";

/** What made a rule apply. */
interface Found {
  readonly label?: LabelName;
  readonly severity: number;
}

/** Labels that go to the lane of their own, whatever their severity class. A threat only when it is credible. */
const SEVERE: readonly LabelName[] = ["child_safety", "self_harm"];
const CREDIBLE_THREAT = 5;

/** In a channel for minors every finding counts with this much less certainty. */
const MINORS_ALLOWANCE = 0.2;

export interface PolicyDecision {
  readonly action: Action;
  readonly queue: string;
  readonly lane: Lane;
  readonly severity: number;
  readonly policy: PolicyReference;
}

function laneOf(found: readonly Found[], severity: number): Lane {
  const severe = found.some(
    ({ label, severity: own }) =>
      (label !== undefined && SEVERE.includes(label)) || (label === "threat" && own >= CREDIBLE_THREAT),
  );
  if (severe) return "severe_safety";
  if (severity >= 5) return "high";
  return severity >= 3 ? "medium" : "low";
}

/**
 * Which rule decides: the strictest action among the rules that apply, the first of equals. Severity and lane come
 * from the labels that rules spoke of, so that a label which the policy ignores does not push a case forward.
 * @param features of the text, `toxicity` among them where a model was asked; what is missing counts 0.
 */
export function evaluate(
  policy: Policy,
  labels: readonly LabelScore[],
  audience: "general" | "minors",
  features: Readonly<Record<string, number>> = {},
): PolicyDecision {
  const allowance = audience === "minors" ? MINORS_ALLOWANCE : 0;
  const applies = ({ when }: Rule): Found | undefined => {
    if (when.audience !== undefined && when.audience !== audience) return undefined;
    if ("toxicity" in when) {
      return (features.toxicity ?? 0) >= when.toxicity - allowance ? { severity: when.severity } : undefined;
    }
    // A count is a count, whoever reads it.
    if ("feature" in when) {
      return (features[when.feature] ?? 0) >= when.atLeast ? { severity: when.severity } : undefined;
    }
    return labels.find(
      ({ label, probability, severity }) =>
        label === when.label && severity >= when.severity && probability >= when.probability - allowance,
    );
  };
  const matched = policy.rules.flatMap((rule) => {
    const found = applies(rule);
    return found ? [{ rule, found }] : [];
  });
  const strictness = ({ rule }: { rule: Rule }) => ACTIONS.indexOf(rule.action);
  const [first, ...others] = matched;
  if (!first) {
    const policyReference = { id: policy.id, version: policy.version, rule: "none", reasonCode: "none" };
    return { action: "allow", queue: "default", lane: "low", severity: 0, policy: policyReference };
  }
  const deciding = others.reduce((best, next) => (strictness(next) > strictness(best) ? next : best), first);
  const spoken = matched.map(({ found }) => found);
  const severity = Math.max(...spoken.map((found) => found.severity));
  const { name, action, queue, reasonCode } = deciding.rule;
  return {
    action,
    queue,
    lane: laneOf(spoken, severity),
    severity,
    policy: { id: policy.id, version: policy.version, rule: name, reasonCode },
  };
}
