// `npm run fuzz -- [--runs N] [--seed S]`: every route and every queue with requests and messages made from their schemas.
import { parseArgs } from "node:util";
import { openWholeCloud } from "../test/cloud/security/whole-cloud.ts";
import { runFuzz, summaryOf } from "../test/fuzz/run-fuzz.ts";

const { values } = parseArgs({ options: { runs: { type: "string", default: "100" }, seed: { type: "string" } } });
const options = {
  runs: Number(values.runs),
  seed: values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed),
};
if (![options.runs, options.seed].every((n) => Number.isSafeInteger(n) && n >= 1))
  throw new Error("--runs and --seed take whole numbers from 1");

const whole = await openWholeCloud();
try {
  const report = await runFuzz(whole, options);
  process.stdout.write(`${summaryOf(report, options)}\n`);
  process.exitCode = report.faults.length > 0 ? 1 : 0;
} finally {
  await whole.end();
}
