import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import type { HostileInput, HostileOptions } from "./options.ts";
import { hostileOptions } from "./options.ts";

/** Milliseconds after which a changed file is noticed at the latest. */
export const NOTICED_WITHIN = 20;

/**
 * The options in `file`, read again when it changes, so that a test can break and mend a running cloud, and what is
 * broken stays so over a restart.
 * @throws where the file cannot be read or does not fit the schema
 */
export function optionsFile(file: string): () => HostileOptions {
  let looked = 0;
  let changed = 0;
  let current = hostileOptions.parse({});
  return () => {
    const now = Date.now();
    if (now - looked < NOTICED_WITHIN) return current;
    looked = now;
    const { mtimeMs } = statSync(file);
    if (mtimeMs !== changed) {
      changed = mtimeMs;
      current = hostileOptions.parse(JSON.parse(readFileSync(file, "utf8")));
    }
    return current;
  };
}

/** Writes the file whole, and resolves once a running cloud goes by it. */
export async function writeOptions(file: string, options: HostileInput): Promise<void> {
  writeFileSync(`${file}.new`, JSON.stringify(options));
  renameSync(`${file}.new`, file);
  await new Promise((resolve) => setTimeout(resolve, 2 * NOTICED_WITHIN));
}
