import { quantile } from "../../local/ledger.ts";
import { PLANS } from "../kinds.ts";
import type { RateResult } from "../rates.ts";
import { readable, table } from "../table.ts";

const GOAL = 0.4;

const spread = (rates: readonly number[]): string =>
  rates.length < 2 ? "" : `${readable(Math.min(...rates))}–${readable(Math.max(...rates))}`;

export interface PostExtras {
  /** Posts a second where only what is flagged is published. */
  readonly unpublished: number;
  /** Milliseconds from intake to verdict of posts that come alone, ascending. */
  readonly quiet: readonly number[];
}

/** Prints the rates with what they mean. */
export function printRates(
  results: readonly RateResult[],
  { unpublished, quiet }: PostExtras,
  out: (line: string) => void,
): void {
  out("");
  out("End to end: from the first HTTP request until every verdict is stored and published and every case opened.");
  out("");
  const rows = results.map(({ kind, items, rate, rates, floor, floors, ratio, callsPerItem, p50, p95 }) => [
    PLANS[kind].one,
    items,
    rate,
    spread(rates),
    p50,
    p95,
    floor,
    spread(floors),
    callsPerItem,
    ratio.toFixed(2),
    ratio >= GOAL ? "yes" : "NO",
  ]);
  const head = [
    "item",
    "a round",
    "items/s",
    "rounds",
    "p50 ms",
    "p95 ms",
    "floor/s",
    "rounds",
    "calls/item",
    "ratio",
    `≥ ${GOAL}`,
  ];
  for (const line of table(head, rows)) out(line);
  out("");
  out("  items/s  median of the rounds; HTTP intake, queue, scoring, verdict, publishing of every verdict, cases");
  out("  p50 p95  from intake to verdict while the machine is kept full: nearly all of it is waiting in the queue");
  out(
    "  floor    the pipeline's own calls (recorded: same mix, same sizes) by the bare AWS SDK on the same embedded parts",
  );
  out(
    "           behind the same gate: no gateway, no Lambda workers, no parsing, no scoring. Its calls/s over the pipeline's calls/item",
  );
  out("  ratio    items/s over floor: how much of what the parts allow is left after our own work");
  out(
    `  default  ${readable(unpublished)} posts/s with a new tenant's settings, where only what is flagged is published`,
  );
  out(
    `  alone    a post among twenty a second has its verdict after ${readable(quantile(quiet, 0.5) ?? Number.NaN)} ms (p50), ${readable(quantile(quiet, 0.95) ?? Number.NaN)} ms (p95)`,
  );
}
