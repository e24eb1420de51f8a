import type { PolicyReference } from "../domain/verdict.ts";
import { type CompiledRule, compileRule, type Quarantine } from "./compiled-rule.ts";
import { emptyView, fillView, usedFeatures } from "./condition/fact-view.ts";
import { slotsOf } from "./condition/witness.ts";
import { decideBy, type PolicyDecision } from "./deciding.ts";
import { type ActivePolicy, BUILT_IN, chainOf, inheritedRules, nearerFirst } from "./inherited-rules.ts";
import type { PolicyDocument } from "./policy-document.ts";
import type { PolicyFacts } from "./policy-facts.ts";
import { isWithin } from "./policy-scope.ts";
import { canChange, type OpenLabels } from "./possible-decisions.ts";

/** A candidate that runs beside: what would be decided if it were active. */
export interface Shadow {
  readonly id: string;
  readonly version: number;
  decide(facts: PolicyFacts): PolicyDecision;
}

/** What the active policies of a tenant come to, ready to decide; cached by whoever loads it. */
export interface PolicySet {
  /** Version of the tenant's active row, 0 where it has none. */
  readonly epoch: number;
  /** The same facts give the same decision. Never throws. */
  decide(facts: PolicyFacts): PolicyDecision;
  /**
   * Could what is still open of an item change what happens to it, or how soon somebody sees it? Sound: where it says
   * no, nothing can; where it says yes, something may.
   */
  isOpen(facts: PolicyFacts, open: OpenLabels): boolean;
  readonly shadows: readonly Shadow[];
  /** The document of a version that decides here, for the words of its rules. */
  documentOf(id: string, version: number): PolicyDocument | undefined;
  /** Rules whose condition could not be read, `policy/rule`: what passed `checkPolicy` is never among them. */
  readonly unreadable: readonly string[];
}

/** The policies of a tenant, by its id. */
export type PoliciesOf = (tenant: string) => Promise<PolicySet>;

/** A policy that may be the one for an item: its own and its ancestors' scopes, and the rules that hold under it. */
interface Candidate {
  readonly identity: Pick<PolicyReference, "id" | "version" | "lineage">;
  readonly chain: readonly ActivePolicy[];
  readonly rules: readonly CompiledRule[];
}

/** A rule of that name, of any policy or under the one named. */
export interface LeftOut {
  readonly rule: string;
  readonly policyId?: string | undefined;
}

type Compiled = Pick<PolicySet, "decide" | "isOpen" | "documentOf" | "unreadable">;

const referenceOf = ({ document, version }: ActivePolicy) => ({ id: document.id, version });

function compileActive(
  active: readonly ActivePolicy[],
  quarantined: readonly Quarantine[],
  without?: LeftOut,
): Compiled {
  const known = new Map(active.map((policy) => [policy.document.id, policy]));
  const unreadable: string[] = [];
  const candidateOf = (chain: readonly ActivePolicy[]): Candidate => {
    const [own = BUILT_IN, ...ancestors] = chain;
    const rules = inheritedRules(chain).flatMap((rule) => {
      if (rule.name === without?.rule && (without.policyId ?? own.document.id) === own.document.id) return [];
      const compiled = compileRule(rule, own.document.id, quarantined);
      if (!compiled) unreadable.push(`${own.document.id}/${rule.name}`);
      return compiled ?? [];
    });
    const lineage = ancestors.map(referenceOf);
    return { identity: { ...referenceOf(own), ...(lineage.length > 0 ? { lineage } : {}) }, chain, rules };
  };
  const candidates = active
    .map((policy) => chainOf(policy, known))
    .sort(nearerFirst)
    .map(candidateOf);
  const last = candidateOf([BUILT_IN]);
  const slots = new Set<number>();
  for (const { rules } of [...candidates, last])
    for (const { term } of rules) for (const slot of slotsOf(term)) slots.add(slot);
  const features = usedFeatures(slots);
  // One item at a time: nothing waits between filling the view and deciding by it.
  const view = emptyView();
  const candidateFor = (facts: PolicyFacts): Candidate => {
    for (const candidate of candidates)
      if (candidate.chain.every(({ document }) => isWithin(document.appliesTo, facts))) return candidate;
    return last;
  };
  const documents = new Map(
    [...candidates, last].flatMap(({ chain }) =>
      chain.map(({ document, version }) => [`${document.id}#${version}`, document] as const),
    ),
  );
  return {
    unreadable,
    documentOf: (id, version) => documents.get(`${id}#${version}`),
    decide: (facts) => {
      fillView(view, facts, features);
      const { rules, identity } = candidateFor(facts);
      return decideBy(rules, identity, view);
    },
    isOpen: (facts, open) => {
      fillView(view, facts, features);
      return canChange(candidateFor(facts).rules, view, open);
    },
  };
}

/**
 * What decides for a tenant: for each item the active policy that is nearest to it (the deepest in its chain of those
 * whose scope fits), with all that it inherits; the built-in policy where none fits. Costs some milliseconds: keep it.
 * @param options.shadows candidates, each compiled in place of the active policy of its id
 * @param options.without a rule that is left out, to see what would be decided without it
 */
export function compilePolicies(
  active: readonly ActivePolicy[],
  {
    epoch = 0,
    quarantined = [],
    shadows = [],
    without,
  }: {
    readonly epoch?: number;
    readonly quarantined?: readonly Quarantine[];
    readonly shadows?: readonly ActivePolicy[];
    readonly without?: LeftOut | undefined;
  } = {},
): PolicySet {
  return {
    epoch,
    ...compileActive(active, quarantined, without),
    shadows: shadows.map((candidate) => {
      const others = active.filter(({ document }) => document.id !== candidate.document.id);
      const { decide } = compileActive([...others, candidate], quarantined);
      return { ...referenceOf(candidate), decide };
    }),
  };
}

/** What decides for a tenant without policies of its own. */
export const builtInPolicies: PolicySet = compilePolicies([]);
