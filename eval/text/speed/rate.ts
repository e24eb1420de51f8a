import { median } from "../../../shared/scoring/statistics.ts";
import { processorTime } from "./processor-time.ts";

const PASSES = 5;
/** The clock of processor time is coarse: shorter passes are repeated. */
const LEAST_MILLISECONDS = 60;

/** Posts a second of one core's time: the median, least and most of five passes. */
export interface Rate {
  readonly mid: number;
  readonly low: number;
  readonly high: number;
}

/** How fast `work` goes through `count` posts by their numbers; a pass before the five warms up. */
export function rateOf(count: number, work: (post: number) => unknown): Rate {
  const pass = (): void => {
    for (let post = 0; post < count; post++) work(post);
  };
  pass();
  const repeats = Math.ceil(LEAST_MILLISECONDS / Math.max(1, processorTime(pass)));
  const rates = Array.from({ length: PASSES }, () => {
    const milliseconds = processorTime(() => {
      for (let repeat = 0; repeat < repeats; repeat++) pass();
    });
    return (1000 * count * repeats) / milliseconds;
  });
  return { mid: median(rates), low: Math.min(...rates), high: Math.max(...rates) };
}
