import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Lexicon, parseLexicon } from "./lexicon.ts";

/**
 * Reads `<directory>/lexicon.txt`, once, at start.
 * @throws Error where the file is missing or a line cannot be read; the message names the line.
 */
export function loadLexicon(directory: string | URL): Lexicon {
  const folder = directory instanceof URL ? fileURLToPath(directory) : directory;
  return parseLexicon(readFileSync(join(folder, "lexicon.txt"), "utf8"));
}
