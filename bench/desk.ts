// `node bench/desk.ts [--cases N]`: how long the desk's answers take where so many cases wait, at the API of the embedded cloud.
import { parseArgs } from "node:util";
import { bundleFunctions } from "../infra/bundle.ts";
import { measureDesk } from "./desk/measure-desk.ts";

const USAGE = "node bench/desk.ts [--cases N]   N cases wait in one queue (default 50000)";

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { cases: { type: "string", default: "50000" }, help: { type: "boolean", default: false } },
  });
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const cases = Number(values.cases);
  if (values.help || !Number.isInteger(cases) || cases < 1_000) {
    say(USAGE);
    return values.help ? 0 : 2;
  }
  await bundleFunctions();
  const measured = await measureDesk(cases, say);
  for (const { what, goalMs, times } of measured) {
    const at = (share: number): string => (times[Math.ceil(times.length * share) - 1] ?? Number.NaN).toFixed(0);
    const goal = goalMs === undefined ? "" : `   goal ${goalMs} ms`;
    say(
      `${what.padEnd(44)} median ${at(0.5).padStart(5)} ms   p95 ${at(0.95).padStart(5)} ms   of ${times.length}${goal}`,
    );
  }
  return 0;
}

process.exitCode = await main();
