// `npm run soak -- --minutes N`: the embedded cloud under load, broken again and again; then its invariants are checked.
import { parseArgs } from "node:util";
import { bundleFunctions } from "../infra/bundle.ts";
import { reportOf } from "./soak/report.ts";
import { soak } from "./soak/soak.ts";

const USAGE = `npm run soak -- [--minutes N] [--seed N] [--rate N]

  --minutes N   how long load and faults last (default 10), longer on a slow machine; it may take ten more to rest
  --seed N      the schedule of faults and the items (default 1)
  --rate N      items a second (default 40)`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      minutes: { type: "string", default: "10" },
      seed: { type: "string", default: "1" },
      rate: { type: "string", default: "40" },
      help: { type: "boolean", default: false },
    },
  });
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const [minutes, seed, itemsPerSecond] = [Number(values.minutes), Number(values.seed), Number(values.rate)];
  const valid = minutes > 0 && Number.isInteger(seed) && itemsPerSecond > 0;
  if (values.help || !valid) {
    say(USAGE);
    return values.help ? 0 : 2;
  }
  const began = Date.now();
  const timed = (line: string) => say(`${String(Math.round((Date.now() - began) / 1_000)).padStart(5)} s  ${line}`);
  await bundleFunctions();
  const { findings, done, mishaps } = await soak({ minutes, seed, itemsPerSecond, say: timed });
  const { text, held } = reportOf(findings, done, mishaps);
  say(text);
  return held ? 0 : 1;
}

process.exitCode = await main();
