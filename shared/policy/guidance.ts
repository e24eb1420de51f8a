import { DECISION_REASON_TEXTS, type DecisionReason, type Outcome } from "../domain/decision-reasons.ts";
import { LABELS, type LabelName } from "../domain/label.ts";
import type { VersionOf } from "../domain/policy-state.ts";
import type { Action, Verdict } from "../domain/verdict.ts";
import { defaultGuidanceOf, isBuiltIn } from "./default-guidance.ts";
import { LABEL_GUIDANCE } from "./label-guidance.ts";
import type { PolicyDocument } from "./policy-document.ts";

/** What a moderator reads beside an item before deciding on it. */
export interface Guidance {
  policy: VersionOf & { title?: string };
  /** The rules that applied, the deciding one first. */
  rules: { rule: string; action: Action; reasonCode?: string; guidance?: string }[];
  labels: { label: LabelName; title: string; guidance: string }[];
  reasons: { reason: DecisionReason; title: string; sentence: string; outcomes: Outcome[] }[];
}

function ruleGuidance(name: string, isDeciding: boolean, documents: readonly PolicyDocument[]): string | undefined {
  const document = documents.find(({ rules }) => rules.some((one) => one.name === name));
  if (!document) return undefined;
  const own = document.rules.find((one) => one.name === name)?.guidance;
  return own ?? (isBuiltIn(document) ? defaultGuidanceOf(name, isDeciding) : undefined);
}

/**
 * The policy's text for moderators: of the rules that made the verdict and of its labels; where the tenant's policies say
 * nothing, in our words.
 * @param documents of the policy that decided and those that it inherits from, nearest first, as far as they are at hand
 */
export function guidanceOf(
  { policy, labels, action }: Pick<Verdict, "policy" | "labels" | "action">,
  documents: readonly PolicyDocument[],
): Guidance {
  const applied = policy.matched ?? (policy.rule === "none" ? [] : [{ rule: policy.rule, action }]);
  const title = documents.find(({ id }) => id === policy.id)?.title;
  return {
    policy: { id: policy.id, version: policy.version, ...(title === undefined ? {} : { title }) },
    rules: applied.map((one) => {
      const guidance = ruleGuidance(one.rule, one.rule === policy.rule, documents);
      return {
        rule: one.rule,
        action: one.action,
        ...(one.rule === policy.rule ? { reasonCode: policy.reasonCode } : {}),
        ...(guidance === undefined ? {} : { guidance }),
      };
    }),
    labels: labels.map(({ label }) => ({
      label,
      title: LABELS[label],
      guidance: documents.find((one) => one.labelGuidance?.[label])?.labelGuidance?.[label] ?? LABEL_GUIDANCE[label],
    })),
    reasons: DECISION_REASON_TEXTS.map((one) => ({ ...one, outcomes: [...one.outcomes] })),
  };
}
