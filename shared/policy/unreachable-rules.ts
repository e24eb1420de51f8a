import { strictnessOf } from "./compiled-rule.ts";
import { implies } from "./condition/constraints.ts";
import { type Alternatives, isCovered, normalFormOf } from "./condition/normal-form.ts";
import type { TruthTerm } from "./condition/term.ts";
import type { PolicyRule } from "./policy-document.ts";

/** A rule with its condition as read. */
export interface ReadRule {
  readonly rule: PolicyRule;
  readonly term: TruthTerm;
}

/** Why a rule can never decide, or always does; `index` among the rules given. */
export interface RuleFinding {
  readonly index: number;
  readonly level: "error" | "warning";
  /** By its own condition, whatever stands beside it. */
  readonly alone: boolean;
  readonly message: string;
  readonly fix?: string;
}

type Form = ReturnType<typeof normalFormOf>;

/** Alternatives of a condition that is compared with others; those of larger ones would take too long for all pairs. */
const MOST_COMPARED = 16;

const isCoveredBy = (inner: Alternatives, outer: Alternatives): boolean => isCovered(inner, outer, implies);

/** By itself: a condition that never holds, or always. */
function constantOf(index: number, { rule }: ReadRule, { holds, fails }: Form): RuleFinding | undefined {
  if (holds?.length === 0)
    return {
      index,
      alone: true,
      level: "error",
      message: "this condition never holds: its parts contradict each other",
      fix: "change the bounds, or write || where either may hold",
    };
  if (fails?.length === 0)
    return {
      index,
      alone: true,
      level: rule.when.trim() === "true" ? "warning" : "error",
      message: "this condition holds for every item",
      fix:
        rule.when.trim() === "true"
          ? "narrow the policy by appliesTo if not everything is meant"
          : "write true if everything is meant",
    };
  return undefined;
}

/** Against the rules around it: another one always decides instead. */
function shadowOf(index: number, read: readonly ReadRule[], forms: readonly Form[]): RuleFinding | undefined {
  const own = read[index];
  const form = forms[index]?.holds;
  if (!own || !form || form.length === 0 || form.length > MOST_COMPARED) return undefined;
  const strictness = strictnessOf(own.rule.action);
  for (const [place, { rule }] of read.entries()) {
    const outer = forms[place]?.holds;
    if (place === index || !outer || outer.length > MOST_COMPARED) continue;
    if (outer.length === 0 || !isCoveredBy(form, outer)) continue;
    const same = isCoveredBy(outer, form);
    if (place < index && rule.action === "allow")
      return {
        index,
        alone: false,
        level: "error",
        message: `never asked: wherever it would apply, rule ${rule.name} above it allows the item and ends the list`,
        fix: `move it above ${rule.name}`,
      };
    // An allowing rule ends the list; that a later one is stricter is no matter to it.
    if (own.rule.action === "allow" && !(place < index && same)) continue;
    // One that allows in between may keep the later one from being asked.
    if (read.slice(index + 1, place).some((between) => between.rule.action === "allow")) continue;
    const wins = place < index ? strictnessOf(rule.action) >= strictness : strictnessOf(rule.action) > strictness;
    if (!wins) continue;
    const why = same
      ? `it has the same condition as rule ${rule.name}`
      : `wherever it applies, rule ${rule.name} does, too`;
    return {
      index,
      alone: false,
      level: "error",
      message: `never decides: ${why}, which ${place < index ? "comes first and is as strict" : "is stricter"}`,
      fix: "leave one of them out, or narrow its condition",
    };
  }
  return undefined;
}

/** Rules of a list that can never decide, as far as that can be told from their conditions. */
export function unreachableRules(read: readonly ReadRule[]): readonly RuleFinding[] {
  const forms = read.map(({ rule, term }) => normalFormOf(term, rule.when));
  return read.flatMap((one, index) => {
    const form = forms[index];
    return (form && constantOf(index, one, form)) ?? shadowOf(index, read, forms) ?? [];
  });
}
