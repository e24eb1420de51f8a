import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** How often each mishap of the hostile mode came to the cloud of a data folder, by its kind, over all its starts. */
export function mishapsIn(dataDir: string): Map<string, number> {
  const counts = new Map<string, number>();
  const log = join(dataDir, "logs", "cloud.log");
  if (!existsSync(log)) return counts;
  for (const [, kind = ""] of readFileSync(log, "utf8").matchAll(/ hostile: (.+?) \w+:/g))
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}
