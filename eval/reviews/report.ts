import { type Interval, wilson } from "../../shared/scoring/statistics.ts";
import type { Measures } from "./measure.ts";

export const three = (value: number): string => (Number.isFinite(value) ? value.toFixed(3).replace(/^0\./, ".") : "-");
const between = ({ low, high }: Interval): string => `${three(low)}–${three(high)}`;

const COLUMNS = ["AUC", "AP", "lift", "precision at 1%", "TPR at 1% FPR"];
const NAME = 58;
const CELL = 19;

/** The heading of lines of `measureLine`. */
export const measureHeading = (what: string): string =>
  `${what.padEnd(NAME)}${COLUMNS.map((column) => column.padEnd(CELL)).join("")}`.trimEnd();

/** One ranking's figures with their 95% intervals over authors. */
export function measureLine(name: string, { auc, ap, lift, precisionAt1, recallAt1, intervals }: Measures): string {
  const cell = (value: number, interval?: Interval): string =>
    `${three(value)}${interval ? ` ${between(interval)}` : ""}`.padEnd(CELL);
  return [
    name.padEnd(NAME),
    cell(auc, intervals.auc),
    cell(ap, intervals.ap),
    lift.toFixed(2).padEnd(CELL),
    cell(precisionAt1, intervals.precisionAt1),
    cell(recallAt1, intervals.recallAt1),
  ]
    .join("")
    .trimEnd();
}

/** "12 of 3,400 (.35%, 95% .20–.62%)". */
export function shareText(part: number, whole: number): string {
  const percent = (share: number): string => `${(100 * share).toFixed(2)}%`;
  const { low, high } = wilson(part, whole);
  const share = whole === 0 ? "-" : percent(part / whole);
  return `${part.toLocaleString("en")} of ${whole.toLocaleString("en")} (${share}, 95% ${percent(low)}–${percent(high)})`;
}

/** "reached" or by how much it is missed. */
export const against = (value: number, goal: number): string =>
  value >= goal ? `reached ${three(goal)}` : `misses ${three(goal)} by ${three(goal - value)}`;
