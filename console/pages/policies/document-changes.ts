import type { PolicyDocument, Rule } from "./words.tsx";

/** What differs between two versions of a policy, by the names of rules and of fields. */
export interface Changes {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly { readonly rule: string; readonly fields: readonly string[] }[];
  /** The rules that both have stand in another order, which can change who decides. */
  readonly reordered: boolean;
  /** Fields of the policy itself: `title`, `appliesTo`, `disable`, … */
  readonly fields: readonly string[];
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

function differing<T extends object>(from: T, to: T, without: readonly string[]): string[] {
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])] as (keyof T & string)[];
  return names.filter((name) => !without.includes(name) && !same(from[name], to[name]));
}

/** @returns what somebody who knows `from` has to know of `to`. */
export function changesBetween(from: PolicyDocument, to: PolicyDocument): Changes {
  const before = new Map<string, Rule>(from.rules.map((rule) => [rule.name, rule]));
  const after = new Map<string, Rule>(to.rules.map((rule) => [rule.name, rule]));
  const kept = [...before.keys()].filter((name) => after.has(name));
  return {
    added: [...after.keys()].filter((name) => !before.has(name)),
    removed: [...before.keys()].filter((name) => !after.has(name)),
    changed: [...after].flatMap(([name, rule]) => {
      const old = before.get(name);
      const fields = old ? differing(old, rule, []) : [];
      return fields.length === 0 ? [] : [{ rule: name, fields }];
    }),
    reordered: !same(
      kept,
      [...after.keys()].filter((name) => before.has(name)),
    ),
    fields: differing(from, to, ["rules", "$schema"]),
  };
}
