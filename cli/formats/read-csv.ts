import { Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { CommandFailed } from "../command.ts";
import { safeText } from "../safe-text.ts";
import type { Format, MadeItem, Row } from "./format.ts";

/** A quotation mark that is never closed must not read a whole file into one cell. */
const MAX_ROW_BYTES = 5_000_000;

async function* rowsOf(
  chunks: AsyncIterable<Buffer>,
  checkHeading: (names: string[]) => string[],
): AsyncGenerator<Row> {
  const parser = parse({
    columns: checkHeading,
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: MAX_ROW_BYTES,
  });
  const source = Readable.from(chunks);
  source.on("error", (error) => parser.destroy(error));
  const records = source.pipe(parser) as AsyncIterable<{ record: Record<string, string>; info: { lines: number } }>;
  let row = 0;
  for await (const { record, info } of records) {
    row += 1;
    yield { columns: record, row, line: info.lines };
  }
}

/**
 * Reads a CSV file with a heading row by row, in constant memory, and makes items of the rows by the format.
 * @throws CommandFailed where the heading lacks a column of the format, or the file stops being CSV.
 */
export async function* readCsv(chunks: AsyncIterable<Buffer>, format: Format, file: string): AsyncGenerator<MadeItem> {
  const checkHeading = (names: string[]): string[] => {
    const lacking = format.needs.filter((name) => !names.includes(name));
    if (lacking.length === 0) return names;
    const found = names.slice(0, 12).map((name) => safeText(name.slice(0, 40)));
    throw new CommandFailed(
      `--format ${format.name}: the heading lacks ${lacking.join(", ")}; it has ${found.join(", ")}`,
    );
  };
  try {
    yield* format.toItems(rowsOf(chunks, checkHeading), file);
  } catch (error) {
    // The parser's own message quotes the row.
    if (error instanceof CsvError)
      throw new CommandFailed(`--format ${format.name}: not CSV from line ${error.lines ?? "?"} on`);
    throw error;
  }
}
