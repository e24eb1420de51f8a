import { existsSync, statSync } from "node:fs";
import { measure } from "../measure.ts";
import { measureHeading, measureLine, shareText, three } from "../report.ts";
import type { Columns } from "./columns.ts";
import { FileRefused } from "./columns.ts";
import { survey } from "./read-file.ts";
import { scoreFile } from "./score-file.ts";

export interface FileOptions {
  readonly file: string;
  readonly out: string | undefined;
  readonly scoreFrom: string | undefined;
  readonly fit: boolean;
  readonly skipBad: boolean;
  readonly columns: Partial<Columns>;
  readonly rounds: number;
  readonly seed: number;
  readonly now: number;
  readonly print: (line: string) => void;
}

function timeOf(text: string | undefined): number {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(Date.parse(text)))
    throw new FileRefused("--score-from takes an ISO date such as 2012-01-01: rows before it only build state");
  return Math.floor(Date.parse(text) / 60_000);
}

/**
 * Scores a file of reviews and prints what was done, and how well where rows have labels.
 * @throws FileRefused with a sentence for the caller.
 */
export async function runFile(options: FileOptions): Promise<void> {
  const { file, out, print } = options;
  if (!existsSync(file) || !statSync(file).isFile()) throw new FileRefused("--file: there is no such file");
  if (out === undefined) throw new FileRefused("--out SCORES.csv says where to write the scores");
  if (out === file) throw new FileRefused("--out names the file that is read");
  const scoreFrom = timeOf(options.scoreFrom);
  const found = await survey(file, options.columns, options);
  const { rows, bad, sorted, columns, reading, labelled } = found;
  const named = Object.entries(columns).flatMap(([what, name]) => (name === undefined ? [] : [`${what} = ${name}`]));
  print(`${rows.toLocaleString("en")} rows, columns ${named.join(", ")}${bad > 0 ? `; ${bad} rows left out` : ""}`);
  if (!sorted) print("not in the order of time: sorted in memory");
  if (columns.label !== undefined)
    print(
      `${labelled.toLocaleString("en")} rows have a label${reading.minusIsFake ? "; -1 is read as fake, 1 as genuine" : ""}`,
    );
  if (options.fit && labelled === 0) throw new FileRefused("--fit learns from labels, and no row has one");
  const began = process.threadCpuUsage();
  const judged = await scoreFile(found, { file, out, scoreFrom, fit: options.fit });
  const { user, system } = process.threadCpuUsage(began);
  print(
    `written ${out}; ${Math.round((rows - bad) / ((user + system) / 1e6)).toLocaleString("en")} rows a second of processor time`,
  );
  const fakes = judged.filter(({ truth }) => truth === 1).length;
  if (fakes === 0 || fakes === judged.length) return;
  print(
    `\n${measureHeading(`scored rows with a label: ${judged.length.toLocaleString("en")}, base ${three(fakes / judged.length)}`)}`,
  );
  const measured = measure(
    Float64Array.from(judged, ({ probability }) => probability),
    Uint8Array.from(judged, ({ truth }) => truth),
    judged.map((one) => one.user),
    options,
  );
  print(measureLine(options.fit ? "trees fitted on the rows before" : "shipped scorecard, uncapped ranking", measured));
  const acted = judged.filter((one) => one.acted);
  print(`capped decisions: precision ${shareText(acted.filter(({ truth }) => truth === 1).length, acted.length)}`);
  for (const [name, keep] of [
    ["all", () => true],
    ["first-time authors", (first: boolean) => first],
    ["authors known before", (first: boolean) => !first],
  ] as const) {
    const genuine = judged.filter(({ truth, first }) => truth === 0 && keep(first));
    print(`  false flags, ${name}: ${shareText(genuine.filter((one) => one.acted).length, genuine.length)}`);
  }
}
