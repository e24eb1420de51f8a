import type { OptionSpecs } from "../command.ts";
import { FORMATS } from "../formats/formats.ts";
import { readCsv } from "../formats/read-csv.ts";
import { type Line, readItems } from "./read-items.ts";
import type { Source } from "./source.ts";

export const FORMAT_OPTION = {
  format: {
    type: "string",
    value: "FORMAT",
    about: "how the file is written",
    choices: ["jsonl", ...FORMATS.map(({ name }) => name)],
    default: "jsonl",
  },
} as const satisfies OptionSpecs;

/** A paragraph of help for each format. */
export const FORMATS_ABOUT: readonly string[] = [
  "--format jsonl: one item a line, as docs/api.md describes items.",
  ...FORMATS.map(({ name, about }) => `--format ${name}: ${about}.`),
];

/** The items of a source, at most `limit`; rows that hold nothing to score are passed over. */
export async function* openItems(
  source: Source,
  format: string,
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<Line> {
  const known = FORMATS.find(({ name }) => name === format);
  const lines = known ? made(readCsv(source.chunks, known, source.name)) : readItems(source.chunks);
  let count = 0;
  for await (const one of lines) {
    yield one;
    count += 1;
    if (count >= limit) return;
  }
}

async function* made(items: ReturnType<typeof readCsv>): AsyncGenerator<Line> {
  for await (const { line, item } of items) if (item) yield { line, value: item };
}
