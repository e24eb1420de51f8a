import { parseArgs } from "node:util";
import type { Meaning } from "./file/truth-of.ts";

export interface ReportOptions {
  readonly kind: "report";
  readonly data: string;
  /** A data set or a section; undefined asks for everything. */
  readonly set?: string;
  readonly quick: boolean;
  readonly seed: number;
}

export interface FileOptions {
  readonly kind: "file";
  readonly file: string;
  readonly text: string;
  readonly label?: string;
  readonly score: string;
  /** What counts as yes in the label's column. */
  readonly meaning: Meaning;
  readonly out?: string;
  readonly unquoted: boolean;
}

/** A sentence for whoever called the command wrongly. */
export class UsageError extends Error {}

export const USAGE = `usage: npm run eval:text -- --data ../shared/data [--set NAME] [--quick] [--seed N]
       npm run eval:text -- --file POSTS.csv --text COLUMN [--out SCORES.csv]
                            [--label COLUMN [--positive VALUE | --at-least NUMBER] [--score LABEL]]

  --data       the folder of public sets: prints the whole report
  --set        one set or section of it; a wrong name lists them
  --quick      at most 500 rows of a set and 200 resamples, no speed
  --file       a benchmark of your own: .csv, .tsv or .jsonl, with a heading or keys
  --text       the column of the text
  --out        writes one line a row: row number, action, toxicity and every label's probability; never the text
  --label      the column of the truth: 1 or true, 0 or false; --positive names another value,
               --at-least a number from which on it is yes
  --score      the label whose probability is measured against it (toxicity unless told)
  --unquoted   quotation marks are ordinary signs, as in many .tsv files`;

/** @throws UsageError */
export function readOptions(args: readonly string[]): ReportOptions | FileOptions {
  const values = parse(args);
  if (values.file !== undefined) {
    const { file, text, label, positive, out } = values;
    const atLeast = values["at-least"] === undefined ? undefined : Number(values["at-least"]);
    if (values.data !== undefined) throw new UsageError("--data and --file are two ways of calling: give one");
    if (text === undefined) throw new UsageError("--file needs --text, the column that holds the text");
    if (label === undefined && out === undefined)
      throw new UsageError("say what for: --out FILE for the scores, --label COLUMN for figures, or both");
    if (label === undefined && [positive, atLeast, values.score].some((one) => one !== undefined))
      throw new UsageError("--score, --positive and --at-least speak of --label COLUMN, which is missing");
    if (positive !== undefined && atLeast !== undefined)
      throw new UsageError("--positive and --at-least both say what is yes: give one");
    if (Number.isNaN(atLeast)) throw new UsageError("--at-least takes a number");
    return {
      kind: "file",
      file,
      text,
      score: values.score ?? "toxicity",
      unquoted: values.unquoted === true,
      ...(label === undefined ? {} : { label }),
      meaning: { ...(positive === undefined ? {} : { positive }), ...(atLeast === undefined ? {} : { atLeast }) },
      ...(out === undefined ? {} : { out }),
    };
  }
  if (values.data === undefined) throw new UsageError("give --data FOLDER or --file FILE");
  const seed = Number(values.seed ?? 1);
  if (!Number.isSafeInteger(seed)) throw new UsageError("--seed takes a whole number");
  return {
    kind: "report",
    data: values.data,
    quick: values.quick === true,
    seed,
    ...(values.set === undefined ? {} : { set: values.set }),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        data: { type: "string" },
        set: { type: "string" },
        quick: { type: "boolean" },
        seed: { type: "string" },
        file: { type: "string" },
        text: { type: "string" },
        label: { type: "string" },
        positive: { type: "string" },
        "at-least": { type: "string" },
        score: { type: "string" },
        out: { type: "string" },
        unquoted: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    // What parseArgs says names the option: that is all a caller needs.
    throw new UsageError(error instanceof Error ? error.message : "the options cannot be read");
  }
}
