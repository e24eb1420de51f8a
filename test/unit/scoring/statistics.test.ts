import { describe, expect, it } from "vitest";
import { leastDifference, median, poissonTail, trueShare, wilson } from "../../../shared/scoring/statistics.ts";

/** Numbers 0 to 1 that are the same in every run (Park and Miller). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const draw = (trials: number, chance: number, random: () => number): number => {
  let hits = 0;
  for (let trial = 0; trial < trials; trial++) if (random() < chance) hits++;
  return hits;
};

describe("wilson", () => {
  it("agrees with published values", () => {
    // Newcombe 1998, table I: 81 of 263 and 0 of 20.
    expect(wilson(81, 263).low).toBeCloseTo(0.2553, 3);
    expect(wilson(81, 263).high).toBeCloseTo(0.3662, 3);
    expect(wilson(0, 20).low).toBe(0);
    expect(wilson(0, 20).high).toBeCloseTo(0.1611, 3);
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
  });
});

describe("leastDifference", () => {
  it("agrees with a published interval", () => {
    // Newcombe 1998 (paper on differences), example 56/70 against 48/80: .0524 to .3339.
    expect(leastDifference({ part: 56, whole: 70 }, { part: 48, whole: 80 })).toBeCloseTo(0.0524, 3);
  });
  it("knows nothing where nothing was counted", () => {
    expect(leastDifference({ part: 5, whole: 5 }, { part: 0, whole: 0 })).toBe(-1);
  });
});

describe("trueShare", () => {
  const coverage = (truth: number, sample: number, checked: number, se: number, sp: number): number => {
    const random = generator(sample + checked);
    const runs = 1500;
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const quality = {
        hits: draw(checked, se, random),
        positives: checked,
        passes: draw(checked, sp, random),
        negatives: checked,
      };
      const seen = draw(sample, truth * se + (1 - truth) * (1 - sp), random);
      const share = trueShare(seen, sample, quality);
      if (share !== undefined && share.low <= truth && truth <= share.high) covered++;
    }
    return covered / runs;
  };

  it.each([
    [0.02, 64, 300, 0.93, 0.97],
    [0.02, 400, 300, 0.93, 0.97],
    [0.3, 64, 300, 0.86, 0.95],
    [0.7, 64, 40, 0.86, 0.95],
  ])("covers a true share of %d in 93–99%% of samples of %d", (...setting) => {
    const share = coverage(...setting);
    expect(share).toBeGreaterThan(0.93);
    expect(share).toBeLessThan(0.995);
  });

  it("covers where Wilson's interval of the raw share does not", () => {
    const random = generator(3);
    let covered = 0;
    for (let run = 0; run < 500; run++) {
      const { low, high } = wilson(draw(400, 0.02 * 0.93 + 0.98 * 0.03, random), 400);
      if (low <= 0.02 && 0.02 <= high) covered++;
    }
    expect(covered / 500).toBeLessThan(0.3);
  });

  it("narrows where the sample is most of the population, and ends in order", () => {
    const quality = { hits: 86, positives: 100, passes: 95, negatives: 100 };
    const wide = trueShare(20, 64, quality);
    const narrow = trueShare(20, 64, quality, 70);
    expect((wide?.high ?? 0) - (wide?.low ?? 0)).toBeGreaterThan((narrow?.high ?? 1) - (narrow?.low ?? 0) + 0.02);
    for (let part = 0; part <= 64; part++) {
      const { low, estimate, high } = trueShare(part, 64, quality, 500) ?? { low: 1, estimate: 0, high: -1 };
      expect(low).toBeLessThanOrEqual(estimate);
      expect(estimate).toBeLessThanOrEqual(high);
    }
  });

  it("says nothing of a test no better than chance", () => {
    expect(trueShare(5, 10, { hits: 5, positives: 10, passes: 5, negatives: 10 })).toBeUndefined();
  });
});

describe("poissonTail", () => {
  it("agrees with sums worked out term by term", () => {
    expect(poissonTail(0, 3)).toBe(1);
    expect(poissonTail(1, 2)).toBeCloseTo(1 - Math.exp(-2), 12);
    expect(poissonTail(3, 2)).toBeCloseTo(1 - Math.exp(-2) * (1 + 2 + 2), 10);
    // 1 − CDF(19; 5) = 3.45e-7; far tails must not round to 0.
    expect(poissonTail(20, 5) / 3.452e-7).toBeCloseTo(1, 2);
    expect(poissonTail(200, 10)).toBeGreaterThan(0);
    expect(poissonTail(5, 0)).toBe(0);
    expect(poissonTail(400, 500)).toBeGreaterThan(0.999);
  });
});

describe("median", () => {
  it("takes the middle, or the middle of the two", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([])).toBe(0);
  });
});
