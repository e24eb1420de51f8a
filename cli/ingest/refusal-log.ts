import { closeSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { CommandFailed } from "../command.ts";

/** The file of `--refused`: one refused line of the input on each of its lines, as JSON. */
export interface RefusalLog {
  add(line: number, why: string): void;
  /** Bytes written so far. */
  readonly bytes: number;
  close(): void;
}

/** @param from bytes that an earlier run wrote and stand; what follows them is written again. */
export function refusalLog(path: string | undefined, from: number): RefusalLog {
  if (path === undefined) return { add: () => undefined, bytes: from, close: () => undefined };
  let file: number;
  let bytes = from;
  try {
    file = openSync(path, from === 0 ? "w" : "r+");
    ftruncateSync(file, from);
  } catch {
    throw new CommandFailed("ingest: the file of --refused cannot be written; name another, or begin with --restart");
  }
  return {
    add(line, why) {
      bytes += writeSync(file, `${JSON.stringify({ line, why })}\n`, bytes);
    },
    get bytes() {
      return bytes;
    },
    close: () => closeSync(file),
  };
}
