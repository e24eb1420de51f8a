import type { Chance } from "./chance.ts";
import { HOUR } from "./organic-growth.ts";

/** How attention comes and goes. */
export const SHAPES = ["sudden", "slow", "long tail", "double", "shout-out"] as const;
export type Shape = (typeof SHAPES)[number];

/** Hours after the beginning at which one follower of the spike comes. */
function hourOf(shape: Shape, pace: number, draw: Chance): number {
  switch (shape) {
    case "sudden":
      return pace * draw.exponential();
    case "slow":
      // Rises for some days, falls faster: a gamma of shape 3.
      return 8 * pace * draw.multiplier(3);
    case "long tail":
      // Pareto: most on the first day, some for weeks.
      return pace * ((1 - draw.uniform()) ** -1.2 - 1);
    case "double":
      // Noticed again the next day.
      return (draw.happens(0.45) ? 18 + 2 * pace : 0) + pace * draw.exponential();
    case "shout-out":
      // Someone with a large audience says the name once.
      return draw.happens(0.7) ? 0.5 * draw.exponential() : 6 * draw.exponential();
  }
}

/** Times at which a spike's people follow, in order. @param count of them, within 14 days of `from`. */
export function spikeTimes(shape: Shape, from: number, count: number, draw: Chance): number[] {
  const pace = draw.logBetween(1.5, 8);
  return Array.from({ length: count }, () => from + hourOf(shape, pace, draw) * HOUR)
    .filter((at) => at < from + 14 * 24 * HOUR)
    .sort((a, b) => a - b);
}
