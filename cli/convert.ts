import { once } from "node:events";
import { CommandFailed } from "./command.ts";
import { airlineTweets } from "./formats/airline-tweets.ts";
import type { Format } from "./formats/format.ts";
import { readCsv } from "./formats/read-csv.ts";

const FORMATS: readonly Format[] = [airlineTweets];

/** `touchstone convert FILE --format NAME`: the rows of a known data set as JSON Lines of items, for `npm start -- --input`. */
export async function convert(file: string | undefined, format: string | undefined): Promise<void> {
  if (!file) throw new CommandFailed("convert: name the file to convert");
  const known = FORMATS.find(({ name }) => name === format);
  if (!known) throw new CommandFailed(`convert: --format takes one of: ${FORMATS.map(({ name }) => name).join(", ")}`);
  let passed = 0;
  let written = 0;
  for await (const { item } of readCsv(file, known)) {
    if (!item) passed += 1;
    else {
      written += 1;
      if (!process.stdout.write(`${JSON.stringify(item)}\n`)) await once(process.stdout, "drain");
    }
  }
  process.stderr.write(`${written} items; ${passed} rows without anything to score\n`);
}
