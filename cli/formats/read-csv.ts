import { createReadStream } from "node:fs";
import { parse } from "csv-parse";
import type { Format, ItemInput } from "./format.ts";

export interface CsvItem {
  /** The line of the file on which the row ends. */
  readonly line: number;
  readonly item: ItemInput | undefined;
}

/** Reads a CSV file with a heading row by row, in constant memory, and maps each row by the format. */
export async function* readCsv(file: string, format: Format): AsyncGenerator<CsvItem> {
  const rows = createReadStream(file).pipe(
    parse({ columns: true, bom: true, info: true, relax_column_count: true, relax_quotes: true }),
  );
  let row = 0;
  for await (const { record, info } of rows as AsyncIterable<{
    record: Record<string, string>;
    info: { lines: number };
  }>) {
    row += 1;
    yield { line: info.lines, item: format.toItem(record, row) };
  }
}
