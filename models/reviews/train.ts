import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { trainShipped } from "./train/train-shipped.ts";

// Fits the seventeen weights of the review scorecard and the two numbers that calibrate it, sets its threshold, and writes
// the file that ships; says whether that changed.

const { values } = parseArgs({ options: { data: { type: "string" }, out: { type: "string" } } });
if (values.data === undefined || !existsSync(values.data)) {
  console.error("usage: npm run train:reviews -- --data ../shared/data [--out scorecard.json]");
  process.exit(2);
}
const shipped = join(import.meta.dirname, "scorecard.json");
const made = `${JSON.stringify(trainShipped(values.data), null, 2)}\n`;
const same = existsSync(shipped) && readFileSync(shipped, "utf8") === made;
writeFileSync(values.out ?? shipped, made);
console.log(made.trimEnd());
console.log(same ? "the same as the shipped weights" : "not the same as the weights that shipped before");
