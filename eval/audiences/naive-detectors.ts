import { HOUR } from "./organic-growth.ts";

/** Alarms that anybody would write first, on the same counts as they come in: they know nothing of profiles. */
export interface NaiveAlarms {
  /** An hour's count lies more than three standard deviations above the mean of the 14 days before it. */
  readonly threeSigma: boolean;
  /** An hour's count is more than five times that mean. */
  readonly fiveTimes: boolean;
}

const HISTORY = 14 * 24;
/** As for the real one: no alarm before a day of history was seen, or of a handful of followers. */
const LEAST_HISTORY = 24;
const LEAST_FOLLOWS = 20;

export interface NaiveDetector {
  /** Takes follow times, milliseconds since the epoch, and answers what the hours they fall into give. */
  observe(times: readonly number[]): NaiveAlarms;
}

/** @param begins the first hour of which anything is told, milliseconds since the epoch. */
export function naiveDetector(begins: number, days: number): NaiveDetector {
  const first = Math.floor(begins / HOUR);
  const counts = new Uint32Array(days * 24 + 48);
  return {
    observe(times) {
      const touched = new Set<number>();
      for (const at of times) {
        const hour = Math.floor(at / HOUR) - first;
        counts[hour] = (counts[hour] ?? 0) + 1;
        touched.add(hour);
      }
      let [threeSigma, fiveTimes] = [false, false];
      for (const hour of touched) {
        const count = counts[hour] ?? 0;
        const from = Math.max(0, hour - HISTORY);
        if (hour - from < LEAST_HISTORY || count < LEAST_FOLLOWS) continue;
        let [sum, squares] = [0, 0];
        for (let before = from; before < hour; before++) {
          const one = counts[before] ?? 0;
          sum += one;
          squares += one * one;
        }
        const mean = sum / (hour - from);
        const deviation = Math.sqrt(Math.max(0, squares / (hour - from) - mean * mean));
        threeSigma ||= count > mean + 3 * deviation;
        fiveTimes ||= count > 5 * mean;
      }
      return { threeSigma, fiveTimes };
    },
  };
}
