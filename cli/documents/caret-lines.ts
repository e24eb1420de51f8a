import type { PolicyFault } from "../../shared/policy/check-policy.ts";
import { safeText } from "../safe-text.ts";
import { paint } from "../views/paint.ts";
import type { DocumentFile } from "./read-document-file.ts";

/** Characters of a line that are shown; what is meant stands in the middle of a longer one. */
const SHOWN = 100;

/** The line with a caret under what is meant. */
function excerpt({ line, column, length = 1 }: PolicyFault, { lineAt }: Pick<DocumentFile, "lineAt">): string[] {
  if (line === undefined || column === undefined) return [];
  const text = lineAt(line).replaceAll("\t", " ");
  const from = Math.max(0, Math.min(column - 1 - SHOWN / 2, text.length - SHOWN));
  const shown = text.slice(from, from + SHOWN);
  const before = text.slice(from, column - 1);
  const carets = Math.max(1, Math.min(length, shown.length - before.length));
  const gutter = `${line} | `;
  return [
    `  ${gutter}${safeText(shown)}`,
    `  ${" ".repeat(gutter.length + safeText(before).length)}${"^".repeat(carets)}`,
  ];
}

/** What is wrong with a document, where in the file, the line with a caret, and what to write instead. */
export function caretLines(file: string, read: Pick<DocumentFile, "lineAt">, faults: readonly PolicyFault[]): string[] {
  return faults.flatMap((fault) => {
    const { pointer, line, column, rule, message, fix } = fault;
    const name = file === "-" ? "standard input" : file;
    const where = [safeText(name), ...(line === undefined ? [] : [line, column])].join(":");
    const what = rule === undefined ? (pointer === "" ? "the whole: " : `${pointer}: `) : `rule ${rule}: `;
    return [
      `${paint("bold", where)} ${safeText(what)}${safeText(message)}`,
      ...excerpt(fault, read),
      ...(fix === undefined ? [] : [`  ${safeText(fix)}`]),
    ];
  });
}
