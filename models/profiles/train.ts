import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readProfileSets } from "../../eval/profiles/sets.ts";
import { trainShipped } from "./train/train-shipped.ts";

// Fits the trees of the profile scorer and the line that calibrates it, and writes the file that ships; says whether
// that changed.

const { values } = parseArgs({ options: { data: { type: "string" }, out: { type: "string" } } });
if (values.data === undefined || !existsSync(values.data)) {
  console.error("usage: npm run train:profiles -- --data ../shared/data [--out weights.json]");
  process.exit(2);
}
const shipped = join(import.meta.dirname, "weights.json");
const weights = trainShipped(readProfileSets(values.data));
const made = `${JSON.stringify(weights)}\n`;
const same = existsSync(shipped) && readFileSync(shipped, "utf8") === made;
writeFileSync(values.out ?? shipped, made);
console.log(`${weights.column.length} splits, slope ${weights.slope}, shift ${weights.shift}, ${made.length} bytes`);
console.log(same ? "the same as the shipped weights" : "not the same as the weights that shipped before");
