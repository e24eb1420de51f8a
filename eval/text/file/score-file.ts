import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { userPath } from "../../../cli/user-path.ts";
import { table } from "../../../cli/views/table.ts";
import { precision, recall } from "../../metrics/threshold.ts";
import { type ShippedEngine, shippedEngine } from "../engine.ts";
import { type FileOptions, UsageError } from "../options.ts";
import { qualityOf } from "../quality.ts";
import { decimal, grouped, percent, shareOf, withInterval } from "../report/numbers.ts";
import { type Progress, reportProgress } from "../report/progress.ts";
import { GrowingScores } from "./growing.ts";
import { readRows } from "./read-rows.ts";
import { headOf } from "./score-names.ts";
import { openScoreWriter, type ScoreWriter } from "./score-writer.ts";
import { truthOf } from "./truth-of.ts";

const ROUNDS = 1000;
const SEED = 1;
const SHOW_EVERY = 500;

interface Counts {
  rows: number;
  withoutText: number;
  withoutLabel: number;
  /** Rows that the policy acts on, by truth. */
  readonly acted: [number, number];
}

/** Both files must be nameable before a long run begins. */
function checkPaths(file: string, out: string | undefined): void {
  if (!existsSync(file) || !statSync(file).isFile()) throw new UsageError(`--file: there is no file ${file}`);
  if (out === file) throw new UsageError("--out names the file that is read");
  if (out !== undefined && !existsSync(dirname(out))) throw new UsageError(`--out: ${out} cannot be written`);
}

function truthIn(cell: unknown, { label = "", meaning }: FileOptions, row: number): 0 | 1 | undefined {
  const truth = truthOf(cell, meaning);
  if (truth !== "unclear") return truth;
  throw new UsageError(
    meaning.atLeast === undefined
      ? `row ${row}: the column ${label} holds neither 1 or true nor 0 or false; say what is yes: --positive VALUE or --at-least NUMBER`
      : `row ${row}: the column ${label} holds no number`,
  );
}

/**
 * Judges every row of a file of the caller's own. With `out`, writes row number, action and every probability of each, never the
 * text; with `label`, prints how well one probability tells the label. Memory: nine bytes a labelled row.
 * @throws UsageError
 */
export async function scoreFile(options: FileOptions): Promise<void> {
  const file = userPath(options.file);
  const out = options.out === undefined ? undefined : userPath(options.out);
  checkPaths(file, out);
  const engine = shippedEngine();
  const head = headOf(options.score, engine.heads);
  const { label } = options;
  const progress = reportProgress();
  const scores = new GrowingScores();
  const counts: Counts = { rows: 0, withoutText: 0, withoutLabel: 0, acted: [0, 0] };
  const needed = [options.text, ...(label === undefined ? [] : [label])];
  const began = performance.now();
  let writer: ScoreWriter | undefined;
  try {
    for await (const { row, fields } of readRows(file, needed, !options.unquoted)) {
      if (out !== undefined) writer ??= await openScoreWriter(out, engine);
      const cell = fields[options.text];
      const text = typeof cell === "string" ? cell : "";
      counts.rows++;
      if (text.trim() === "") counts.withoutText++;
      const judgement = engine.judge(text);
      await writer?.write(row, judgement);
      if (label !== undefined) {
        const truth = truthIn(fields[label], options, row);
        if (truth === undefined) counts.withoutLabel++;
        else {
          scores.add(judgement.likelihoods[head], truth);
          if (judgement.action !== "allow") counts.acted[truth]++;
        }
      }
      if (counts.rows % SHOW_EVERY === 0) {
        const rate = counts.rows / ((performance.now() - began) / 1000);
        progress.show(`${grouped(counts.rows)} rows, ${grouped(rate)}/s`);
      }
    }
    if (counts.rows === 0) throw new UsageError(`--file: ${file} holds no row`);
    await writer?.finish();
  } catch (error) {
    writer?.discard();
    throw error;
  }
  const seconds = (performance.now() - began) / 1000;
  progress.print(
    `${engine.describe}: ${grouped(counts.rows)} rows in ${seconds.toFixed(1)} s, ${grouped(counts.rows / seconds)}/s`,
  );
  if (counts.withoutText > 0)
    progress.print(`  ${grouped(counts.withoutText)} rows have no text; they are judged as empty`);
  if (out !== undefined)
    progress.print(`  probabilities of ${engine.heads.length} labels and the action, a line a row: ${out}`);
  if (label !== undefined) printFigures(progress, engine, head, label, scores, counts);
}

function printFigures(
  progress: Progress,
  engine: ShippedEngine,
  head: ShippedEngine["heads"][number],
  label: string,
  scored: GrowingScores,
  { acted, withoutLabel }: Counts,
): void {
  const { scores, truth } = scored.all();
  if (withoutLabel > 0) progress.print(`  ${grouped(withoutLabel)} rows have no label and count nowhere below`);
  const threshold = engine.thresholdOf(head);
  const onRound = (share: number): void => progress.show("resampling", share);
  const quality = qualityOf(scores, truth, threshold, { rounds: ROUNDS, seed: SEED, onRound });
  const { positives } = quality;
  const negatives = quality.rows - positives;
  progress.print(
    `  ${head} against the column ${label}: ${grouped(positives)} yes, ${grouped(negatives)} no (95% bootstrap intervals)`,
  );
  if (positives === 0 || negatives === 0) progress.print("    all rows are of one class: nothing can be ranked");
  const at = decimal(threshold);
  const lines = [
    ["ROC AUC", withInterval(quality.auc.value, quality.auc)],
    ["average precision", withInterval(quality.averagePrecision.value, quality.averagePrecision)],
    [`F1 at the shipped threshold ${at}`, withInterval(quality.f1.value, quality.f1)],
    ["precision, recall there", `${decimal(precision(quality.atThreshold))}, ${decimal(recall(quality.atThreshold))}`],
    ["best F1 on these very rows", `${decimal(quality.best.f1)} at ${decimal(quality.best.threshold)}`],
    [
      "ECE (15 bins of equal mass; equal width)",
      `${withInterval(quality.calibrationError.value, quality.calibrationError)}; ${decimal(quality.calibrationErrorByWidth)}`,
    ],
    ["Brier", decimal(quality.brier)],
    ["share of yes", percent(positives / quality.rows)],
    ["acted on by the default policy: yes", shareOf(acted[1], positives)],
    ["acted on by the default policy: no", shareOf(acted[0], negatives)],
  ];
  for (const line of table(["figure", "value"], lines)) progress.print(`    ${line}`);
}
