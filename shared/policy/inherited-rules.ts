import { DEFAULT_VERSION, defaultPolicy } from "./default-policy.ts";
import { DEEPEST, type PolicyDocument, type PolicyRule } from "./policy-document.ts";
import { dimensionsOf } from "./policy-scope.ts";

/** A document with the number that the store gave it. */
export interface ActivePolicy {
  readonly document: PolicyDocument;
  readonly version: number;
}

export const BUILT_IN: ActivePolicy = { document: defaultPolicy, version: DEFAULT_VERSION };

/**
 * A policy and those that it inherits from, itself first. A parent that is not among `known`, or that would close a
 * circle or make the chain too long, is replaced by the built-in policy: what protects people is never lost.
 */
export function chainOf(policy: ActivePolicy, known: ReadonlyMap<string, ActivePolicy>): readonly ActivePolicy[] {
  const chain = [policy];
  for (let next = policy.document.inherits; next !== undefined; ) {
    const parent = next === BUILT_IN.document.id ? BUILT_IN : known.get(next);
    // Under a parent that inherits there has to be room for its root, too.
    const roots = parent?.document.inherits === undefined ? 0 : 1;
    const possible = parent !== undefined && !chain.includes(parent) && chain.length + roots < DEEPEST;
    const taken = possible ? parent : BUILT_IN;
    chain.push(taken);
    if (taken === BUILT_IN) break;
    next = taken.document.inherits;
  }
  return chain;
}

/** The order in which policies are asked whether an item is theirs: the deepest, then the one that names more, then by id. */
export const nearerFirst = (a: readonly ActivePolicy[], b: readonly ActivePolicy[]): number => {
  const dimensions = (chain: readonly ActivePolicy[]): number =>
    chain.reduce((sum, { document }) => sum + dimensionsOf(document.appliesTo), 0);
  const [one, other] = [a[0]?.document.id ?? "", b[0]?.document.id ?? ""];
  return b.length - a.length || dimensions(b) - dimensions(a) || (one < other ? -1 : one > other ? 1 : 0);
};

/**
 * The rules that hold under a policy, in the order in which they are asked: the locked ones of all that it inherits from
 * (the root's first), then its own, then its parent's that it neither locks, replaces nor disables, and so on.
 * @param chain the policy first, its root last
 */
export function inheritedRules(chain: readonly Pick<ActivePolicy, "document">[]): readonly PolicyRule[] {
  const [own, ...ancestors] = chain;
  if (!own) return [];
  const locked = ancestors
    .toReversed()
    .flatMap(({ document }) => document.rules.filter((rule) => rule.locked === true));
  const taken = new Set(locked.map(({ name }) => name));
  const rules = [...locked];
  const disabled = new Set<string>();
  for (const { document } of chain) {
    for (const rule of document.rules) {
      if (taken.has(rule.name) || disabled.has(rule.name)) continue;
      taken.add(rule.name);
      rules.push(rule);
    }
    for (const name of document.disable ?? []) disabled.add(name);
  }
  return rules;
}
