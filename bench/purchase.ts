// `node bench/purchase.ts --messages N`: one account gains N thousand followers within an hour of event time, in the
// hostile embedded cloud; then every follower is looked for.
import { parseArgs } from "node:util";
import { bundleFunctions } from "../infra/bundle.ts";
import { purchase } from "./purchase/purchase.ts";

const USAGE = "node bench/purchase.ts [--messages N]   N messages of 1,000 followers (default 1000: a million)";
const SIZE = 1_000;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { messages: { type: "string", default: "1000" }, help: { type: "boolean", default: false } },
  });
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const messages = Number(values.messages);
  if (values.help || !Number.isInteger(messages) || messages < 1) {
    say(USAGE);
    return values.help ? 0 : 2;
  }
  await bundleFunctions();
  const found = await purchase(messages, SIZE, say);
  const rate = Math.round(found.bought / found.seconds);
  say(`${found.bought} follows in ${found.seconds.toFixed(1)} s, ${rate}/s; ${found.deadLetters} dead letters`);
  say(`the account counts ${found.counted} of ${found.sent} follows, in ${found.versions} versions of its verdict`);
  say(`largest row ${found.largestRow} bytes, largest log entry ${found.largestEntry} bytes`);
  for (const window of found.verdict?.audience?.windows ?? [])
    say(
      `${window.kind} from ${window.start} to ${window.end}: ${window.followers} followers, bought ${window.added?.estimate} (${window.added?.low} to ${window.added?.high}); ${window.signals?.join(", ")}`,
    );
  for (const [kind, times] of found.mishaps) say(`  ${String(times).padStart(7)} × ${kind}`);
  return found.counted === found.sent && found.deadLetters === 0 ? 0 : 1;
}

process.exitCode = await main();
