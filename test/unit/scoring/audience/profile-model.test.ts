import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { seeded } from "../../../../eval/metrics/seeded.ts";
import { aucOf, bestColumn } from "../../../../eval/profiles/measure.ts";
import { readProfileSets } from "../../../../eval/profiles/sets.ts";
import { packTrees } from "../../../../models/profiles/train/pack-trees.ts";
import { trainShipped } from "../../../../models/profiles/train/train-shipped.ts";
import shipped from "../../../../models/profiles/weights.json" with { type: "json" };
import { trainTrees, treeScores } from "../../../../models/reviews/train/boosted-trees.ts";
import { collapseTrees, type FullTrees, forestSum } from "../../../../shared/scoring/audience/collapse-trees.ts";
import { FEATURES, type Profile, profileFeatures } from "../../../../shared/scoring/audience/profile-features.ts";
import { profileModel } from "../../../../shared/scoring/audience/profile-model.ts";
import { generator, person, START, thin } from "./follows.ts";

const DATA = new URL("../../../../../shared/data", import.meta.url);

const trees: FullTrees = {
  column: Uint8Array.from(shipped.column),
  threshold: Float64Array.from(shipped.threshold),
  left: Float64Array.from(shipped.left),
  leaf: Float64Array.from(shipped.leaf),
};

/** What a tree comes to, from its definition: a split on an unknown column counts both sides by their shares. */
function byDefinition(features: Float64Array): number {
  const splits = 7;
  const below = (tree: number, node: number): number => {
    if (node >= splits) return trees.leaf[tree * (splits + 1) + node - splits] ?? 0;
    const at = tree * splits + node;
    const held = features[trees.column[at] ?? 0] ?? 0;
    const share = Number.isNaN(held) ? (trees.left[at] ?? 0) : held < (trees.threshold[at] ?? 0) ? 1 : 0;
    return (
      (share > 0 ? share * below(tree, 2 * node + 1) : 0) + (share < 1 ? (1 - share) * below(tree, 2 * node + 2) : 0)
    );
  };
  let sum = 0;
  for (let tree = 0; tree * splits < trees.column.length; tree++) sum += below(tree, 0);
  return sum;
}

describe("collapsed trees", () => {
  it("give what the trees give by definition, whatever is missing", () => {
    const random = generator(3);
    const features = new Float64Array(FEATURES.length);
    for (let round = 0; round < 60; round++) {
      profileFeatures(round % 2 ? person(random) : thin(random), START, features);
      let known = 0;
      for (let place = 0; place < features.length; place++) {
        if (random() < (round % 7) / 7) features[place] = Number.NaN;
        if (!Number.isNaN(features[place])) known |= 1 << place;
      }
      expect(forestSum(collapseTrees(trees, known), features)).toBeCloseTo(byDefinition(features), 9);
    }
  });
});

describe("packed trees", () => {
  it("score as the trees that were trained", () => {
    const random = seeded(9);
    const values = Float64Array.from({ length: 900 }, () => random());
    const truth = Uint8Array.from({ length: 300 }, (_, row) =>
      Number((values[row * 3] ?? 0) > (values[row * 3 + 1] ?? 0)),
    );
    const trained = trainTrees({ values, columns: 3 }, truth, {
      trees: 20,
      depth: 3,
      rate: 0.2,
      leastWeight: 2,
      ridge: 1,
      rows: 0.8,
      cols: 1,
      seed: 1,
    });
    const packed = packTrees(trained, 3, 3);
    const forest = collapseTrees(
      {
        column: Uint8Array.from(packed.column),
        threshold: Float64Array.from(packed.threshold),
        left: Float64Array.from(packed.left),
        leaf: Float64Array.from(packed.leaf),
      },
      0b111,
    );
    const scores = treeScores(trained, { values, columns: 3 });
    const close = Array.from(scores).filter(
      (score, row) => Math.abs(score - packed.bias - forestSum(forest, values.subarray(row * 3, row * 3 + 3))) < 0.01,
    );
    // Thresholds are rounded down to four digits: a value just below one may fall to its other side.
    expect(close.length).toBeGreaterThan(295);
    expect(packed.gain.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 3);
    expect(packed.gain[2]).toBeLessThan(0.1);
  });
});

describe("boosted trees with a direction", () => {
  it("never fall where they may only rise", () => {
    const random = seeded(4);
    const rows = 400;
    const values = Float64Array.from({ length: rows * 2 }, () => random());
    // Falls in the middle: trees that are free follow it.
    const truth = Uint8Array.from({ length: rows }, (_, row) => {
      const value = values[row * 2] ?? 0;
      return Number(random() < (value < 0.3 ? 0.5 : value < 0.6 ? 0.1 : 0.9));
    });
    const options = { trees: 40, depth: 3, rate: 0.2, leastWeight: 1, ridge: 1, rows: 0.9, cols: 1, seed: 2 };
    const line = { values: Float64Array.from({ length: 200 }, (_, at) => (at % 2 ? 0.5 : at / 200)), columns: 2 };
    const falls = (monotone: Int8Array): number => {
      const scores = treeScores(trainTrees({ values, columns: 2 }, truth, { ...options, monotone }), line);
      return scores.filter((score, at) => at > 0 && score < (scores[at - 1] ?? 0) - 1e-9).length;
    };
    expect(falls(Int8Array.of(0, 0))).toBeGreaterThan(0);
    expect(falls(Int8Array.of(1, 0))).toBe(0);
  });
});

describe("the model of profiles", () => {
  const model = profileModel(shipped);

  it("explains all that it says", () => {
    const random = generator(8);
    const empty = Math.log(shipped.prior / (1 - shipped.prior));
    for (let round = 0; round < 20; round++) {
      const facts: Profile = round % 2 ? person(random) : thin(random);
      const { probability } = model.score(facts, START);
      const parts = model.contributions(facts, START);
      const logOdds = Math.log(probability / (1 - probability));
      expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(logOdds - empty - shipped.shift, 6);
    }
  });

  it("refuses weights of other features or depth", () => {
    expect(() => profileModel({ ...shipped, features: shipped.features.slice(1) })).toThrow("other features");
    expect(() => profileModel({ ...shipped, depth: 4 })).toThrow("depth 4");
  });

  it("holds no more than numbers: no row, no name", () => {
    const { features, ...rest } = shipped;
    expect(features).toEqual([...FEATURES]);
    for (const value of Object.values(rest).flat()) expect(typeof value).toBe("number");
  });

  it.skipIf(!existsSync(DATA))(
    "ranks followers of sources that trained nothing (skipped without ../shared/data)",
    () => {
      for (const { use, ofFollowers, rows } of readProfileSets(DATA.pathname)) {
        if (use !== "tune" || !ofFollowers) continue;
        const scores = Float64Array.from(rows, ({ profile, seenAt }) => model.score(profile, seenAt).probability);
        expect(aucOf(scores, rows)).toBeGreaterThan(0.98);
        const column = bestColumn(rows, ["followers/following"]);
        expect(aucOf(scores, rows)).toBeGreaterThan(aucOf(column.score(rows), rows));
      }
    },
  );

  it.skipIf(!existsSync(DATA))(
    "is what the trainer makes of the data (skipped without ../shared/data)",
    () => {
      const made = `${JSON.stringify(trainShipped(readProfileSets(DATA.pathname)))}\n`;
      const file = readFileSync(new URL("../../../../models/profiles/weights.json", import.meta.url), "utf8");
      // Not compared by the matcher, which would print both.
      expect(made === file).toBe(true);
    },
    120_000,
  );
});
