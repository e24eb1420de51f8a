import { type ASTNode, Environment, type ParseError } from "@marcbachmann/cel-js";
import { type ConditionFault, ConditionRefused, refuse } from "./condition-fault.ts";
import { wordsOfParser } from "./parser-words.ts";
import { nameOf, readCall, type Scope } from "./read-call.ts";
import { checkText, resolveName, textWordOf } from "./resolve-name.ts";
import type { Comparison, ListTerm, NumberTerm, NumberType, Range, Term, TextTerm, TruthTerm } from "./term.ts";
import { described, isList, isNumber, isText, isTruth, kindOf } from "./term-kinds.ts";
import { TEXT_WORDS } from "./vocabulary.ts";

/** Structural limits of one condition. */
const LIMITS = { maxAstNodes: 300, maxDepth: 40, maxListElements: 100, maxMapEntries: 1, maxCallArguments: 3 };

const parser = new Environment({ unlistedVariablesAreDyn: false, limits: LIMITS });

/** Whole numbers up to here are told apart by doubles, and so are sums of a condition's worth of them. */
const LARGEST = 1e12;

const rangeOf = ({ start, end }: ASTNode): Range => ({ start, end });

function readTruth(node: ASTNode, scope: Scope): TruthTerm {
  const term = readTerm(node, scope);
  if (isTruth(term)) return term;
  return refuse(rangeOf(node), `this is ${described(term)} where a yes or no is needed`, "compare it with something");
}

function readText(node: ASTNode, scope: Scope): TextTerm {
  const term = readTerm(node, scope);
  return isText(term) ? term : refuse(rangeOf(node), `this is ${described(term)} where a text is needed`);
}

function readNumber(node: ASTNode, scope: Scope): NumberTerm {
  const term = readTerm(node, scope);
  return isNumber(term) ? term : refuse(rangeOf(node), `this is ${described(term)} where a number is needed`);
}

function readList(node: ASTNode, scope: Scope): ListTerm {
  const term = readTerm(node, scope);
  return isList(term) ? term : refuse(rangeOf(node), `this is ${described(term)} where a list is needed`);
}

function readName(node: ASTNode, scope: Scope): Term {
  const name = nameOf(node);
  // The library's range of a chain ends with its last name and starts with its first.
  const at = rangeOf(node);
  if (name === undefined) return refuse(at, "only names have parts, as label.insult.severity has");
  const depth = scope.lastIndexOf(name);
  if (depth >= 0) return { op: "text-variable", depth, name, ...at };
  const word = resolveName(name, at);
  if (word.kind === "number") return { op: "number-fact", type: word.type, slot: word.slot, ...at };
  if (word.kind === "truth") return { op: "truth-fact", slot: word.slot, ...at };
  return word.kind === "text" ? { op: "text-fact", slot: word.slot, ...at } : { op: "brands", ...at };
}

function readValue(node: ASTNode): Term {
  const at = rangeOf(node);
  const value = node.args as unknown;
  if (typeof value === "boolean") return { op: "truth", value, ...at };
  if (typeof value === "string") return { op: "text", value, ...at };
  if (typeof value === "bigint" || typeof value === "number") {
    const number = Number(value);
    if (!(Math.abs(number) <= LARGEST)) refuse(at, "this number is over 1,000,000,000,000");
    return { op: "number", type: typeof value === "bigint" ? "int" : "double", value: number, ...at };
  }
  if (value === null) return refuse(at, "nothing is ever null here", "ask has(name) whether it is known");
  return refuse(at, "only numbers, texts in quotes, true and false are written out");
}

const mixed = (left: NumberTerm, right: NumberTerm): NumberType =>
  left.type === "double" || right.type === "double" ? "double" : "int";

const COMPARISONS: readonly string[] = ["<", "<=", ">", ">=", "==", "!="];

function readComparison(node: ASTNode, scope: Scope): TruthTerm {
  const at = rangeOf(node);
  const by = node.op as Comparison;
  const [left, right] = (node.args as [ASTNode, ASTNode]).map((one) => readTerm(one, scope)) as [Term, Term];
  if (isNumber(left) && isNumber(right)) return { op: "compare", by, left, right, ...at };
  if (kindOf(left) !== kindOf(right))
    refuse(at, `${described(left)} is compared with ${described(right)}`, mismatchFix(left, right));
  if (by !== "==" && by !== "!=") refuse(at, `only numbers are compared by ${by}`, "write == or !=");
  if (isText(left) && isText(right)) {
    for (const [one, other] of [[left, right] as const, [right, left] as const])
      if (other.op === "text") checkText(textWordOf(one, TEXT_WORDS), other.value, other);
    const same: TruthTerm = { op: "same", left, right, ...at };
    return by === "==" ? same : { op: "not", of: same, ...at };
  }
  if (isTruth(left) && isTruth(right)) {
    const alike: TruthTerm = { op: "alike", left, right, ...at };
    return by === "==" ? alike : { op: "not", of: alike, ...at };
  }
  return refuse(at, "lists are not compared", 'ask for one of it: "id" in item.brands');
}

