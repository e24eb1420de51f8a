import type { JournalEntry } from "../domain/journal-entry.ts";
import type { LabelName } from "../domain/label.ts";
import type { UndoCause } from "../domain/undo.ts";
import { ACTIONS, type Action } from "../domain/verdict.ts";
import { compilePolicies, type PolicySet } from "./compiled-policies.ts";
import type { ActivePolicy } from "./inherited-rules.ts";
import type { PolicyFacts } from "./policy-facts.ts";

/** `rests`: without the cause the action is milder. `stands`: another finding asks for the same. */
export type Effect = { readonly kind: "none" | "stands" } | { readonly kind: "rests"; readonly to: Action };

export interface UndoEffect {
  /** Could the verdict rest on the cause? Only such a one needs the rest. */
  concerns(entry: JournalEntry): boolean;
  /** The version that decided, where it has to be at hand for `of`. */
  decidedBy(entry: JournalEntry): { readonly id: string; readonly version: number } | undefined;
  /**
   * What the verdict would be without the cause.
   * @param decidedBy the document of the version that decided, where it is known
   * @param given labels that the cause's analyzer gave, by the stored verdict, for a cause that names one
   */
  of(entry: JournalEntry, decidedBy: ActivePolicy | undefined, given?: ReadonlySet<LabelName>): Effect;
}

const NONE: Effect = { kind: "none" };
const STANDS: Effect = { kind: "stands" };

/** Analyzers whose answer is also the feature `toxicity`, beside their labels. */
const JUDGES_TOXICITY = ["text-model@", "comprehend-toxicity@"];

const isMilder = (one: Action, than: Action): boolean => ACTIONS.indexOf(one) < ACTIONS.indexOf(than);

function withoutLabels(facts: PolicyFacts, isGone: (label: LabelName) => boolean, noToxicity: boolean): PolicyFacts {
  const { toxicity: _, ...others } = facts.features;
  return {
    ...facts,
    labels: facts.labels.filter(({ label }) => !isGone(label)),
    features: noToxicity ? others : facts.features,
  };
}

/**
 * Which verdicts rest on a cause, and what they would be without it. Asked are the tenant's active policies with the
 * version that decided then in its place among them, once as they are and once without the rule, or of the facts without
 * the labels. A policy version as such is held against what is active instead of it.
 * @param active the policies that are active, at most some tens
 */
export function undoEffect(cause: UndoCause, active: readonly ActivePolicy[]): UndoEffect {
  const { rule, policy, label, model } = cause;
  const now = compilePolicies(active);
  const sets = new Map<string, { readonly whole: PolicySet; readonly without: PolicySet }>();

  const setsFor = (decided: ActivePolicy | undefined) => {
    const key = decided ? `${decided.document.id}@${decided.version}` : "";
    const known = sets.get(key);
    if (known) return known;
    const then = decided ? [...active.filter(({ document }) => document.id !== decided.document.id), decided] : active;
    const whole = decided ? compilePolicies(then) : now;
    const without = rule === undefined ? whole : compilePolicies(then, { without: { rule, policyId: policy?.id } });
    const made = { whole, without };
    sets.set(key, made);
    return made;
  };

  const isOfPolicy = ({ policy: decided }: JournalEntry): boolean =>
    policy === undefined ||
    (decided.id === policy.id && (policy.version === undefined || decided.version === policy.version));

  return {
    concerns(entry) {
      if (entry.action === "allow" || !isOfPolicy(entry)) return false;
      if (rule !== undefined && entry.policy.rule !== rule) return false;
      return label === undefined || entry.facts.labels.some((one) => one.label === label);
    },
    decidedBy({ policy: { id, version } }) {
      if (rule === undefined && policy !== undefined) return undefined;
      return active.some(({ document, version: own }) => document.id === id && own === version)
        ? undefined
        : { id, version };
    },
    of(entry, decidedBy, given = new Set()) {
      const { facts, action } = entry;
      if (rule === undefined && policy !== undefined) {
        const to = now.decide(facts).action;
        return isMilder(to, action) ? { kind: "rests", to } : STANDS;
      }
      const { whole, without } = setsFor(decidedBy);
      if (rule !== undefined) {
        const to = without.decide(facts).action;
        return isMilder(to, action) ? { kind: "rests", to } : STANDS;
      }
      const isGone = (one: LabelName): boolean =>
        (label === undefined || one === label) && (model === undefined || given.has(one));
      const noToxicity =
        model !== undefined &&
        label === undefined &&
        entry.models.includes(model) &&
        JUDGES_TOXICITY.some((analyzer) => model.startsWith(analyzer));
      if (!noToxicity && !facts.labels.some((one) => isGone(one.label))) return NONE;
      const to = whole.decide(withoutLabels(facts, isGone, noToxicity)).action;
      // What is milder only because the policies have changed since does not rest on the label.
      return isMilder(to, action) && isMilder(to, whole.decide(facts).action) ? { kind: "rests", to } : STANDS;
    },
  };
}
