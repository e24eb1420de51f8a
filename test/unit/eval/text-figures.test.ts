import { describe, expect, it } from "vitest";
import { seeded } from "../../../eval/metrics/seeded.ts";
import { sample } from "../../../eval/text/context.ts";
import { keywordFilters } from "../../../eval/text/peers/keyword-filters.ts";
import { trainNaiveBayes } from "../../../eval/text/peers/naive-bayes.ts";
import { qualityOf } from "../../../eval/text/quality.ts";
import { decimal, shareOf, withInterval } from "../../../eval/text/report/numbers.ts";
import { HARD_TEXTS } from "../../../eval/text/speed/hard-texts.ts";
import { targetRow } from "../../../eval/text/targets.ts";
import type { LabelledText } from "../../../models/text/data/labelled-text.ts";
import { parseLexicon } from "../../../shared/scoring/text/lexicon.ts";

describe("qualityOf", () => {
  const options = { rounds: 200, seed: 1 };

  it("gives each figure with an interval around it, and the best F1 on the rows", () => {
    const random = seeded(9);
    const truth = Uint8Array.from({ length: 400 }, () => Number(random() < 0.4));
    const likelihoods = Float64Array.from(truth, (one) => Math.min(1, Math.max(0, 0.5 * random() + 0.4 * one)));
    const quality = qualityOf(likelihoods, truth, 0.5, options);
    for (const { value, low, high } of [quality.auc, quality.averagePrecision, quality.f1, quality.calibrationError]) {
      expect(low).toBeLessThanOrEqual(high);
      expect(value).toBeGreaterThan(low - 0.05);
      expect(value).toBeLessThan(high + 0.05);
    }
    expect(quality.positives).toBe(truth.reduce((sum, one) => sum + one, 0));
    for (let threshold = 0; threshold <= 1; threshold += 0.01) {
      const at = qualityOf(likelihoods, truth, threshold, { rounds: 2, seed: 1 });
      expect(at.f1.value).toBeLessThanOrEqual(quality.best.f1 + 1e-12);
    }
    expect(qualityOf(likelihoods, truth, quality.best.threshold, { rounds: 2, seed: 1 }).f1.value).toBe(
      quality.best.f1,
    );
  });

  it("says that nothing is known where all rows are of one class", () => {
    const quality = qualityOf(Float64Array.of(0.2, 0.9), Uint8Array.of(1, 1), 0.5, options);
    expect(quality.auc.value).toBeNaN();
    expect(withInterval(quality.auc.value, quality.auc)).toBe("-");
  });
});

describe("targetRow", () => {
  const row = (value: number, wanted: { least: number } | { most: number }) =>
    targetRow({ name: "x", wanted, measured: { value, low: value - 0.01, high: value + 0.01 } }).at(-1);
  it("says reached, or missed by how much", () => {
    expect(row(0.98, { least: 0.975 })).toBe("reached");
    expect(row(0.975, { least: 0.975 })).toBe("reached");
    expect(row(0.964, { least: 0.975 })).toBe("MISSED by .011");
    expect(row(1.5, { most: 1.25 })).toBe("MISSED by .250");
    expect(row(Number.NaN, { most: 1 })).toBe("not known");
  });

  it("writes shares as percentages", () => {
    const measured = { value: 0.0244, low: 0.022, high: 0.027 };
    expect(targetRow({ name: "flags", wanted: { most: 0.005 }, measured, unit: "share" })).toEqual([
      "flags",
      "≤ 0.50%",
      "2.44% [2.20% 2.70%]",
      "MISSED by 1.94%",
    ]);
  });
});

describe("numbers", () => {
  it("are short", () => {
    expect(decimal(0.9764)).toBe(".976");
    expect(decimal(1)).toBe("1.000");
    expect(decimal(-0.25, 2)).toBe("-.25");
    expect(shareOf(0, 0)).toBe("none to count");
    expect(shareOf(65, 14_640)).toBe("0.44% [0.35 0.57] 65/14,640");
  });
});

describe("sample", () => {
  const rows = Array.from({ length: 1000 }, (_, index) => index);
  it("draws the same rows for the same seed, in their order, and all of few", () => {
    const some = sample(rows, 100, 4);
    expect(some).toHaveLength(100);
    expect(some).toEqual(sample(rows, 100, 4));
    expect(some).toEqual([...some].sort((a, b) => a - b));
    expect(some).not.toEqual(sample(rows, 100, 5));
    expect(sample(rows, 1000, 4)).toBe(rows);
  });
});

describe("keywordFilters", () => {
  it("judges yes or no by any hit, each as it comes", () => {
    const filters = keywordFilters(
      parseLexicon("touchstone-lexicon\t1\ten\nword\tinsult\t3\t0.5\t-\ttext.insult\tnitwit\n"),
    );
    const judge = (text: string) => filters.filter(({ flags }) => flags(text)).map(({ name }) => name);
    expect(judge("what a lovely day")).toEqual(["flags everything"]);
    expect(judge("you Nitwit!")).toEqual(["own words, whole", "flags everything"]);
    expect(judge("this is fucking late")).toEqual(["obscenity", "bad-words", "@2toad/profanity", "flags everything"]);
  });
});

describe("trainNaiveBayes", () => {
  it("ranks texts with the words of one class above those of the other, and leaves out heads without both", () => {
    const row = (text: string, toxicity: 0 | 1): LabelledText => ({
      id: text,
      set: "own",
      text,
      truth: { toxicity, threat: 0 },
      split: "train",
    });
    const floors = trainNaiveBayes(
      [row("you nitwit", 1), row("dear friend", 0), row("a nitwit", 1)],
      ["toxicity", "threat"],
    );
    const toxicity = floors.get("toxicity");
    expect(floors.has("threat")).toBe(false);
    expect(toxicity?.("what a nitwit")).toBeGreaterThan(toxicity?.("what a friend") ?? Number.NaN);
  });
});

describe("HARD_TEXTS", () => {
  it.each(Object.entries(HARD_TEXTS))("%s has the length asked for", (_, textOf) => {
    for (const length of [1, 1000, 4321]) expect(textOf(length)).toHaveLength(length);
  });
});
