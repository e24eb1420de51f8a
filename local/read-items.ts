import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { readJson } from "../shared/runtime/read-json.ts";

/** One line of a JSON Lines file: the value, or what is wrong with it and where. */
export type Line =
  | { readonly line: number; readonly value: unknown }
  | { readonly line: number; readonly fault: string };

/** Reads a JSON Lines file line by line, in constant memory; empty lines are passed over. */
export async function* readItems(file: string): AsyncGenerator<Line> {
  const lines = createInterface({ input: createReadStream(file, "utf8"), crlfDelay: Number.POSITIVE_INFINITY });
  let line = 0;
  for await (const text of lines) {
    line += 1;
    if (text.trim() === "") continue;
    const read = readJson(text);
    yield read.ok ? { line, value: read.value } : { line, fault: read.fault.detail };
  }
}
