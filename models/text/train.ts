import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { FLAG_TOXICITY } from "../../shared/policy/default-policy.ts";
import { loadLexicon } from "../../shared/scoring/text/load-lexicon.ts";
import { encodeWeights } from "../../shared/scoring/text/model/weights-file.ts";
import { readTrainingTexts } from "./data/training-texts.ts";
import { readCorpus } from "./train/corpus.ts";
import { fitModel } from "./train/fit.ts";
import { COMBINATIONS, QUESTIONS } from "./train/plan.ts";

const { values } = parseArgs({ options: { data: { type: "string" }, out: { type: "string" } } });
if (values.data === undefined || !existsSync(values.data)) {
  console.error("usage: npm run train:text -- --data ../shared/data [--out weights.bin]");
  process.exit(2);
}
const shipped = join(import.meta.dirname, "weights.bin");
const out = values.out ?? shipped;
const started = performance.now();
const say = (line: string): void =>
  console.log(`${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s  ${line}`);
const digest = (file: Uint8Array): string => createHash("sha256").update(file).digest("hex");

const rows = readTrainingTexts(values.data);
const count = (split: string): number => rows.filter((row) => row.split === split).length;
say(
  `${rows.length} texts: ${count("train")} to train on, ${count("calibrate")} to calibrate on, ${count("test")} kept out`,
);
const corpus = readCorpus(
  rows.map((row) => row.text),
  loadLexicon(import.meta.dirname),
  (done) => say(`${done} texts read`),
);
const weights = fitModel(corpus, rows, {
  version: "1",
  questions: QUESTIONS,
  combinations: COMBINATIONS,
  fewest: 16,
  rounds: 8,
  seed: 20_261_122,
  flag: FLAG_TOXICITY,
  progress: say,
});
const file = encodeWeights(weights);
const before = existsSync(shipped) ? digest(readFileSync(shipped)) : "none";
writeFileSync(out, file);
say(`wrote ${out}: ${file.length} bytes, sha256 ${digest(file)}`);
say(digest(file) === before ? "equal to the shipped weights" : `differs from the shipped weights (${before})`);
