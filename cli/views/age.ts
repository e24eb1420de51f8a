const STEPS: readonly (readonly [seconds: number, unit: string])[] = [
  [86_400, "d"],
  [3_600, "h"],
  [60, "min"],
];

/** Seconds in the largest unit that fits: `3 h`, `45 s`. */
export function age(seconds: number): string {
  for (const [length, unit] of STEPS) if (seconds >= length) return `${Math.floor(seconds / length)} ${unit}`;
  return `${Math.max(0, Math.floor(seconds))} s`;
}