function mismatchFix(left: Term, right: Term): string | undefined {
  const [text, other] = left.op === "text" ? [left, right] : right.op === "text" ? [right, left] : [];
  if (text?.op !== "text" || other === undefined) return undefined;
  if (isNumber(other) && text.value.trim() !== "" && Number.isFinite(Number(text.value)))
    return `write ${text.value.trim()} without quotes`;
  if (isTruth(other) && /^(true|false)$/i.test(text.value)) return `write ${text.value.toLowerCase()} without quotes`;
  return isList(other) ? `write "${text.value}" in …` : undefined;
}

function readIn(node: ASTNode, scope: Scope): TruthTerm {
  const at = rangeOf(node);
  const [one, many] = node.args as [ASTNode, ASTNode];
  const left = readTerm(one, scope);
  if (isNumber(left)) {
    if (many.op !== "list") return refuse(rangeOf(many), "a number is looked for in a list of numbers, as in [1, 2]");
    const values = (many.args as ASTNode[]).map((each) => {
      const value = readNumber(each, scope);
      const sign = value.op === "negative" ? -1 : 1;
      const plain = value.op === "negative" ? value.of : value;
      return plain.op === "number" ? sign * plain.value : refuse(value, "only written-out numbers stand in a list");
    });
    return { op: "number-in", number: left, values, ...at };
  }
  if (!isText(left)) return refuse(rangeOf(one), `${described(left)} is in no list; numbers and texts are`);
  const list = readList(many, scope);
  if (list.op === "texts") for (const value of list.values) checkText(textWordOf(left, TEXT_WORDS), value, list);
  return { op: "text-in", text: left, list, ...at };
}

function readChoice(node: ASTNode, scope: Scope): Term {
  const at = rangeOf(node);
  const [condition, first, second] = node.args as [ASTNode, ASTNode, ASTNode];
  const when = readTruth(condition, scope);
  const [yes, no] = [readTerm(first, scope), readTerm(second, scope)];
  if (isTruth(yes) && isTruth(no)) return { op: "truth-choice", when, yes, no, ...at };
  if (isNumber(yes) && isNumber(no)) return { op: "number-choice", type: mixed(yes, no), when, yes, no, ...at };
  if (isText(yes) && isText(no)) return { op: "text-choice", when, yes, no, ...at };
  return refuse(at, `this is ${described(yes)} or ${described(no)}; both must be of one kind, and no list`);
}

function readArithmetic(node: ASTNode, scope: Scope): NumberTerm {
  const at = rangeOf(node);
  const op = node.op as "+" | "-" | "*" | "/";
  const [left, right] = (node.args as [ASTNode, ASTNode]).map((one) => readNumber(one, scope)) as [
    NumberTerm,
    NumberTerm,
  ];
  const type = mixed(left, right);
  if (op === "/" && type === "int")
    refuse(at, "CEL drops the rest when it divides whole numbers", "write double(…) / 2.0");
  return { op, type, left, right, ...at };
}

function readListed(node: ASTNode, scope: Scope): ListTerm {
  const values = (node.args as ASTNode[]).map((each) => {
    const value = readText(each, scope);
    return value.op === "text" ? value.value : refuse(value, "only written-out texts stand in a list");
  });
  return { op: "texts", values, ...rangeOf(node) };
}

/** A node of the library's tree as a term of ours: the part of CEL that policies have, with its types. */
function readTerm(node: ASTNode, scope: Scope): Term {
  const at = rangeOf(node);
  const op = node.op as string;
  if (COMPARISONS.includes(op)) return readComparison(node, scope);
  switch (op) {
    case "value":
      return readValue(node);
    case "id":
    case ".":
      return readName(node, scope);
    case "&&":
    case "||": {
      const [left, right] = node.args as unknown as [ASTNode, ASTNode];
      const both = { left: readTruth(left, scope), right: readTruth(right, scope) };
      return { op: op === "&&" ? "both" : "either", ...both, ...at };
    }
    case "!_":
      return { op: "not", of: readTruth(node.args as unknown as ASTNode, scope), ...at };
    case "-_": {
      const of = readNumber(node.args as unknown as ASTNode, scope);
      return { op: "negative", type: of.type, of, ...at };
    }
    case "in":
      return readIn(node, scope);
    case "?:":
      return readChoice(node, scope);
    case "+":
    case "-":
    case "*":
    case "/":
      return readArithmetic(node, scope);
    case "list":
      return readListed(node, scope);
    case "call":
    case "rcall":
      return readCall(node, scope, readers);
    case "%":
      return refuse(at, "% is not part of a condition");
    default:
      return refuse(
        at,
        "[…] after a value and {…} are not part of a condition",
        "name what you mean: label.insult.severity",
      );
  }
}

const readers = { term: readTerm, truth: readTruth, text: readText, list: readList };

/** A condition's text as a term, or what is wrong with it. Never throws. */
export function readCondition(text: string): { ok: true; term: TruthTerm } | { ok: false; fault: ConditionFault } {
  try {
    return { ok: true, term: readTruth(parser.parse(text).ast, []) };
  } catch (error) {
    if (error instanceof ConditionRefused) return { ok: false, fault: error.fault };
    return { ok: false, fault: wordsOfParser(text, error as ParseError) };
  }
}
