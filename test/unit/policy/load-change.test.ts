import { describe, expect, it } from "vitest";
import { loadChange } from "../../../shared/policy/load-change.ts";

describe("the change of a queue's load", () => {
  it("is what comes in less what leaves, a day", () => {
    expect(loadChange(30, 10, 4, []).perDay).toBe(5);
    expect(loadChange(0, 0, 4, [])).toMatchObject({
      perDay: 0,
      low: expect.closeTo(-0.92, 1),
      high: expect.closeTo(0.92, 1),
    });
  });

  it("has the exact Poisson limits of a count where nothing leaves (Garwood: 10 has 4.80 to 18.39)", () => {
    const { low, high } = loadChange(10, 0, 1, []);
    // MOVER adds the uncertainty of the other side, which was seen 0 times: up to 3.69.
    expect(low).toBeCloseTo(10 - Math.hypot(10 - 4.8, 3.69), 1);
    expect(high).toBeCloseTo(18.39, 1);
  });

  it("covers the truth in about 95 of 100 windows of independent items", () => {
    let state = 7;
    const chance = (): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    const poisson = (mean: number): number => {
      const limit = Math.exp(-mean);
      let count = 0;
      for (let product = chance(); product > limit; product *= chance()) count += 1;
      return count;
    };
    let covered = 0;
    for (let run = 0; run < 2_000; run++) {
      const { low, high } = loadChange(poisson(12), poisson(5), 3, []);
      if (low <= 7 / 3 && 7 / 3 <= high) covered += 1;
    }
    expect(covered / 2_000).toBeGreaterThan(0.93);
    expect(covered / 2_000).toBeLessThan(0.98);
  });

  it("is of all items, also those of days that are not whole", () => {
    expect(loadChange(90, 0, 7.5, [10, 10, 10, 10, 10, 10, 10]).perDay).toBe(12);
  });

  it("takes whole days for what they are from seven on, so that a burst widens the interval", () => {
    const calm = loadChange(70, 0, 7, [10, 10, 10, 10, 10, 10, 10]);
    const burst = loadChange(70, 0, 7, [0, 0, 0, 70, 0, 0, 0]);
    expect(calm).toEqual({ perDay: 10, low: 10, high: 10, from: "days" });
    expect(burst.low).toBeLessThan(0);
    // Student's interval by hand: s = 26.46, t(6) = 2.447, 2.447 · 26.46 / √7 = 24.47.
    expect(burst.high - burst.perDay).toBeCloseTo(24.47, 1);
  });
});
