import type * as z from "zod";
import { checkBounds } from "./condition/check-bounds.ts";
import type { ConditionFault } from "./condition/condition-fault.ts";
import { costOf, MOST_STEPS, MOST_STEPS_TOGETHER } from "./condition/cost.ts";
import { readCondition } from "./condition/read-condition.ts";
import { suggest } from "./condition/suggest.ts";
import type { TruthTerm } from "./condition/term.ts";
import { inheritedRules } from "./inherited-rules.ts";
import {
  MOST_CHARACTERS,
  MOST_CONDITION,
  MOST_RULES,
  type PolicyDocument,
  type PolicyRule,
  policyDocument,
  policyRule,
  policyScope,
} from "./policy-document.ts";
import type { PolicySource } from "./policy-source.ts";
import { type RuleFinding, unreachableRules } from "./unreachable-rules.ts";

/** What is wrong with a policy and where. */
export interface PolicyFault {
  /** JSON pointer. */
  readonly pointer: string;
  /** In the text that was given; where only a document was, in the condition. From 1. */
  readonly line?: number;
  readonly column?: number;
  /** How many characters from there are meant. */
  readonly length?: number;
  readonly rule?: string;
  readonly message: string;
  readonly fix?: string;
}

export type PolicyCheck =
  | { readonly ok: true; readonly document: PolicyDocument; readonly warnings: readonly PolicyFault[] }
  | { readonly ok: false; readonly faults: readonly PolicyFault[]; readonly warnings?: readonly PolicyFault[] };

export interface PolicyCheckOptions {
  /** What the policy inherits from, nearest first. */
  readonly parents?: readonly PolicyDocument[];
  /** Where the values of a document stand in the text that it was read from. */
  readonly source?: PolicySource;
}

type Path = readonly (string | number)[];

const pointerOf = (path: Path): string =>
  path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

const failed = (faults: readonly PolicyFault[], warnings: readonly PolicyFault[] = []): PolicyCheck => ({
  ok: false,
  faults,
  warnings,
});

/** Names that a fault can have meant, by where an unknown one stands. */
function namesAt(path: Path): readonly string[] {
  if (path[0] === "rules") return Object.keys(policyRule.shape);
  return path[0] === "appliesTo" ? Object.keys(policyScope.shape) : Object.keys(policyDocument.shape);
}

const pathOf = (issue: z.core.$ZodIssue): Path =>
  issue.path.map((part) => (typeof part === "number" ? part : String(part)));

function schemaFaults(error: z.ZodError, document: unknown, source: PolicySource | undefined): PolicyFault[] {
  const rules = (document as { rules?: { name?: unknown }[] } | null)?.rules;
  const at = (path: Path, message: string, fix?: string): PolicyFault => {
    const name = path[0] === "rules" && Array.isArray(rules) ? rules[Number(path[1])]?.name : undefined;
    return {
      pointer: pointerOf(path),
      ...source?.placeOf(path),
      ...(typeof name === "string" && path[2] !== "name" ? { rule: name } : {}),
      message,
      ...(fix === undefined ? {} : { fix }),
    };
  };
  return error.issues.flatMap((issue) => {
    const path = pathOf(issue);
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => {
        const near = suggest(key, namesAt(path));
        return at([...path, key], `${key} is not known here`, near ? `did you mean ${near}?` : "leave it out");
      });
    if (issue.code === "invalid_value") {
      const given = path.reduce<unknown>(
        (value, part) => (value as Record<string, unknown> | undefined)?.[part],
        document,
      );
      const allowed = issue.values.map(String);
      const near = typeof given === "string" ? suggest(given, allowed) : undefined;
      return at(path, `it is one of ${allowed.join(", ")}`, near ? `did you mean ${near}?` : undefined);
    }
    if (issue.code === "invalid_type" && issue.message.startsWith("Invalid input")) {
      const missing = issue.message.endsWith("undefined");
      return at(path, missing ? `${path.at(-1) ?? "it"} is missing` : `this must be of type ${issue.expected}`);
    }
    return at(path, issue.message);
  });
}

