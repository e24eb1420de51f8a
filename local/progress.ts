import { ACTIONS } from "../shared/domain/verdict.ts";
import { type Account, quantile } from "./ledger.ts";

const number = new Intl.NumberFormat("en-GB");
const say = (count: number): string => number.format(count);

/** One line that says where the stream stands. `dead` is the number of dead letters. */
export function progressLine(account: Account, dead: number): string {
  const actions = ACTIONS.map((action) => `${action} ${say(account.verdicts[action])}`).join(" · ");
  const p50 = quantile(account.latencies, 0.5);
  const p95 = quantile(account.latencies, 0.95);
  const speed = p50 === undefined || p95 === undefined ? "" : ` | p50 ${p50} ms, p95 ${p95} ms`;
  return `items ${say(account.accepted)} | ${actions} | cases ${say(account.cases)} | dead letters ${say(dead)}${speed}`;
}

/** Shows a line that changes: in place on a terminal, else a new line at most every two seconds. */
export function liveLine(output: NodeJS.WriteStream) {
  let shown = "";
  let last = 0;
  return {
    show(line: string): void {
      if (line === shown) return;
      if (output.isTTY) output.write(`\r\u001b[2K${line.slice(0, (output.columns ?? 120) - 1)}`);
      else if (Date.now() - last < 2_000) return;
      else output.write(`${line}\n`);
      shown = line;
      last = Date.now();
    },
    /** Leaves the last state standing and goes to a new line. */
    end(line: string): void {
      output.write(output.isTTY ? `\r\u001b[2K${line}\n` : line === shown ? "" : `${line}\n`);
      shown = "";
    },
  };
}
