import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rank, rocAuc } from "../../../eval/metrics/ranking.ts";
import { seeded } from "../../../eval/metrics/seeded.ts";
import { trainTrees, treeScores } from "../../../models/reviews/train/boosted-trees.ts";
import { conformalThreshold } from "../../../models/reviews/train/fit-scorecard.ts";
import { fitLogistic } from "../../../models/reviews/train/logistic.ts";
import { trainShipped } from "../../../models/reviews/train/train-shipped.ts";

const DATA = new URL("../../../../shared/data/", import.meta.url);
const OPTIONS = { trees: 60, depth: 3, rate: 0.2, leastWeight: 1, ridge: 1, rows: 0.8, cols: 1, seed: 1 };

/** Points that are true where two coordinates have the same sign, a third being noise, one value in ten missing. */
function exclusiveOr(size: number, seed: number) {
  const random = seeded(seed);
  const values = new Float64Array(size * 3);
  const truth = new Uint8Array(size);
  for (let row = 0; row < size; row++) {
    const [a, b, c] = [random() - 0.5, random() - 0.5, random() - 0.5];
    truth[row] = a * b > 0 ? 1 : 0;
    values.set([a, b, random() < 0.1 ? Number.NaN : c], row * 3);
  }
  return { matrix: { values, columns: 3 }, truth };
}

describe("boosted trees", () => {
  const train = exclusiveOr(1500, 1);
  const test = exclusiveOr(500, 2);

  it("learn what no line can, and tell it of points that they never saw", () => {
    const trees = trainTrees(train.matrix, train.truth, OPTIONS);
    expect(rocAuc(rank(treeScores(trees, test.matrix), test.truth))).toBeGreaterThan(0.95);
    expect(trainTrees(train.matrix, train.truth, OPTIONS)).toEqual(trees);
  });

  it("see only the columns that they may", () => {
    const trees = trainTrees(train.matrix, train.truth, { ...OPTIONS, places: [2] });
    expect(rocAuc(rank(treeScores(trees, test.matrix), test.truth))).toBeLessThan(0.6);
    for (const { feature } of trees.trees) for (const place of feature) expect([-1, 2]).toContain(place);
  });
});

describe("logistic regression", () => {
  it("finds the line that made the labels, and holds weights at nothing that may not fall below", () => {
    const random = seeded(3);
    const size = 8000;
    const values = Float64Array.from({ length: size * 2 }, () => 2 * random() - 1);
    const truth = Uint8Array.from({ length: size }, (_, row) => {
      const logit = -1 + 2 * (values[row * 2] ?? 0) - 3 * (values[row * 2 + 1] ?? 0);
      return random() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
    });
    const line = fitLogistic(values, 2, truth, { ridge: 0.01 });
    expect(line.bias).toBeCloseTo(-1, 0);
    expect(Math.abs((line.weights[0] ?? 0) - 2)).toBeLessThan(0.2);
    expect(Math.abs((line.weights[1] ?? 0) + 3)).toBeLessThan(0.25);
    const held = fitLogistic(values, 2, truth, { ridge: 0.01, notNegative: new Set([0, 1]) });
    expect(held.weights[1]).toBe(0);
    expect(held.weights[0]).toBeGreaterThan(1);
  });
});

describe("the conformal threshold", () => {
  it("is exceeded by no more than its share, and by none where too few were seen", () => {
    const scores = Array.from({ length: 999 }, (_, index) => index / 1000);
    const threshold = conformalThreshold(scores, 0.05);
    expect(scores.filter((score) => score > threshold).length / 1000).toBeLessThanOrEqual(0.05);
    expect(threshold).toBe(0.949);
    expect(conformalThreshold([0.2, 0.1], 0.05)).toBe(1);
  });
});

describe("the shipped weights", () => {
  it.skipIf(!existsSync(DATA))(
    "are what the trainer makes of the data (skipped without ../shared/data)",
    () => {
      const shipped = JSON.parse(
        readFileSync(new URL("../../../models/reviews/scorecard.json", import.meta.url), "utf8"),
      );
      expect(trainShipped(DATA.pathname)).toEqual(shipped);
    },
    120_000,
  );
});
