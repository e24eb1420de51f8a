import { scoreFile } from "./text/file/score-file.ts";
import { readOptions, USAGE, UsageError } from "./text/options.ts";
import { evaluate } from "./text/report/evaluate.ts";

// How well the shipped text engine does: on public sets (--data), or on a benchmark of the caller's own (--file).

try {
  const options = readOptions(process.argv.slice(2));
  if (options.kind === "report") evaluate(options);
  else await scoreFile(options);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`eval:text: ${error.message}\n\n${USAGE}\n`);
  process.exitCode = 2;
}
