import type { ListTerm, NumberTerm, Term, TextTerm, TruthTerm } from "./term.ts";

export type Kind = "truth" | "number" | "text" | "list";
const NAMES: Readonly<Record<Kind, string>> = {
  truth: "a yes or no",
  number: "a number",
  text: "a text",
  list: "a list",
};

const TRUTHS: ReadonlySet<string> = new Set<TruthTerm["op"]>([
  "truth",
  "truth-fact",
  "known-number",
  "known-text",
  "compare",
  "same",
  "both",
  "either",
  "alike",
  "not",
  "truth-choice",
  "text-in",
  "number-in",
  "startsWith",
  "endsWith",
  "contains",
  "exists",
  "all",
  "exists_one",
]);
const TEXTS: ReadonlySet<string> = new Set<TextTerm["op"]>(["text", "text-fact", "text-variable", "text-choice"]);
const LISTS: ReadonlySet<string> = new Set<ListTerm["op"]>(["brands", "texts"]);

export const isTruth = (term: Term): term is TruthTerm => TRUTHS.has(term.op);
export const isText = (term: Term): term is TextTerm => TEXTS.has(term.op);
export const isList = (term: Term): term is ListTerm => LISTS.has(term.op);
export const isNumber = (term: Term): term is NumberTerm => !isTruth(term) && !isText(term) && !isList(term);

export const kindOf = (term: Term): Kind => {
  if (isTruth(term)) return "truth";
  if (isText(term)) return "text";
  return isList(term) ? "list" : "number";
};
export const described = (term: Term): string => NAMES[kindOf(term)];
