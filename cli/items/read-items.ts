import { readJson } from "../../shared/runtime/read-json.ts";
import { readLines } from "./read-lines.ts";

/** One item of a file, with the line that it ends on; or what is wrong with that line. */
export type Line =
  | { readonly line: number; readonly value: unknown }
  | { readonly line: number; readonly fault: string };

/** Reads JSON Lines, in constant memory; empty lines are passed over. */
export async function* readItems(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  for await (const one of readLines(chunks)) {
    if ("fault" in one) yield one;
    else if (one.text.trim() !== "") {
      const read = readJson(one.text);
      // Within one line of a JSON Lines file the reader's own "line 1" would mislead.
      yield read.ok
        ? { line: one.line, value: read.value }
        : { line: one.line, fault: read.fault.detail.replace("at line 1, column", "at column") };
    }
  }
}
