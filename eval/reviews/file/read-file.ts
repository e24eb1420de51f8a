import { createReadStream } from "node:fs";
import { CsvError, parse } from "csv-parse";
import { dayOf } from "../../../shared/scoring/review/review-facts.ts";
import { inTimeOrder, type RatingRow } from "../rating-row.ts";
import { type Columns, FileRefused, findColumns } from "./columns.ts";
import { type Fault, parseRow, type Reading } from "./parse-row.ts";

/** A quotation mark that is never closed must not read a whole file into one cell. */
const MAX_ROW_BYTES = 5_000_000;
const MOST_NAMED = 5;

type Cells = Record<string, string>;

async function* cellsOf(path: string, heading: (names: readonly string[]) => void): AsyncGenerator<Cells> {
  const parser = parse({
    columns: (names: string[]) => {
      heading(names);
      return names;
    },
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW_BYTES,
  });
  const source = createReadStream(path);
  source.on("error", (error) => parser.destroy(error));
  try {
    for await (const cells of source.pipe(parser)) yield cells as Cells;
  } catch (error) {
    // The parser's own message quotes the row.
    if (error instanceof CsvError) throw new FileRefused(`not CSV from line ${error.lines ?? "?"} on`);
    throw error;
  }
}

/** What one look at a whole file found. */
export interface Surveyed {
  readonly columns: Columns;
  readonly reading: Reading;
  readonly rows: number;
  readonly bad: number;
  /** No row is of an earlier day than one before it. */
  readonly sorted: boolean;
  readonly labelled: number;
}

/**
 * Reads a file once, keeping nothing: its columns, how its labels are written, whether it is in the order of time.
 * @throws FileRefused where a column is missing, where it holds no row, or a row is not a review and `skipBad` is false.
 */
export async function survey(
  path: string,
  asked: Partial<Columns>,
  { skipBad, now }: { readonly skipBad: boolean; readonly now: number },
): Promise<Surveyed> {
  let columns: Columns | undefined;
  let row = 0;
  let bad = 0;
  let labelled = 0;
  let sorted = true;
  let minusIsFake = false;
  let day = Number.NEGATIVE_INFINITY;
  const faults: string[] = [];
  for await (const cells of cellsOf(path, (heading) => {
    columns = findColumns(heading, asked);
  })) {
    row++;
    if (!columns) continue;
    if (columns.label !== undefined && cells[columns.label]?.trim() === "-1") minusIsFake = true;
    const made = parseRow(cells, row, columns, { minusIsFake, now });
    if (typeof made === "string") {
      bad++;
      if (faults.length < MOST_NAMED) faults.push(`row ${row}: ${made}`);
      continue;
    }
    if (made.label !== undefined) labelled++;
    if (dayOf(made.at) < day) sorted = false;
    day = dayOf(made.at);
  }
  if (!columns || row === 0) throw new FileRefused("the file holds no rows under its heading");
  if (bad > 0 && !skipBad)
    throw new FileRefused(
      `${bad} of ${row} rows are not reviews (leave them out with --skip-bad):\n  ${faults.join("\n  ")}${bad > faults.length ? "\n  …" : ""}`,
    );
  return { columns, reading: { minusIsFake, now }, rows: row, bad, sorted, labelled };
}

/** The reviews of a surveyed file in the order of time: of a sorted file one day is held at a time, of another all. */
export async function* reviewsOf(path: string, { columns, reading, sorted }: Surveyed): AsyncGenerator<RatingRow> {
  let held: RatingRow[] = [];
  let row = 0;
  for await (const cells of cellsOf(path, () => undefined)) {
    row++;
    const made: RatingRow | Fault = parseRow(cells, row, columns, reading);
    if (typeof made === "string") continue;
    const before = held[0];
    if (sorted && before && dayOf(before.at) !== dayOf(made.at)) {
      yield* inTimeOrder(held);
      held = [];
    }
    held.push(made);
  }
  yield* inTimeOrder(held);
}
