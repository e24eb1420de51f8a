import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createTextModel, type TextModel } from "./text-model.ts";
import { decodeWeights } from "./weights-file.ts";

/**
 * Reads `<directory>/weights.bin`, once, at start.
 * @throws Error where the file is missing, cut or changed.
 */
export function loadTextModel(directory: string | URL): TextModel {
  const folder = directory instanceof URL ? fileURLToPath(directory) : directory;
  return createTextModel(decodeWeights(readFileSync(join(folder, "weights.bin"))));
}
