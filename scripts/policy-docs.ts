import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import * as z from "zod";
import { LABELS } from "../shared/domain/label.ts";
import { LABEL_NAMES, VOCABULARY, type Word } from "../shared/policy/condition/vocabulary.ts";
import { defaultPolicy } from "../shared/policy/default-policy.ts";
import { inheritedRules } from "../shared/policy/inherited-rules.ts";
import { type PolicyDocument, type PolicyRule, policyDocument } from "../shared/policy/policy-document.ts";

const DOCS = new URL("../docs/", import.meta.url);
const PACKS = new URL("../policies/packs/", import.meta.url);

/** The published JSON Schema of a policy document. */
export const policySchema = (): unknown => ({
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "policy.schema.json",
  ...z.toJSONSchema(policyDocument, { io: "input" }),
});

const cell = (text: string): string =>
  text
    .replaceAll("|", "\\|")
    .replaceAll(/\s*\n\s*/g, " ")
    .trim();
const row = (...cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;
const code = (text: string): string => `\`${text}\``;

function typeOf(word: Word): string {
  if (word.kind === "truth") return "yes or no";
  if (word.kind === "texts") return "list of texts";
  if (word.kind === "text") return word.values ? word.values.map((value) => `"${value}"`).join(", ") : "text";
  const { type, min, max } = word;
  const bounds = max === undefined ? "" : ` ${min} to ${max}`;
  return `${type === "int" ? "whole number" : "number"}${bounds}`;
}

const isOptional = (word: Word): boolean =>
  (word.kind === "number" && word.optional === true) ||
  (word.kind === "truth" && word.known !== undefined) ||
  (word.kind === "text" && word.always !== true);

/** Every name of a condition but labels, which have two each, in a table. */
export function vocabularyTable(): string {
  const words = VOCABULARY.filter(({ name }) => !name.startsWith("label."));
  return [
    row("name", "what it is", "type", "`has` asks"),
    row("---", "---", "---", "---"),
    ...words.map((word) => row(code(word.name), word.meaning, typeOf(word), isOptional(word) ? "yes" : "")),
  ].join("\n");
}

/** Every label in a table. */
export const labelTable = (): string =>
  [
    row("label", "what it says"),
    row("---", "---"),
    ...LABEL_NAMES.map((name) => row(code(`label.${name}`), LABELS[name])),
  ].join("\n");

function done({ action, queue, severity }: PolicyRule): string {
  return [
    action,
    ...(queue ? [`queue ${queue}`] : []),
    ...(severity === undefined ? [] : [`severity ${severity}`]),
  ].join(", ");
}

/** A policy's rules in a table, in the order in which they are asked. */
export function ruleTable(rules: readonly PolicyRule[]): string {
  return [
    row("rule", "when", "what happens", "what the author is told"),
    row("---", "---", "---", "---"),
    ...rules.map((rule) =>
      row(`${rule.name}${rule.locked ? " (locked)" : ""}`, code(cell(rule.when)), done(rule), rule.userText?.en ?? ""),
    ),
  ].join("\n");
}

export const packNames = (): string[] =>
  readdirSync(PACKS)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => name.replace(".yaml", ""))
    .sort();

const packOf = (name: string): PolicyDocument =>
  policyDocument.parse(parse(readFileSync(new URL(`${name}.yaml`, PACKS), "utf8")));

/** What stays of the built-in policy under a pack, in one sentence. */
function inheritedSentence(pack: PolicyDocument): string {
  const own = new Set(pack.rules.map(({ name }) => name));
  const kept = inheritedRules([{ document: pack }, { document: defaultPolicy }]).filter(({ name }) => !own.has(name));
  const left = pack.disable?.length ? ` It leaves out ${pack.disable.join(", ")}.` : "";
  return `From \`touchstone-default\` it keeps ${kept.map(({ name }) => name).join(", ")}.${left}`;
}

/** A page with what stands between `<!-- NAME -->` and `<!-- /NAME -->` replaced. */
export function withPart(page: string, name: string, part: string): string {
  const [from, to] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [start, end] = [page.indexOf(from), page.indexOf(to)];
  if (start < 0 || end < start) throw new Error(`a page has no place for ${name}`);
  return `${page.slice(0, start + from.length)}\n${part}\n${page.slice(end)}`;
}

/** The pages on policies as they should stand, by their path below docs/. */
export function policyPages(): ReadonlyMap<string, string> {
  const pages = new Map<string, string>();
  const page = (path: string, parts: Readonly<Record<string, string>>): void => {
    const before = readFileSync(new URL(path, DOCS), "utf8");
    pages.set(
      path,
      Object.entries(parts).reduce((text, [name, part]) => withPart(text, name, part), before),
    );
  };
  pages.set("policy.schema.json", `${JSON.stringify(policySchema(), null, 2)}\n`);
  page("policies.md", { vocabulary: vocabularyTable(), labels: labelTable(), default: ruleTable(defaultPolicy.rules) });
  for (const name of packNames()) {
    const pack = packOf(name);
    page(`policies/${name}.md`, { rules: `${ruleTable(pack.rules)}\n\n${inheritedSentence(pack)}` });
  }
  return pages;
}
