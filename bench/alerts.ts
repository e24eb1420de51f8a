// `npm run bench:alerts`: what matching 1,000 subscriptions costs an event; with --latency, how long a verdict's news takes;
// with --dead, what dead endpoints do to living ones.
import { parseArgs } from "node:util";
import { measureDead } from "./alerts/measure-dead.ts";
import { measureLatency, SCENARIOS, type ScenarioName } from "./alerts/measure-latency.ts";
import { measureMatching } from "./alerts/measure-matching.ts";
import { printDead } from "./alerts/print-dead.ts";
import { printLatency } from "./alerts/print-latency.ts";

const USAGE = `npm run bench:alerts -- [--latency | --dead N] [options]

  --latency            from a verdict to the first attempt at its webhook, through the embedded cloud
  --dead N             the same to living endpoints beside N dead ones, of 100
  --rate N             verdicts a second (default 100; with --dead 40, which leaves a small machine time to spare)
  --seconds N          how long, in all (default 60)
  --rounds N           rounds, with the floor between them (default 3)
  --subscriptions N    of the tenant (default 1000)
  --share N            of verdicts are flagged, from 0 to 1 (default 0.1)
  --scenario NAMES     of ${Object.keys(SCENARIOS).join(", ")} (default all)`;

const isScenario = (name: string): name is ScenarioName => Object.hasOwn(SCENARIOS, name);

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      latency: { type: "boolean", default: false },
      dead: { type: "string" },
      rate: { type: "string" },
      seconds: { type: "string", default: "60" },
      rounds: { type: "string", default: "3" },
      subscriptions: { type: "string", default: "1000" },
      share: { type: "string", default: "0.1" },
      scenario: { type: "string", default: Object.keys(SCENARIOS).join(",") },
      help: { type: "boolean", default: false },
    },
  });
  const out = (line: string): void => void process.stdout.write(`${line}\n`);
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const rate = Number(values.rate ?? (values.dead === undefined ? 100 : 40));
  const [seconds, rounds] = [Number(values.seconds), Number(values.rounds)];
  const [subscriptions, share] = [Number(values.subscriptions), Number(values.share)];
  const scenarios = values.scenario.split(",").filter(isScenario);
  const isValid =
    [rate, seconds, rounds, subscriptions].every((number) => Number.isInteger(number) && number > 0) &&
    subscriptions <= 1_000 &&
    share > 0 &&
    share <= 1 &&
    scenarios.length > 0;
  if (values.help || !isValid) {
    out(USAGE);
    return values.help ? 0 : 2;
  }
  if (values.dead !== undefined) {
    const dead = Number(values.dead);
    if (!Number.isInteger(dead) || dead < 1 || dead > 99) throw new Error("--dead takes a whole number from 1 to 99");
    printDead(await measureDead({ dead, rate, seconds }, say), out);
    return 0;
  }
  if (!values.latency) {
    measureMatching(out);
    return 0;
  }
  const options = { rate, seconds, rounds, subscriptions, share, scenarios };
  printLatency(await measureLatency(options, say), options, out);
  return 0;
}

process.exitCode = await main();
