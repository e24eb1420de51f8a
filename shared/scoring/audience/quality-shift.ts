import { leastDifference, type TestQuality } from "../statistics.ts";

/** Judged followers, and how many of them are suspicious. */
export interface Quality {
  readonly part: number;
  readonly whole: number;
}

/** The two-sided 95% point of the normal distribution. */
const Z = 1.959964;

/**
 * The 95% lower bound of how much larger the share of fakes is among the followers of a time than it usually is, where a
 * test says who is suspicious. Newcombe's bound of the difference of both suspicious shares, widened by how much the test's
 * specificity differs from one sort of people to another (whoever goes viral is followed by another sort than usual), over
 * the test's power. −1 where either was never judged.
 */
export function leastShift(
  window: Quality,
  base: Quality,
  { hits, positives, passes, negatives }: TestQuality,
): number {
  if (window.whole === 0 || base.whole === 0) return -1;
  const spared = passes / negatives;
  const difference = window.part / window.whole - base.part / base.whole;
  const reach = difference - leastDifference(window, base);
  const between = Z * Math.sqrt((spared * (1 - spared)) / negatives);
  return (difference - Math.hypot(reach, between)) / (hits / positives + spared - 1);
}
