/** Where the first analyzer is unsure: probabilities from `low` up to, not including, `high`. */
export interface Band {
  readonly low: number;
  readonly high: number;
}

/**
 * Reads `0.35-0.65`.
 * @throws Error where it is not two probabilities, the smaller first
 */
export function parseBand(text: string): Band {
  const [low = Number.NaN, high = Number.NaN, ...more] = text
    .split("-")
    .map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (more.length > 0 || !(low >= 0 && low < high && high <= 1))
    throw new Error("the uncertain band is written as two probabilities, the smaller first, such as 0.35-0.65");
  return { low, high };
}

export const isUncertain = ({ low, high }: Band, likelihood: number): boolean => likelihood >= low && likelihood < high;
