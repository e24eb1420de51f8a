import type { LabelName, LabelScore } from "../../../shared/domain/label.ts";
import { compilePolicies, type PolicySet } from "../../../shared/policy/compiled-policies.ts";
import type { PolicyDocument, PolicyRule } from "../../../shared/policy/policy-document.ts";

export const rule = (name: string, when: string, more: Partial<PolicyRule> = {}): PolicyRule => ({
  name,
  when,
  action: "flag",
  reasonCode: name.replaceAll("-", "_"),
  ...more,
});

/** A root of its own with these rules and nothing else. */
export const documentOf = (rules: readonly PolicyRule[], more: Partial<PolicyDocument> = {}): PolicyDocument => ({
  id: "p",
  title: "A policy of a test",
  rules: [...rules],
  ...more,
});

export const policiesOf = (...rules: PolicyRule[]): PolicySet =>
  compilePolicies([{ document: documentOf(rules), version: 3 }]);

export const label = (name: LabelName, severity: number, probability = 0.9): LabelScore => ({
  label: name,
  score: probability,
  probability,
  severity,
  spans: [],
  reasons: [],
  source: "test",
  version: "1",
});
