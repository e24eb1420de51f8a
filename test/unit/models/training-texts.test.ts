import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { keyOf } from "../../../models/text/data/key-of.ts";
import type { LabelledText } from "../../../models/text/data/labelled-text.ts";
import { ownTexts } from "../../../models/text/data/own-texts.ts";
import { splitOf, trainOrCalibrate } from "../../../models/text/data/split.ts";
import { deduplicate, readTrainingTexts } from "../../../models/text/data/training-texts.ts";

const row = (id: string, text: string, more: Partial<LabelledText> = {}): LabelledText => ({
  id,
  set: "made",
  text,
  truth: {},
  split: "train",
  ...more,
});

describe("splits", () => {
  it("depend on the text alone and give each part its share", () => {
    const parts = Array.from({ length: 5_000 }, (_, at) => splitOf(`text ${at}`));
    expect(parts).toEqual(Array.from({ length: 5_000 }, (_, at) => splitOf(`text ${at}`)));
    const share = (name: string): number => parts.filter((part) => part === name).length / parts.length;
    expect(share("test")).toBeCloseTo(0.1, 1);
    expect(share("calibrate")).toBeCloseTo(0.13, 1);
    expect(Array.from({ length: 500 }, (_, at) => trainOrCalibrate(`text ${at}`))).not.toContain("test");
  });
});

describe("deduplication", () => {
  it("keeps one of equals, however they are written, with what both say", () => {
    const kept = deduplicate([
      row("a", "You are LATE!", { truth: { insult: 0 } }),
      row("b", "you are  late", { truth: { insult: 1, toxicity: 0 } }),
    ]);
    expect(kept).toEqual([row("a", "You are LATE!", { truth: { insult: 0, toxicity: 0 } })]);
  });

  it("leaves a test text to the test split, and drops rows that are pieces of one", () => {
    const long = "the quick brown fox jumps over the lazy dog and then sleeps until noon";
    const kept = deduplicate([
      row("a", "one two three", { split: "train" }),
      row("b", "One, two, three.", { split: "test" }),
      row("c", long, { split: "test" }),
      row("d", "fox jumps over the lazy dog and then", { split: "train" }),
      row("e", "fox jumps over a fence into the lazy dog's garden", { split: "calibrate" }),
    ]);
    expect(kept.map(({ id }) => id)).toEqual(["b", "c", "e"]);
  });
});

describe("our own sentences", () => {
  const own = ownTexts();

  it("have every place filled, a truth, and no test row", () => {
    for (const { text, truth, split } of own) {
      expect(text).not.toMatch(/[{}]|undefined/);
      expect(Object.keys(truth).length).toBeGreaterThan(1);
      expect(split).not.toBe("test");
    }
    expect(new Set(own.map(({ id }) => id)).size).toBe(own.length);
  });

  it("keep all fillings of a sentence in one split", () => {
    for (const rows of Map.groupBy(own, ({ group }) => group).values()) {
      expect(new Set(rows.map(({ split }) => split)).size).toBe(1);
    }
  });
});

const DATA = "../shared/data";

describe.skipIf(!existsSync(DATA))("the training sets (skipped without ../shared/data)", () => {
  it("share no text between what is fitted to and what is judged with", { timeout: 120_000 }, () => {
    const rows = readTrainingTexts(DATA);
    const tested = new Set(rows.filter(({ split }) => split === "test").map(({ text }) => keyOf(text)));
    expect(tested.size).toBeGreaterThan(20_000);
    expect(rows.some(({ split, text }) => split !== "test" && tested.has(keyOf(text)))).toBe(false);
  });
});
