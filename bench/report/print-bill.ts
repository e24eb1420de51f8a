import type { SynthesisedStack } from "../../infra/synthesise.ts";
import { type Bill, billOf, comprehendDollars } from "../bill/bill.ts";
import { PRICES_AS_OF } from "../bill/prices.ts";
import { keepingDollars, standingCosts } from "../bill/standing.ts";
import type { Counted } from "../count/count-kinds.ts";
import type { CountedRun } from "../count/count-run.ts";
import { KINDS, type Kind, PLANS } from "../kinds.ts";
import type { RateResult } from "../rates.ts";
import { table } from "../table.ts";

const dollars = (amount: number): string => `$${amount.toFixed(amount < 0.01 && amount > 0 ? 3 : 2)}`;
const TEXT = 85;

/** Durations come from rounds without the tap where there were any. */
function billFor(run: CountedRun, measured: number | undefined): Bill {
  const usage = measured === undefined ? run.usage : { ...run.usage, lambdaGbSeconds: measured * run.items };
  return billOf(usage, run.items);
}

function printCalls(kind: Kind, { items, lines }: CountedRun, out: (line: string) => void): void {
  const rows = lines
    .filter(({ calls }) => calls / items >= 0.0005)
    .toSorted((a, b) => b.writeUnits - a.writeUnits || b.calls - a.calls)
    .map(({ label, calls, writeUnits, readUnits, requests, lost }) => [
      label,
      calls / items,
      writeUnits / items,
      readUnits / items,
      requests / items,
      lost / items,
    ]);
  out("");
  out(`Calls for one ${PLANS[kind].one} (batched, default settings)`);
  out("");
  for (const line of table(["call", "calls", "write units", "read units", "requests", "refused writes"], rows))
    out(line);
}

/** Prints what a million items of each kind cost, and how it comes about. */
export function printBill(
  counted: Readonly<Record<Kind, Counted>>,
  rates: readonly RateResult[] | undefined,
  stacks: readonly SynthesisedStack[],
  out: (line: string) => void,
): void {
  for (const kind of KINDS) {
    const { batched, single, published } = counted[kind];
    const { one, perRequest, goal } = PLANS[kind];
    const measured = rates?.find((result) => result.kind === kind)?.gbSecondsPerItem;
    const bills = [billFor(batched, measured), billFor(single, undefined), billFor(published, measured)] as const;
    printCalls(kind, batched, out);
    out("");
    out(`The bill of a million: ${one} (AWS us-east-1, on-demand prices of ${PRICES_AS_OF})`);
    out("");
    const rows = bills[0].lines.map(({ price, amount, dollars: own }, index) => [
      price.service,
      price.unit,
      amount,
      dollars(own),
      dollars(bills[1].lines[index]?.dollars ?? 0),
      dollars(bills[2].lines[index]?.dollars ?? 0),
    ]);
    const totals = bills.map(({ total }) => dollars(total));
    for (const line of table(
      ["service", "unit", "units", `${perRequest} a request`, "1 a request", "all published"],
      [...rows, ["total", "", undefined, ...totals]],
    ))
      out(line);
    const comprehend = `one Comprehend API for texts of ${TEXT} characters: ${dollars(comprehendDollars(TEXT))}`;
    if (goal !== undefined)
      out(`  ${bills[0].total <= goal ? "keeps" : "MISSES"} the goal of ≤ $${goal} (${comprehend})`);
    out(
      `  beside it: what they leave in the tables costs ${dollars(keepingDollars(batched.storedBytes, batched.items))} a month until it expires`,
    );
  }
  const { alarms, keys, mappings, secrets, firewallRules, dollars: standing } = standingCosts(stacks);
  out("");
  out(
    `Standing there costs ${dollars(standing)} a month: ${alarms} alarms, ${keys} keys, ${secrets} secrets, a firewall of ${firewallRules} rules, and the polls of ${mappings} queues that nothing comes to.`,
  );
  out("");
  out(
    "  units     what a million items use, as counted on the wire: sizes by DynamoDB's published rules, indexes included",
  );
  out("  GB-s      memory × duration on this machine, in its fastest round; AWS's own durations will differ");
  out("  logs      what the functions wrote, plus the usual size of AWS's own lines; traces at the default 5%");
  out("  requests  batches full, as at steady load: a trickle of items costs more in SQS and Lambda requests");
}
