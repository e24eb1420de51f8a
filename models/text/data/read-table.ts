import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";

interface TableShape {
  readonly delimiter?: "," | "\t";
  /** Names of the columns of a file that has no header. */
  readonly columns?: readonly string[];
  /** False where quotation marks are only marks. */
  readonly quoted?: boolean;
}

/**
 * Rows of a CSV or TSV file as objects keyed by the header, every value a string.
 * @throws Error where the file is missing or a quotation does not end.
 */
export function readTable(path: string, shape: TableShape = {}): Record<string, string>[] {
  return parse(readFileSync(path), {
    columns: shape.columns === undefined ? true : [...shape.columns],
    delimiter: shape.delimiter ?? ",",
    quote: shape.quoted === false ? false : '"',
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
}
