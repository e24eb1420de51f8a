import { type Interval, wilson } from "../../../shared/scoring/statistics.ts";

/** `.976`, `1.000`; a dash where it is not a number. */
export const decimal = (value: number, digits = 3): string =>
  Number.isNaN(value) ? "-" : value.toFixed(digits).replace(/^(-?)0\./, "$1.");

/** `.976 [.970 .982]`. */
export const withInterval = (value: number, { low, high }: Interval, digits = 3): string =>
  Number.isNaN(value) ? "-" : `${decimal(value, digits)} [${decimal(low, digits)} ${decimal(high, digits)}]`;

/** `0.31%`. */
export const percent = (share: number, digits = 2): string =>
  Number.isNaN(share) ? "-" : `${(100 * share).toFixed(digits)}%`;

/** `0.44% [0.35 0.57] 65/14,640`, by Wilson. */
export function shareOf(part: number, whole: number): string {
  if (whole === 0) return "none to count";
  const { low, high } = wilson(part, whole);
  const edge = (value: number): string => (100 * value).toFixed(2);
  return `${percent(part / whole)} [${edge(low)} ${edge(high)}] ${grouped(part)}/${grouped(whole)}`;
}

const number = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
export const grouped = (count: number): string => number.format(count);
