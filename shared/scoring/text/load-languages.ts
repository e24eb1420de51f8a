import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type LanguageModel, parseLanguageModel } from "./language-ngrams.ts";

/**
 * Reads `<directory>/languages.bin`, once, at start.
 * @throws Error where the file is missing or is no packed n-gram model.
 */
export function loadLanguages(directory: string | URL): LanguageModel {
  const folder = directory instanceof URL ? fileURLToPath(directory) : directory;
  return parseLanguageModel(readFileSync(join(folder, "languages.bin")));
}
