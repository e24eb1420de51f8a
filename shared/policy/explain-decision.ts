import { LABELS } from "../domain/label.ts";
import type { Action, MatchedRule, PolicyReference } from "../domain/verdict.ts";
import { WORDS } from "./condition/vocabulary.ts";
import type { PolicyDocument } from "./policy-document.ts";

/** A rule that applied, in words that a moderator and an author can read. */
export interface ExplainedRule {
  readonly rule: string;
  readonly action: Action;
  /** One sentence on what it does and by which values it applied. */
  readonly why: string;
  /** What its policy tells the author, by language. */
  readonly userText?: Record<string, string>;
}

const DOES: Readonly<Record<Action, string>> = {
  allow: "lets it be",
  flag: "has a person look at it",
  hold: "holds it back until a person has looked",
  block: "refuses it",
};

function valueInWords(name: string, value: number | string | boolean): string {
  const word = WORDS.get(name);
  if (word?.kind === "number" && word.label)
    return word.max === 1
      ? `${LABELS[word.label]} ${Math.round(Number(value) * 100)}% likely`
      : `${LABELS[word.label]} of severity ${value}`;
  const said = typeof value === "boolean" ? (value ? "yes" : "no") : String(value);
  return `${word?.meaning ?? name}: ${said}`;
}

function sentence({ rule, action, values }: MatchedRule): string {
  const found = Object.entries(values).map(([name, value]) => valueInWords(name, value));
  return `Rule ${rule} ${DOES[action]}${found.length === 0 ? "" : `: ${found.join("; ")}`}.`;
}

/**
 * The rules that made a verdict, the deciding one first, as a field of the explained verdict; nothing where none applied.
 * @param documentOf the documents of versions, as far as they are at hand: their rules' texts for the author
 */
export function explainDecision(
  { id, version, lineage = [], matched = [] }: PolicyReference,
  documentOf: (id: string, version: number) => PolicyDocument | undefined,
): { readonly decided?: ExplainedRule[] } {
  if (matched.length === 0) return {};
  const documents = [{ id, version }, ...lineage].flatMap((one) => documentOf(one.id, one.version) ?? []);
  const decided = matched.map((one): ExplainedRule => {
    const userText = documents.flatMap(({ rules }) => rules.find(({ name }) => name === one.rule) ?? [])[0]?.userText;
    return { rule: one.rule, action: one.action, why: sentence(one), ...(userText ? { userText } : {}) };
  });
  return { decided };
}
