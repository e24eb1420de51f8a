/**
 * How far below the youngest account a creation time is drawn: 0 youngest to 1 oldest, by the square root of the time in
 * between, since what is sold is mostly young. Milliseconds since the epoch.
 */
export const creationDepth = (at: number, oldest: number, youngest: number): number =>
  Math.sqrt(Math.max(0, youngest - at) / Math.max(1, youngest - oldest));
