import type { Interval } from "../../shared/scoring/statistics.ts";
import type { Weights } from "./ranking.ts";
import { seeded } from "./seeded.ts";

export interface BootstrapOptions {
  /** Resamples; 1,000 unless told. */
  readonly rounds?: number;
  readonly seed: number;
  /** The group of each row, 0 to count − 1 (authors, templates): whole groups are drawn where rows of one are alike. */
  readonly groups?: Uint32Array;
  /** Called before each round with the share done. */
  readonly onRound?: (share: number) => void;
}

/** Draws rows, or whole groups of rows, with replacement; the weights say how often each row was drawn. */
function resampler(size: number, random: () => number, groups: Uint32Array | undefined): () => Weights {
  const weights = new Uint32Array(size);
  if (groups === undefined)
    return () => {
      weights.fill(0);
      for (let draw = 0; draw < size; draw++) {
        const row = Math.floor(random() * size);
        weights[row] = (weights[row] ?? 0) + 1;
      }
      return weights;
    };
  const count = groups.reduce((most, group) => Math.max(most, group + 1), 0);
  const drawn = new Uint32Array(count);
  return () => {
    drawn.fill(0);
    for (let draw = 0; draw < count; draw++) {
      const group = Math.floor(random() * count);
      drawn[group] = (drawn[group] ?? 0) + 1;
    }
    for (let row = 0; row < size; row++) weights[row] = drawn[groups[row] ?? 0] ?? 0;
    return weights;
  };
}

const NONE: Interval = { low: Number.NaN, high: Number.NaN };

/**
 * 95% percentile bootstrap intervals (Efron 1979) of several statistics of the same rows, from the same resamples. A
 * statistic takes how often each row was drawn. Resamples in which it is not defined (no row of one class) don't count;
 * NaN where that is so in half of them.
 */
export function bootstrap<Name extends string>(
  size: number,
  statistics: Readonly<Record<Name, (weights: Weights) => number>>,
  { rounds = 1000, seed, groups, onRound }: BootstrapOptions,
): Record<Name, Interval> {
  const resample = resampler(size, seeded(seed), groups);
  const names = Object.keys(statistics) as Name[];
  const seen = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    onRound?.(round / rounds);
    const weights = resample();
    for (const name of names) {
      const value = statistics[name](weights);
      if (Number.isFinite(value)) seen.get(name)?.push(value);
    }
  }
  const interval = (values: number[]): Interval => {
    if (values.length === 0 || values.length < rounds / 2) return NONE;
    values.sort((a, b) => a - b);
    const at = (share: number): number => values[Math.round(share * (values.length - 1))] ?? Number.NaN;
    return { low: at(0.025), high: at(0.975) };
  };
  return Object.fromEntries(names.map((name) => [name, interval(seen.get(name) ?? [])])) as Record<Name, Interval>;
}
