/** A run of slots, `end` exclusive. */
export interface Run {
  readonly start: number;
  readonly end: number;
}

/**
 * Where a cumulative sum of `steps` alarms: from the slot after its last zero to its highest point, the usual estimates of
 * when a change began and ended (Page 1954). After an alarm the sum runs on until it is back at zero. Index 0 is the first.
 */
export function cusumRuns(steps: Float64Array, alarm: number): Run[] {
  const runs: Run[] = [];
  let sum = 0;
  let start = 0;
  let highest = 0;
  let peak = 0;
  const close = (): void => {
    if (highest >= alarm) runs.push({ start, end: peak + 1 });
    highest = 0;
  };
  for (let at = 0; at < steps.length; at++) {
    const next = sum + (steps[at] ?? 0);
    // A change is over when the sum has lost half of what it gained: waiting for zero would swallow the weeks after it.
    if (next <= 0 || (highest >= alarm && next < highest - alarm)) {
      close();
      sum = 0;
      start = at + 1;
      continue;
    }
    sum = next;
    if (sum > highest) {
      highest = sum;
      peak = at;
    }
  }
  close();
  return runs;
}

/** The most and the least that one hour may say of a rise. */
const CLIP = 4;
/** Half of the rise in standard deviations that is looked for. */
const SLACK = 0.5;

/** Steps of the sum that looks for more than usual: z clipped at ±4, less one half. */
export const risingSteps = (z: Float64Array): Float64Array =>
  z.map((one) => Math.max(-CLIP, Math.min(CLIP, one)) - SLACK);

/** Steps of the sum that looks for `ratio` times the expected Poisson counts: their log-likelihood ratio. */
export const poissonSteps = (counts: Float64Array, expected: Float64Array, ratio: number): Float64Array =>
  counts.map((count, at) => count * Math.log(ratio) - (expected[at] ?? 0) * (ratio - 1));
