import { seeded } from "../metrics/seeded.ts";

/** Draws from one stream of chance; the same for the same seed. */
export interface Chance {
  /** Evenly in [0, 1). */
  uniform(): number;
  /** Evenly in [low, high). */
  between(low: number, high: number): number;
  /** Evenly in [low, high) on a logarithmic scale; both above 0. */
  logBetween(low: number, high: number): number;
  /** True in this share of the draws. */
  happens(share: number): boolean;
  /** Standard normal (Box–Muller). */
  normal(): number;
  /** Mean 1. */
  exponential(): number;
  /** Gamma of the given shape (1 or more) with mean 1: a multiplier whose tail is the heavier the smaller the shape (Marsaglia–Tsang 2000). */
  multiplier(shape: number): number;
  /** A count of the given mean; a rounded normal above 200. */
  poisson(mean: number): number;
  among<T>(from: readonly [T, ...T[]]): T;
}

export function chance(seed: number): Chance {
  const uniform = seeded(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    logBetween: (low, high) => low * (high / low) ** uniform(),
    happens: (share) => uniform() < share,
    normal,
    exponential: () => -Math.log(1 - uniform()),
    multiplier(shape) {
      const d = shape - 1 / 3;
      const scale = 1 / Math.sqrt(9 * d);
      for (;;) {
        const x = normal();
        const v = (1 + scale * x) ** 3;
        if (v > 0 && Math.log(1 - uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return (d * v) / shape;
      }
    },
    poisson(mean) {
      if (mean > 200) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
      // Knuth's product, in parts small enough for e^-mean to keep its digits.
      let count = 0;
      for (let rest = mean; rest > 0; rest -= 30) {
        const limit = Math.exp(-Math.min(rest, 30));
        for (let product = uniform(); product > limit; product *= uniform()) count++;
      }
      return count;
    },
    among: (from) => from[Math.floor(uniform() * from.length)] ?? from[0],
  };
}