/** One fault of one rule's condition, at its place. */
function conditionFault(
  { name, when }: Pick<PolicyRule, "name" | "when">,
  index: number,
  source: PolicySource | undefined,
) {
  const path = ["rules", index, "when"];
  return ({ start, end, message, fix }: ConditionFault): PolicyFault => {
    const before = when.slice(0, start).split("\n");
    const place = source?.placeOf(path, start) ?? { line: before.length, column: (before.at(-1) ?? "").length + 1 };
    return {
      pointer: pointerOf(path),
      ...place,
      length: Math.max(1, end - start),
      rule: name,
      message,
      ...(fix === undefined ? {} : { fix }),
    };
  };
}

/** What is wrong with a rule's condition by itself. */
function faultOf(rule: Pick<PolicyRule, "name" | "when">, index: number, source: PolicySource | undefined) {
  const put = conditionFault(rule, index, source);
  const read = readCondition(rule.when);
  if (!read.ok) return put(read.fault);
  const bounds = checkBounds(read.term);
  if (bounds) return put(bounds);
  const steps = costOf(read.term);
  if (steps <= MOST_STEPS) return undefined;
  const message = `this condition takes up to ${steps} steps of an item; the limit is ${MOST_STEPS}`;
  return put({ start: 0, end: rule.when.length, message, fix: "split it, or nest fewer exists and all" });
}

/** The conditions of what is no policy yet: whoever corrects its form corrects them in the same go. */
function looseConditionFaults(given: unknown, source: PolicySource | undefined): PolicyFault[] {
  const rules = (given as { rules?: unknown } | null | undefined)?.rules;
  if (!Array.isArray(rules)) return [];
  return rules.slice(0, MOST_RULES).flatMap((rule: unknown, index): PolicyFault[] => {
    const { name, when } = (rule ?? {}) as { name?: unknown; when?: unknown };
    if (typeof when !== "string" || when.length > MOST_CONDITION || typeof name !== "string") return [];
    const fault = faultOf({ name, when }, index, source);
    return fault ? [fault] : [];
  });
}

function duplicateFaults({ rules }: PolicyDocument, source: PolicySource | undefined): PolicyFault[] {
  const seen = new Set<string>();
  return rules.flatMap(({ name }, index): PolicyFault[] => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    const path = ["rules", index, "name"];
    const message = "another rule of this policy has this name";
    return [{ pointer: pointerOf(path), ...source?.placeOf(path), rule: name, message, fix: "name it differently" }];
  });
}

/** What a policy may not do to what it inherits. */
function inheritanceFaults(
  { rules, disable = [], inherits }: PolicyDocument,
  parents: readonly PolicyDocument[],
  source: PolicySource | undefined,
): PolicyFault[] {
  const inherited = inheritedRules(parents.map((document) => ({ document })));
  const locked = new Set(inherited.filter((rule) => rule.locked).map(({ name }) => name));
  const at = (path: Path, message: string, fix?: string): PolicyFault => ({
    pointer: pointerOf(path),
    ...source?.placeOf(path),
    message,
    ...(fix === undefined ? {} : { fix }),
  });
  const named = rules.flatMap(({ name }, index) =>
    locked.has(name)
      ? [
          at(
            ["rules", index, "name"],
            `${name} is locked in ${inherits}: it cannot be replaced`,
            "name the rule differently",
          ),
        ]
      : [],
  );
  const disabled = disable.flatMap((name, index) => {
    const path = ["disable", index];
    if (locked.has(name)) return [at(path, `${name} is locked in ${inherits}: it cannot be disabled`, "leave it out")];
    if (inherited.some((rule) => rule.name === name)) return [];
    const near = suggest(
      name,
      inherited.map((rule) => rule.name),
    );
    return [at(path, `nothing that is inherited is named ${name}`, near ? `did you mean ${near}?` : "leave it out")];
  });
  return [...named, ...disabled];
}

