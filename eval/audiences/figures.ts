import { poissonTail, wilson } from "../../shared/scoring/statistics.ts";

export const percent = (share: number, digits = 1): string => `${(share * 100).toFixed(digits)}%`;

/** "7/8, 87.5% (95% 52.9%-97.8%)" */
export function rateText(part: number, whole: number): string {
  if (whole === 0) return "none";
  const { low, high } = wilson(part, whole);
  return `${part}/${whole}, ${percent(part / whole)} (95% ${percent(low)}-${percent(high)})`;
}

/** The value below which a share of the values lies; those that never came count as infinite. Undefined where there are none. */
export function quantile(values: readonly (number | undefined)[], share: number): number | undefined {
  const sorted = values.map((value) => value ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

/** The mean of a Poisson variable at which `tail` falls to .025 from the given side, by halving. */
function limit(tail: (mean: number) => number, rises: boolean, most: number): number {
  let [low, high] = [0, most];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (tail(middle) < 0.025 === rises) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The exact 95% interval of a Poisson mean of which `count` was seen (Garwood 1936). */
export function poissonInterval(count: number): { readonly low: number; readonly high: number } {
  const most = 3 * count + 20;
  return {
    low: count === 0 ? 0 : limit((mean) => poissonTail(count, mean), true, most),
    high: limit((mean) => 1 - poissonTail(count + 1, mean), false, most),
  };
}
