import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { FileRefused } from "./reviews/file/columns.ts";
import { runFile } from "./reviews/file/run-file.ts";
import { replayBitcoin, replayGenuine } from "./reviews/replay-others.ts";
import { EVALUATED_YEAR, replayYelpChi } from "./reviews/replay-yelpchi.ts";

// How well fake reviews are found by behaviour: public sets are replayed in time order through the reducers that run in
// production, each review scored before it is counted. With --file, any file of reviews is.

const USAGE = `usage: npm run eval:reviews -- --data ../shared/data [--year 2011] [--rounds 300] [--seed 1] [--file-order]
       npm run eval:reviews -- --file F.csv --score-from 2012-01-01 --out SCORES.csv [--fit]
         [--user COL] [--target COL] [--rating COL] [--date COL] [--label COL] [--text COL] [--skip-bad]`;

const text = { type: "string" } as const;
const fail = (sentence: string): never => {
  console.error(sentence);
  process.exit(2);
};

function options() {
  try {
    return parseArgs({
      options: {
        data: text,
        year: { ...text, default: String(EVALUATED_YEAR) },
        rounds: { ...text, default: "300" },
        seed: { ...text, default: "1" },
        file: text,
        "score-from": text,
        out: text,
        user: text,
        target: text,
        rating: text,
        date: text,
        label: text,
        text,
        "file-order": { type: "boolean", default: false },
        fit: { type: "boolean", default: false },
        "skip-bad": { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : "unknown options"}\n${USAGE}`);
  }
}

const values = options();
const whole = (name: "rounds" | "seed" | "year"): number => {
  const value = Number(values[name]);
  return Number.isSafeInteger(value) && value > 0 ? value : fail(`--${name} is not a whole number above 0\n${USAGE}`);
};
const year = whole("year");
if (year < 2008 || year > EVALUATED_YEAR) fail(`--year is one from 2008 to ${EVALUATED_YEAR}\n${USAGE}`);
const shared = {
  year,
  fileOrder: values["file-order"],
  rounds: whole("rounds"),
  seed: whole("seed"),
  print: (line: string) => console.log(line),
};

if (values.file !== undefined) {
  const columns = (["user", "target", "rating", "date", "label", "text"] as const).flatMap((what) => {
    const name = values[what];
    return name === undefined ? [] : [[what, name] as const];
  });
  try {
    await runFile({
      ...shared,
      file: values.file,
      out: values.out,
      scoreFrom: values["score-from"],
      fit: values.fit,
      skipBad: values["skip-bad"],
      columns: Object.fromEntries(columns),
      now: Date.now(),
    });
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    fail(error.message);
  }
} else if (values.data === undefined || !existsSync(values.data)) fail(USAGE);
else {
  replayYelpChi(values.data, shared);
  replayBitcoin(values.data, shared);
  replayGenuine(values.data, shared);
}
