import { quantile } from "../../local/ledger.ts";
import { table } from "../table.ts";
import type { DeadResult } from "./measure-dead.ts";
import { quantilesOf, useLine } from "./print-latency.ts";
import { joined } from "./segment.ts";

/** Prints how long the living waited, with and without the dead. */
export function printDead({ dead, rate, rounds }: DeadResult, out: (line: string) => void): void {
  const living = 100 - dead;
  out(
    `${living} living endpoints and ${dead} that take requests and never answer; ${rate} messages a second to all, ${(rate * living) / 100} of them to the living, who get as many alone.`,
  );
  const rows = rounds.map(({ what, living: { waits, missing, repeats } }) => [
    what,
    ...quantilesOf(waits),
    missing,
    repeats,
  ]);
  for (const line of table(["the living", "p50 ms", "p95 ms", "p99 ms", "longest", "missing", "repeats"], rows))
    out(line);
  const p95 = (of: DeadResult["rounds"]): number =>
    quantile(joined(of.map((one) => one.living)).waits, 0.95) ?? Number.NaN;
  const alone = p95(rounds.filter(({ isAlone }) => isAlone));
  for (const one of rounds.filter(({ isAlone }) => !isAlone))
    out(`  p95 ${one.what} ÷ p95 alone: ${(p95([one]) / alone).toFixed(2)}`);
  out(`  ${useLine(rounds.map((one) => one.living.machine))}`);
}
