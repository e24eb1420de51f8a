import { safeText } from "./safe-text.ts";

/** What a spreadsheet takes for the beginning of a formula, wide forms included, with or without spaces before it. */
const FORMULA = /^[\s\u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

/** A value of one cell. Numbers are ours and stay numbers; strings may be people's. */
export type Cell = string | number | undefined;

function cell(value: Cell): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = safeText(value, { lines: true });
  const inert = FORMULA.test(value) || FORMULA.test(text) ? `'${text}` : text;
  return /[",\n\t;]|^\s|\s$/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** One line of CSV (RFC 4180, without its line end) in which no cell is a formula to a spreadsheet. */
export const csvLine = (cells: readonly Cell[]): string => cells.map(cell).join(",");
