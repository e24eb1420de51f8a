import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bootstrap } from "../../../eval/metrics/bootstrap.ts";
import { brierScore, calibrationError } from "../../../eval/metrics/calibration.ts";
import { averagePrecision, rank, rocAuc } from "../../../eval/metrics/ranking.ts";
import { seeded } from "../../../eval/metrics/seeded.ts";
import { atLeast, confusion, f1, falsePositiveRate, precision, recall } from "../../../eval/metrics/threshold.ts";

const scores = (...values: number[]): Float64Array => Float64Array.from(values);
const truth = (...values: number[]): Uint8Array => Uint8Array.from(values);
const weights = (...values: number[]): Uint32Array => Uint32Array.from(values);

/** Rows with few distinct scores, so that ties are common, and both classes present. */
const scored = fc
  .array(fc.record({ score: fc.integer({ min: 0, max: 6 }), positive: fc.boolean() }), { minLength: 2, maxLength: 40 })
  .filter((rows) => new Set(rows.map(({ positive }) => positive)).size === 2)
  .map((rows) => ({
    scores: Float64Array.from(rows, ({ score }) => score / 6),
    truth: Uint8Array.from(rows, ({ positive }) => Number(positive)),
  }));

describe("rocAuc", () => {
  it("is the share of pairs in the right order, ties half", () => {
    // Pairs (positive, negative): (.9,.8) right, (.9,.3) right, (.3,.8) wrong, (.3,.3) tie: 2.5 of 4.
    expect(rocAuc(rank(scores(0.9, 0.8, 0.3, 0.3), truth(1, 0, 1, 0)))).toBe(0.625);
    expect(rocAuc(rank(scores(1, 1, 1), truth(1, 0, 0)))).toBe(0.5);
    expect(rocAuc(rank(scores(1, 2), truth(1, 1)))).toBeNaN();
  });

  it("agrees with counting all pairs, and turns round when the scores do", () => {
    fc.assert(
      fc.property(scored, ({ scores: values, truth: are }) => {
        let above = 0;
        let pairs = 0;
        for (const [i, a] of values.entries())
          for (const [j, b] of values.entries())
            if (are[i] === 1 && are[j] === 0) {
              pairs++;
              above += a > b ? 1 : a === b ? 0.5 : 0;
            }
        const area = rocAuc(rank(values, are));
        expect(area).toBeCloseTo(above / pairs, 12);
        const turned = values.map((value) => -value);
        expect(rocAuc(rank(turned, are))).toBeCloseTo(1 - area, 12);
      }),
    );
  });

  it("counts a row as often as its weight says", () => {
    fc.assert(
      fc.property(scored, fc.infiniteStream(fc.integer({ min: 0, max: 3 })), (rows, stream) => {
        const times = Uint32Array.from(rows.truth, () => stream.next().value ?? 1);
        const repeat = (from: Float64Array | Uint8Array): number[] =>
          [...from].flatMap((value, row) => Array.from({ length: times[row] ?? 0 }, () => value));
        const repeated = rank(scores(...repeat(rows.scores)), truth(...repeat(rows.truth)));
        const once = rank(rows.scores, rows.truth);
        fc.pre(new Set(repeat(rows.truth)).size === 2);
        expect(rocAuc(once, times)).toBeCloseTo(rocAuc(repeated), 12);
        expect(averagePrecision(once, times)).toBeCloseTo(averagePrecision(repeated), 12);
      }),
    );
  });

  it("refuses lengths that differ and scores that are no numbers", () => {
    expect(() => rank(scores(1), truth(1, 0))).toThrow(RangeError);
    expect(() => rank(scores(1, Number.NaN), truth(1, 0))).toThrow("not a number");
  });
});

