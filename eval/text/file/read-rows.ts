import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createInterface } from "node:readline";
import { CsvError, parse } from "csv-parse";
import { safeText } from "../../../cli/safe-text.ts";
import { UsageError } from "../options.ts";

export interface FileRow {
  /** 1 for the first row after the heading, or the first line of JSON. */
  readonly row: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A quotation mark that is never closed must not read a whole file into one cell. */
const MAX_ROW_UNITS = 5_000_000;
const HEADING_BYTES = 65_536;

function requireColumns(found: readonly string[], needed: readonly string[]): void {
  const lacking = needed.filter((name) => !found.includes(name));
  if (lacking.length === 0) return;
  const shown = found.slice(0, 40).map((name) => safeText(name.slice(0, 60)));
  throw new UsageError(`there is no column ${lacking.join(", ")}; the columns are: ${shown.join(", ")}`);
}

/** The sign that parts the columns: the commonest of three in the heading. */
async function separatorOf(path: string): Promise<string> {
  if (path.endsWith(".tsv") || path.endsWith(".tab")) return "\t";
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADING_BYTES), 0, HEADING_BYTES, 0);
    const [heading = ""] = buffer.toString("utf8", 0, bytesRead).split("\n", 1);
    const count = (sign: string): number => heading.split(sign).length;
    return [",", ";", "\t"].reduce((most, sign) => (count(sign) > count(most) ? sign : most));
  } finally {
    await file.close();
  }
}

async function* readTable(path: string, needed: readonly string[], quoted: boolean): AsyncGenerator<FileRow> {
  const parser = parse({
    columns: (heading: string[]) => {
      requireColumns(heading, needed);
      return heading;
    },
    delimiter: await separatorOf(path),
    quote: quoted ? '"' : false,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW_UNITS,
  });
  const source = createReadStream(path);
  source.on("error", (error) => parser.destroy(error));
  let row = 0;
  try {
    for await (const fields of source.pipe(parser) as AsyncIterable<Record<string, string>>)
      yield { row: ++row, fields };
  } catch (error) {
    // The parser's own message quotes the row.
    if (error instanceof CsvError)
      throw new UsageError(
        `after row ${row} the file is not a table any more (${error.code}): is a quotation mark never closed? --unquoted reads marks as ordinary signs`,
      );
    throw error;
  }
}

async function* readJsonLines(path: string, needed: readonly string[]): AsyncGenerator<FileRow> {
  let row = 0;
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (text.trim() === "") continue;
    const fields = objectOf(text, line);
    if (row === 0) requireColumns(Object.keys(fields), needed);
    yield { row: ++row, fields };
  }
}

function objectOf(text: string, line: number): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError(`line ${line} is not JSON`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new UsageError(`line ${line} is not a JSON object`);
  return value as Record<string, unknown>;
}

/**
 * Rows of a CSV, TSV or JSON Lines file (by its ending: `.jsonl`, `.ndjson`), one at a time.
 * @throws UsageError where a needed column is missing (it lists those there are) or the file cannot be read as such.
 */
export const readRows = (path: string, needed: readonly string[], quoted: boolean): AsyncGenerator<FileRow> =>
  /\.(?:jsonl|ndjson)$/.test(path) ? readJsonLines(path, needed) : readTable(path, needed, quoted);
