import { toAsciiJson } from "../shared/runtime/read-json.ts";

/** Prints lines for people, or the value for programs: in ASCII, so that no word in it can play with a terminal. */
export function print(json: boolean, value: unknown, lines: readonly string[]): void {
  process.stdout.write(json ? `${toAsciiJson(value)}\n` : lines.map((line) => `${line}\n`).join(""));
}
