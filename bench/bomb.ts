// `node bench/bomb.ts --reviews N`: one target is bombed in the hostile embedded cloud; then every review is looked for.
import { parseArgs } from "node:util";
import { bundleFunctions } from "../infra/bundle.ts";
import { bomb } from "./bomb/bomb.ts";

const USAGE = "node bench/bomb.ts [--reviews N]   N one-star reviews in one minute of their own time (default 10000)";

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { reviews: { type: "string", default: "10000" }, help: { type: "boolean", default: false } },
  });
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const reviews = Number(values.reviews);
  if (values.help || !Number.isInteger(reviews) || reviews < 1) {
    say(USAGE);
    return values.help ? 0 : 2;
  }
  await bundleFunctions();
  const found = await bomb(reviews, say);
  const rate = Math.round(found.reviews / found.seconds);
  say(
    `${found.reviews} reviews scored in ${found.seconds.toFixed(1)} s, ${rate}/s; ${found.verdicts} verdicts, ${found.deadLetters} dead letters`,
  );
  say(`the target counts ${found.counted} of ${found.sent} reviews and ${found.stars} of ${found.starsSent} stars`);
  for (const [label, after] of found.namedAfter)
    say(`${label}: first after ${after} reviews, on ${found.named.get(label) ?? 0} of them`);
  if (found.namedAfter.size === 0) say("the bombing was not named");
  for (const [kind, times] of found.mishaps) say(`  ${String(times).padStart(7)} × ${kind}`);
  const whole = found.verdicts === found.reviews && found.counted === found.sent && found.stars === found.starsSent;
  return whole && found.deadLetters === 0 ? 0 : 1;
}

process.exitCode = await main();
