import type { ParseError } from "@marcbachmann/cel-js";
import type { ConditionFault } from "./condition-fault.ts";

const TOKENS: Readonly<Record<string, string>> = {
  EOF: "the end",
  NUMBER: "a number",
  STRING: "a text",
  BYTES: "bytes",
  BOOLEAN: "true or false",
  NULL: "null",
  IDENTIFIER: "a name",
  PLUS: "+",
  MINUS: "-",
  MULTIPLY: "*",
  DIVIDE: "/",
  MODULO: "%",
  EQ: "==",
  NE: "!=",
  LT: "<",
  LE: "<=",
  GT: ">",
  GE: ">=",
  AND: "&&",
  OR: "||",
  NOT: "!",
  IN: "in",
  LPAREN: "(",
  RPAREN: ")",
  LBRACKET: "[",
  RBRACKET: "]",
  LBRACE: "{",
  RBRACE: "}",
  DOT: ".",
  COMMA: ",",
  COLON: ":",
  QUESTION: "?",
};

const readable = (summary: string): string => summary.replaceAll(/\b[A-Z]{2,}\b/g, (token) => TOKENS[token] ?? token);

const CURLED = /[“”„‘’«»]/u;

/** What people write who know other languages, and what it is in CEL. */
function fixAt(text: string, start: number): string | undefined {
  const rest = text.slice(start);
  const before = text.slice(0, start).trimEnd();
  const word = /^[A-Za-z]+/.exec(rest)?.[0]?.toLowerCase();
  if (word === "and") return "write && for and";
  if (word === "or") return "write || for or";
  if (word === "not") return "write ! for not";
  if (/^=(?!=)/.test(rest)) return "write == to compare";
  if (/^(?:<>|><)/.test(rest) || (rest.startsWith(">") && before.endsWith("<"))) return "write != for not equal";
  if (/^&(?!&)/.test(rest)) return "write && for and";
  if (/^\|(?!\|)/.test(rest)) return "write || for or";
  if (CURLED.test(rest.slice(0, 2))) return 'write straight quotes: "…"';
  if (rest.trim() === "") return "the condition stops in the middle";
  return undefined;
}

const LIMITS: Readonly<Record<string, string>> = {
  maxAstNodes: "names, values and operators",
  maxDepth: "levels of nesting",
  maxListElements: "values in a list",
};

/** The library says `Exceeded maxDepth (40)`. */
function limitInWords(summary: string): string {
  const [, limit = "", count] = /^Exceeded (\w+) \((\d+)\)$/.exec(summary) ?? [];
  const of = Object.hasOwn(LIMITS, limit) ? LIMITS[limit] : undefined;
  return of === undefined ? readable(summary) : `more than ${count} ${of}`;
}

/** The parser's error in our words and at its place; for a limit the limit is named. */
export function wordsOfParser(text: string, error: ParseError): ConditionFault {
  const start = Math.min(error.range?.start ?? 0, text.length);
  const end = Math.min(Math.max(error.range?.end ?? start, start + 1), Math.max(text.length, start));
  if (error.code === "limit_exceeded")
    return {
      start,
      end,
      message: `the condition is too large: ${limitInWords(error.summary)}`,
      fix: "split it into two rules",
    };
  const summary = typeof error.summary === "string" ? readable(error.summary) : "this is not CEL";
  const message = `not CEL: ${summary.charAt(0).toLowerCase()}${summary.slice(1)}`;
  const fix = fixAt(text, start);
  return { start, end, message, ...(fix === undefined ? {} : { fix }) };
}
