import type { ASTNode } from "@marcbachmann/cel-js";
import { refuse } from "./condition-fault.ts";
import { resolveName } from "./resolve-name.ts";
import { suggest } from "./suggest.ts";
import type { ListTerm, NumberTerm, Range, Term, TextTerm, TruthTerm } from "./term.ts";
import { isList, isNumber } from "./term-kinds.ts";
import { VOCABULARY, WORDS } from "./vocabulary.ts";

/** Variables of the enclosing `exists` and `all`, outermost first. */
export type Scope = readonly string[];

/** How the arguments of a call are read, and held to their kind. */
export interface Readers {
  readonly term: (node: ASTNode, scope: Scope) => Term;
  readonly truth: (node: ASTNode, scope: Scope) => TruthTerm;
  readonly text: (node: ASTNode, scope: Scope) => TextTerm;
  readonly list: (node: ASTNode, scope: Scope) => ListTerm;
}

/** A name as written, `label.insult.severity`; undefined where it is no plain chain of names. */
export function nameOf(node: ASTNode): string | undefined {
  if (node.op === "id") return node.args as string;
  if (node.op !== ".") return undefined;
  const [left, right] = node.args as [ASTNode, string];
  const before = nameOf(left);
  return before === undefined ? undefined : `${before}.${right}`;
}

const PARTS = ["startsWith", "endsWith", "contains"] as const;
const EACH = ["exists", "all", "exists_one"] as const;
const FUNCTIONS = ["has", "size", "double", ...PARTS, ...EACH];
const isOneOf = <Name extends string>(names: readonly Name[], name: string): name is Name =>
  (names as readonly string[]).includes(name);

/** Why functions that CEL has are none of a policy's. */
const REFUSED: Readonly<Record<string, readonly [why: string, fix: string]>> = {
  matches: [
    "patterns are not part of a condition: it sees ids and numbers, no text that would need one",
    "write startsWith, endsWith, contains or in",
  ],
  dyn: ["dyn() would hide mistakes in types", "leave it out: whole numbers and decimals compare as they are"],
  map: ["a condition makes no new lists", "write exists or all"],
  filter: ["a condition makes no new lists", "write exists or all"],
  int: ["numbers need no conversion to compare", "leave it out"],
  uint: ["numbers need no conversion to compare", "leave it out"],
  string: ["a condition makes no new texts", "compare the value itself"],
  timestamp: ["times are given as time.hour, time.weekday and author.age_days", "use those"],
  duration: ["times are given as time.hour, time.weekday and author.age_days", "use those"],
};

const unknown = (name: string, at: Range): never => {
  const refused = Object.hasOwn(REFUSED, name) ? REFUSED[name] : undefined;
  if (refused) return refuse(at, `${name}: ${refused[0]}`, refused[1]);
  const near = suggest(name, FUNCTIONS);
  return refuse(at, `${name}() is not known`, near ? `did you mean ${near}?` : `there are ${FUNCTIONS.join(", ")}`);
};

/** `has(…)`: is it known of this item? A label is where a scorer reported it. */
function readHas(arg: ASTNode, at: Range): TruthTerm {
  const name = nameOf(arg);
  if (name === undefined) return refuse(at, "has() asks for a name, as in has(author.age_days)");
  const probability = WORDS.get(`${name}.probability`);
  if (probability?.kind === "number") {
    const left: NumberTerm = { op: "number-fact", type: "double", slot: probability.slot, ...at };
    return { op: "compare", by: ">", left, right: { op: "number", type: "int", value: 0, ...at }, ...at };
  }
  const word = resolveName(name, arg);
  if (word.kind === "text" && !word.always) return { op: "known-text", slot: word.slot, ...at };
  if (word.kind === "truth" && word.known !== undefined) return { op: "truth-fact", slot: word.known, ...at };
  if (word.kind === "number" && word.optional) return { op: "known-number", slot: word.slot, ...at };
  const optional = VOCABULARY.filter((one) => one.kind === "number" && one.optional).map((one) => one.name);
  return refuse(
    at,
    `${name} is known of every item`,
    `leave has() out; it is for ${optional.slice(0, 3).join(", ")}, …`,
  );
}

function readSize(list: Term, at: Range): Term {
  return isList(list)
    ? { op: "size", type: "int", of: list, ...at }
    : refuse(at, "size() is of lists: size(item.brands)");
}

/** A function or method, of those that a condition has. */
export function readCall(node: ASTNode, scope: Scope, read: Readers): Term {
  const at = { start: node.start, end: node.end };
  const parts = node.args as unknown as [string, ASTNode[]] | [string, ASTNode, ASTNode[]];
  const [name] = parts;
  if (parts.length === 2) {
    const [arg, ...more] = parts[1];
    if (!isOneOf(["has", "size", "double"], name)) return unknown(name, at);
    if (arg === undefined || more.length > 0) return refuse(at, `${name}() takes one argument`);
    if (name === "has") return readHas(arg, at);
    if (name === "size") return readSize(read.term(arg, scope), at);
    const number = read.term(arg, scope);
    // Numbers are doubles as they are; only the type changes, and with it what a division means.
    if (!isNumber(number)) return refuse(at, "double() is of numbers");
    const one: NumberTerm = { op: "number", type: "double", value: 1, ...at };
    return { op: "*", type: "double", left: number, right: one, ...at };
  }
  const [, receiver, args] = parts;
  if (name === "size" && args.length === 0) return readSize(read.term(receiver, scope), at);
  const [first, second] = args;
  if (isOneOf(PARTS, name)) {
    if (first === undefined || second !== undefined) return refuse(at, `${name}() takes one text`);
    return { op: name, text: read.text(receiver, scope), part: read.text(first, scope), ...at };
  }
  if (!isOneOf(EACH, name)) return unknown(name, at);
  if (first === undefined || second === undefined || first.op !== "id")
    return refuse(at, `${name} takes a name and a condition`, `write item.brands.${name}(b, b.startsWith("acme"))`);
  const variable = first.args as unknown as string;
  if (scope.includes(variable))
    return refuse(first, `${variable} is taken by the enclosing ${name}`, "choose another name");
  const list = read.list(receiver, scope);
  return { op: name, list, depth: scope.length, of: read.truth(second, [...scope, variable]), ...at };
}