function costFaults(terms: readonly TruthTerm[], parents: readonly PolicyDocument[]): PolicyFault[] {
  const inherited = inheritedRules(parents.map((document) => ({ document })));
  if (terms.length + inherited.length > MOST_RULES)
    return [
      { pointer: "/rules", message: `with what it inherits, more than ${MOST_RULES} rules`, fix: "disable some" },
    ];
  const ofParents = inherited.reduce((sum, { when }) => {
    const read = readCondition(when);
    return sum + (read.ok ? costOf(read.term) : 0);
  }, 0);
  const steps = terms.reduce((sum, term) => sum + costOf(term), ofParents);
  if (steps <= MOST_STEPS_TOGETHER) return [];
  const message = `all conditions together take up to ${steps} steps of an item; the limit is ${MOST_STEPS_TOGETHER}`;
  return [{ pointer: "/rules", message, fix: "simplify the dearest ones, those with exists and contains" }];
}

/** Rules of a policy that can never decide beside what it inherits; `index` among its own. */
function besideInherited(document: PolicyDocument, parents: readonly PolicyDocument[]): readonly RuleFinding[] {
  const asked = inheritedRules([document, ...parents].map((one) => ({ document: one })));
  const all = asked.flatMap((rule) => {
    const read = readCondition(rule.when);
    return read.ok ? [{ rule, term: read.term }] : [];
  });
  return unreachableRules(all).flatMap((finding) => {
    const rule = all[finding.index]?.rule;
    const own = rule ? document.rules.indexOf(rule) : -1;
    return finding.alone || own < 0 ? [] : [{ ...finding, index: own }];
  });
}

/**
 * Checks a policy before it is saved: its form, names and types in every condition, what conditions cost, what is
 * decidable of rules that can never decide, and what it does to the policies that it inherits from. Never throws.
 * @param given what may be a policy
 */
export function checkPolicy(given: unknown, { parents = [], source }: PolicyCheckOptions = {}): PolicyCheck {
  const parsed = policyDocument.safeParse(given);
  if (!parsed.success)
    return failed([...schemaFaults(parsed.error, given, source), ...looseConditionFaults(given, source)]);
  const document = parsed.data;
  if (JSON.stringify(document).length > MOST_CHARACTERS)
    return failed([{ pointer: "", message: `a policy has at most ${MOST_CHARACTERS} characters`, fix: "split it" }]);
  const { rules } = document;
  const read = rules.map(({ when }) => readCondition(when));
  const faults: PolicyFault[] = [
    ...duplicateFaults(document, source),
    ...inheritanceFaults(document, parents, source),
    ...rules.map((rule, index) => faultOf(rule, index, source)).filter((fault) => fault !== undefined),
  ];
  const readable = read.flatMap((one, index) => {
    const rule = rules[index];
    return one.ok && rule ? [{ rule, term: one.term, index }] : [];
  });
  const bad = new Set(faults.map(({ pointer }) => pointer));
  const warnings: PolicyFault[] = [];
  const note = (list: PolicyFault[], index: number, message: string, fix: string | undefined): void => {
    const rule = rules[index];
    if (!rule || bad.has(`/rules/${index}/when`)) return;
    const range = { start: 0, end: rule.when.length, message, ...(fix === undefined ? {} : { fix }) };
    list.push(conditionFault(rule, index, source)(range));
  };
  for (const { index, level, message, fix } of unreachableRules(readable))
    note(level === "error" ? faults : warnings, readable[index]?.index ?? 0, message, fix);
  if (faults.length === 0)
    faults.push(
      ...costFaults(
        readable.map(({ term }) => term),
        parents,
      ),
    );
  if (faults.length > 0) return failed(faults, warnings);
  // What is inherited may change without this policy: a rule that decides nothing beside it is worth a word, no more.
  for (const { index, message, fix } of parents.length > 0 ? besideInherited(document, parents) : [])
    note(warnings, index, `with what it inherits, ${message}`, fix);
  return { ok: true, document, warnings };
}
