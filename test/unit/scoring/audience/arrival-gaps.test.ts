import { describe, expect, it } from "vitest";
import { addTimes, burstiness, noGaps } from "../../../../shared/scoring/audience/arrival-gaps.ts";
import { generator } from "./follows.ts";

const HOUR = 3_600;
const DAY = 24 * HOUR;
const FIRST = 20_000 * 24;

/** The moments after times in seconds, told hour by hour. */
function told(times: readonly number[], dense: readonly number[] = []) {
  let gaps = noGaps();
  let newest = 0;
  const hours = [...new Set([...times.map((time) => Math.floor(time / HOUR)), ...dense])].sort((a, b) => a - b);
  for (const hour of hours) {
    const own = times.filter((time) => Math.floor(time / HOUR) === hour);
    const next = Math.max(newest, hour);
    gaps = addTimes(gaps, own, dense.includes(hour) ? [hour] : [], newest, next);
    newest = next;
  }
  return addTimes(gaps, [], [], newest, newest + 2);
}
const from = FIRST * HOUR;
const of = (times: readonly number[], dense: readonly number[] = []) =>
  burstiness(told(times, dense), FIRST / 24, FIRST / 24 + 14);

describe("burstiness", () => {
  const random = generator(51);
  it("is −1 of a clock, about 0 of chance, and above it of bursts", () => {
    const clock = Array.from({ length: 300 }, (_, index) => from + index * 600);
    expect(of(clock)).toBeCloseTo(-1, 6);
    let at = from;
    const chance = Array.from({ length: 600 }, () => {
      at -= 600 * Math.log(random());
      return Math.floor(at);
    });
    expect(Math.abs(of(chance) ?? 1)).toBeLessThan(0.08);
    const bursts = Array.from(
      { length: 300 },
      (_, index) => from + Math.floor(index / 10) * 5 * HOUR + (index % 10) * 20,
    );
    expect(of(bursts)).toBeGreaterThan(0.4);
  });

  it("is told of no fewer than fifty gaps, and of no hour with more follows than gaps can tell of", () => {
    expect(of(Array.from({ length: 40 }, (_, index) => from + index * 600))).toBeUndefined();
    const busy = Array.from({ length: 400 }, (_, index) => from + index * 30);
    expect(of(busy)).toBeUndefined();
    // The chain breaks at a dense hour: no gap spans it.
    const [before, after] = [0, 5].map((hour) => Array.from({ length: 30 }, (_, i) => from + hour * HOUR + i * 100));
    const gaps = told([...(before ?? []), ...(after ?? [])], [FIRST + 2]);
    expect(gaps.days.columns[0]).toEqual([58]);
    expect(gaps.days.columns[1]).toEqual([5_800]);
  });

  it("waits for what comes an hour late, and counts nothing later", () => {
    const hour = (at: number, ...seconds: number[]) => seconds.map((second) => from + at * HOUR + second);
    let gaps = addTimes(noGaps(), hour(0, 100, 500), [], 0, FIRST);
    gaps = addTimes(gaps, hour(1, 50), [], FIRST, FIRST + 1);
    gaps = addTimes(gaps, hour(0, 300), [], FIRST + 1, FIRST + 1);
    gaps = addTimes(gaps, hour(2, 10), [], FIRST + 1, FIRST + 2);
    expect(gaps.days.columns[0]).toEqual([2]);
    expect(gaps.days.columns[2]).toEqual([200 ** 2 + 200 ** 2]);
    expect(addTimes(gaps, hour(0, 400), [], FIRST + 2, FIRST + 2)).toEqual(gaps);
  });

  it("has no gap of more than a week", () => {
    const gaps = told([from, from + 8 * DAY, from + 8 * DAY + 60]);
    expect(gaps.days.columns[0]).toEqual([1]);
  });
});
