import { describe, expect, it } from "vitest";
import type { LabelledText } from "../../../models/text/data/labelled-text.ts";
import { readCorpus } from "../../../models/text/train/corpus.ts";
import { fitModel } from "../../../models/text/train/fit.ts";
import { hash32 } from "../../../shared/scoring/hash.ts";
import { createTextModel } from "../../../shared/scoring/text/model/text-model.ts";
import { decodeWeights, encodeWeights } from "../../../shared/scoring/text/model/weights-file.ts";
import { normalise } from "../../../shared/scoring/text/normalise.ts";
import { tokenise } from "../../../shared/scoring/text/tokenise.ts";
import { lexicon } from "../scoring/text/lexicon-for-tests.ts";

const PRAISE = ["lovely", "bright", "helpful", "calm", "gentle", "sweet"];
const BLAME = ["rotten", "nasty", "spiteful", "mean", "foul", "cruel"];
const THINGS = ["answer", "letter", "song", "garden", "plan", "meal", "story", "window"];

/** Sentences whose adjective alone decides; their split and order come from their number. */
const rows: readonly LabelledText[] = Array.from({ length: 400 }, (_, at): LabelledText => {
  const bad = hash32(`bad ${at}`) % 2 === 1;
  const pick = (from: readonly string[], what: string): string => from[hash32(`${what} ${at}`) % from.length] as string;
  const text = `what a ${pick(bad ? BLAME : PRAISE, "a")} ${pick(THINGS, "t")}, your ${pick(THINGS, "u")} number ${at}`;
  const split = at % 10 === 0 ? "test" : at % 3 === 0 ? "calibrate" : "train";
  return { id: `made:${at}`, set: "made", text, truth: { toxicity: bad ? 1 : 0 }, split };
});

const train = (seed: number, on: readonly LabelledText[] = rows): Uint8Array => {
  const corpus = readCorpus(
    on.map(({ text }) => text),
    lexicon,
    () => undefined,
  );
  const sets = { made: 1 };
  return encodeWeights(
    fitModel(corpus, on, {
      version: "t",
      questions: [{ name: "made", head: "toxicity", sets, cost: 1 }],
      combinations: [{ head: "toxicity", sets, calibrateOn: { sets, evenOdds: false }, report: 0.5 }],
      fewest: 2,
      rounds: 6,
      seed,
      flag: 0.5,
      progress: () => undefined,
    }),
  );
};

describe("training", () => {
  it("gives the same bytes again from the same seed, and others from another", () => {
    expect(train(1)).toEqual(train(1));
    expect(train(2)).not.toEqual(train(1));
  });

  it("learns what decides, and says so of rows that it has not seen", () => {
    const model = createTextModel(decodeWeights(train(1)));
    for (const { text, truth } of rows.filter(({ split }) => split === "test")) {
      const [margin = 0] = model.margins(tokenise(normalise(text), []), []);
      expect(model.probability(0, margin) > 0.5, text).toBe(truth.toxicity === 1);
    }
  });

  it("does not look at what the test split is labelled", () => {
    const lied = rows.map((row) => (row.split === "test" ? { ...row, truth: { toxicity: 1 as const } } : row));
    expect(train(1, lied)).toEqual(train(1));
  });
});