describe("averagePrecision", () => {
  it("sums precision over the gains in recall", () => {
    // Found at ranks 1, 3 and 4 of 5: (1/1 + 2/3 + 3/4) / 3.
    expect(averagePrecision(rank(scores(5, 4, 3, 2, 1), truth(1, 0, 1, 1, 0)))).toBeCloseTo((1 + 2 / 3 + 3 / 4) / 3);
    // Rows of one score enter together, in whatever order they stand: precision 2/4 for all of the recall.
    expect(averagePrecision(rank(scores(1, 1, 1, 1), truth(1, 0, 0, 1)))).toBe(0.5);
    expect(averagePrecision(rank(scores(1, 2), truth(0, 0)))).toBeNaN();
  });

  it("is 1 for a perfect order and between 0 and 1 for any", () => {
    fc.assert(
      fc.property(scored, (rows) => {
        const value = averagePrecision(rank(rows.scores, rows.truth));
        expect(value).toBeLessThanOrEqual(1 + 1e-12);
        expect(value).toBeGreaterThan(0);
        const perfect = Float64Array.from(rows.truth);
        expect(averagePrecision(rank(perfect, rows.truth))).toBe(1);
      }),
    );
  });
});

describe("confusion", () => {
  const found = atLeast(scores(0.9, 0.5, 0.5, 0.1, 0.2), 0.5);
  it("counts hits, misses, false alarms and passes, the threshold included", () => {
    const counts = confusion(found, truth(1, 1, 0, 1, 0));
    expect(counts).toEqual({ hits: 2, misses: 1, falseAlarms: 1, passes: 1 });
    expect(precision(counts)).toBeCloseTo(2 / 3);
    expect(recall(counts)).toBeCloseTo(2 / 3);
    expect(f1(counts)).toBeCloseTo(2 / 3);
    expect(falsePositiveRate(counts)).toBe(0.5);
  });

  it("counts a row as often as its weight says", () => {
    expect(confusion(found, truth(1, 1, 0, 1, 0), weights(3, 0, 2, 1, 4))).toEqual({
      hits: 3,
      misses: 1,
      falseAlarms: 2,
      passes: 4,
    });
  });

  it("is not a number where nothing is there to count", () => {
    const nothing = confusion(truth(0, 0), truth(0, 0));
    expect(precision(nothing)).toBeNaN();
    expect(recall(nothing)).toBeNaN();
    expect(f1(nothing)).toBeNaN();
  });
});

