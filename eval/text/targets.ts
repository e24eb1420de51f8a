import type { Estimate } from "./quality.ts";
import { decimal, percent } from "./report/numbers.ts";

/** A number that the project promised, and what was measured. */
export interface Target {
  readonly name: string;
  readonly wanted: { readonly least: number } | { readonly most: number };
  readonly measured: Estimate;
  readonly unit?: "share" | "count";
}

function shown(value: number, unit: Target["unit"]): string {
  if (unit === "share") return percent(value);
  if (unit === "count") return Math.round(value).toLocaleString("en-GB");
  return decimal(value, Math.abs(value) < 0.001 && value !== 0 ? 4 : 3);
}

/** One row of the table of targets: what, wanted, measured with its interval, reached or missed and by how much. */
export function targetRow({ name, wanted, measured, unit }: Target): string[] {
  const [limit, sign] = "least" in wanted ? [wanted.least, "≥"] : [wanted.most, "≤"];
  const short = "least" in wanted ? limit - measured.value : measured.value - limit;
  const known = Number.isFinite(measured.low)
    ? `${shown(measured.value, unit)} [${shown(measured.low, unit)} ${shown(measured.high, unit)}]`
    : shown(measured.value, unit);
  const outcome = Number.isNaN(short) ? "not known" : short <= 0 ? "reached" : `MISSED by ${shown(short, unit)}`;
  return [name, `${sign} ${shown(limit, unit)}`, known, outcome];
}