describe("calibrationError", () => {
  it("is the weighted distance of mean probability and share, by bin", () => {
    const probabilities = scores(0.1, 0.1, 0.8, 0.8);
    const are = truth(0, 1, 1, 1);
    const ranked = rank(probabilities, are);
    // Bin .1: |.1 − .5|; bin .8: |.8 − 1|; half of the rows each.
    for (const by of ["mass", "width"] as const)
      expect(calibrationError(probabilities, ranked, { bins: 2, by })).toBeCloseTo(0.3);
    // In one bin the two errors are of opposite signs nowhere: |.45 − .75|.
    expect(calibrationError(probabilities, ranked, { bins: 1 })).toBeCloseTo(0.3);
  });

  it("lets errors of opposite sign cancel only within a bin", () => {
    const probabilities = scores(0.4, 0.4, 0.6, 0.6);
    const ranked = rank(probabilities, truth(1, 1, 0, 0));
    expect(calibrationError(probabilities, ranked, { bins: 1 })).toBeCloseTo(0);
    expect(calibrationError(probabilities, ranked, { bins: 2 })).toBeCloseTo(0.6);
  });

  it("keeps rows of one probability in one bin of equal mass", () => {
    const probabilities = scores(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.2, 0.1);
    const ranked = rank(probabilities, truth(1, 1, 1, 0, 0, 0, 0, 0));
    // However they lie in the order, .5 has share .5; what remains is |.2 + .1| over 8.
    for (const bins of [1, 2, 4, 8]) expect(calibrationError(probabilities, ranked, { bins })).toBeCloseTo(0.3 / 8);
  });

  it("is zero where every probability is the share, and weighs rows", () => {
    const probabilities = scores(0.25, 0.25, 0.25, 0.25, 1);
    const ranked = rank(probabilities, truth(1, 0, 0, 0, 1));
    for (const by of ["mass", "width"] as const) expect(calibrationError(probabilities, ranked, { by })).toBeCloseTo(0);
    expect(calibrationError(probabilities, ranked, { weights: weights(0, 1, 1, 1, 1) })).toBeCloseTo(0.75 / 4);
  });

  it("is at least the error of one bin, and at most 1", () => {
    fc.assert(
      fc.property(scored, fc.integer({ min: 1, max: 20 }), ({ scores: values, truth: are }, bins) => {
        const ranked = rank(values, are);
        const whole = calibrationError(values, ranked, { bins: 1 });
        for (const by of ["mass", "width"] as const) {
          const error = calibrationError(values, ranked, { bins, by });
          expect(error).toBeGreaterThanOrEqual(whole - 1e-9);
          expect(error).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
    );
  });
});

describe("brierScore", () => {
  it("is the mean squared distance", () => {
    expect(brierScore(scores(0.8, 0.4), truth(1, 0))).toBeCloseTo((0.04 + 0.16) / 2);
    expect(brierScore(scores(0.8, 0.4), truth(1, 0), weights(3, 1))).toBeCloseTo((0.12 + 0.16) / 4);
  });
});

describe("bootstrap", () => {
  const rows = 400;
  const random = seeded(5);
  const are = Uint8Array.from({ length: rows }, () => Number(random() < 0.3));
  const share = (times: Uint32Array): number => {
    let sum = 0;
    let total = 0;
    for (let row = 0; row < rows; row++) {
      sum += (times[row] ?? 0) * (are[row] ?? 0);
      total += times[row] ?? 0;
    }
    return sum / total;
  };
  const truly = are.reduce((sum, one) => sum + one, 0) / rows;

  it("gives the interval of a mean that the normal approximation gives", () => {
    const { mean } = bootstrap(rows, { mean: share }, { seed: 1, rounds: 4000 });
    const reach = 1.96 * Math.sqrt((truly * (1 - truly)) / rows);
    expect(mean.low).toBeCloseTo(truly - reach, 2);
    expect(mean.high).toBeCloseTo(truly + reach, 2);
  });

  it("gives the same for the same seed and something else for another", () => {
    const run = (seed: number) => bootstrap(rows, { mean: share }, { seed, rounds: 200 });
    expect(run(7)).toEqual(run(7));
    expect(run(7)).not.toEqual(run(8));
  });

  it("is wider where whole groups are drawn of rows that are alike", () => {
    const groups = Uint32Array.from({ length: rows }, (_, row) => Math.floor(row / 20));
    const alike = Uint8Array.from({ length: rows }, (_, row) => (groups[row] ?? 0) % 2);
    const mean = (times: Uint32Array): number =>
      times.reduce((sum, time, row) => sum + time * (alike[row] ?? 0), 0) / rows;
    const alone = bootstrap(rows, { mean }, { seed: 3, rounds: 500 }).mean;
    const grouped = bootstrap(rows, { mean }, { seed: 3, rounds: 500, groups }).mean;
    expect(grouped.high - grouped.low).toBeGreaterThan(3 * (alone.high - alone.low));
  });

  it("says nothing where the statistic is mostly not defined", () => {
    const { never } = bootstrap(10, { never: () => Number.NaN }, { seed: 1, rounds: 20 });
    expect(never.low).toBeNaN();
  });
});

describe("seeded", () => {
  it("spreads evenly over [0, 1)", () => {
    const random = seeded(42);
    const bins = new Uint32Array(10);
    for (let draw = 0; draw < 10_000; draw++) {
      const bin = Math.floor(random() * 10);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    for (const count of bins) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});
