import { describe, expect, it } from "vitest";
import type { Analysis, Analyzer, JudgedText, Likelihoods, Question } from "../../../shared/analyzers/analyzer.ts";
import { cascade } from "../../../shared/analyzers/cascade.ts";
import { comprehendKnows } from "../../../shared/analyzers/comprehend/labels.ts";
import type { Counted } from "../../../shared/analyzers/meter.ts";
import { factsOfFindings } from "../../../shared/policy/policy-facts.ts";
import { policiesOf, rule } from "../policy/policy-of.ts";

/** Flags every label of the second, and toxicity, from one half on; profanity is nobody's business. */
const cares = policiesOf(
  ...["insult", "threat", "hate", "privacy.pii", "unsupported_language"].map((label) =>
    rule(label.replaceAll(/[._]/g, "-"), `label.${label}.severity >= 1 && label.${label}.probability >= 0.5`),
  ),
  rule("toxic", "features.toxicity >= 0.5", { severity: 3 }),
);
const item: JudgedText = {
  input: { text: "some words", media: 0, audience: "general", visibility: "public" },
  conversation: "c",
  createdAt: "2026-11-22T12:00:00Z",
  mayLeave: true,
  policies: cares,
  factsWith: ({ labels, features }) => factsOfFindings(labels, { features }),
};
const run = { remainingMs: () => 1_000 };

const analysisOf = (likelihoods: Likelihoods, more: Partial<Analysis> = {}, language?: string): Analysis => ({
  score: { labels: [], features: {}, models: ["first@1"], degraded: false, ...(language ? { language } : {}) },
  likelihoods: () => likelihoods,
  missing: [],
  ...more,
});

function cascaded(first: Analysis, second: Analysis = analysisOf({})) {
  const asked: { readonly about: readonly Question[]; readonly language: string | undefined }[] = [];
  const counts: Partial<Record<Counted, number>> = {};
  const opinion: Analyzer = async ({ language }, _, about = new Set()) => {
    asked.push({ about: [...about], language });
    return second;
  };
  const analyze = cascade({
    first: async () => first,
    second: opinion,
    known: comprehendKnows,
    severityOf: () => 3,
    band: { low: 0.4, high: 0.6 },
    meter: {
      count: (what, by = 1) => {
        counts[what] = (counts[what] ?? 0) + by;
      },
      failed: () => {},
    },
  });
  return { asked, counts, ask: (more: Partial<JudgedText> = {}) => analyze({ ...item, ...more }, run) };
}

describe("the cascade", () => {
  it("asks nothing where the first is sure of everything that the second knows", async () => {
    const sure = cascaded(analysisOf({ insult: 0.6, hate: 0.39, spam: 0.5, toxicity: 0.99 }));
    expect((await sure.ask()).score.models).toEqual(["first@1"]);
    expect([sure.asked, sure.counts]).toEqual([[], {}]);
  });

  it("asks about what the first is unsure of, and only that", async () => {
    const unsure = cascaded(analysisOf({ insult: 0.4, threat: 0.59, hate: 0.6, toxicity: 0.5, spam: 0.5 }));
    await unsure.ask();
    expect(unsure.asked.map(({ about }) => about.toSorted())).toEqual([["insult", "threat", "toxicity"]]);
    expect(unsure.counts).toEqual({ SecondOpinionAsked: 1 });
  });

  it("asks nothing that changes no decision", async () => {
    const trifle = cascaded(analysisOf({ profanity: 0.5 }));
    await trifle.ask();
    expect([trifle.asked, trifle.counts]).toEqual([[], {}]);
  });

  it("keeps private text to itself, and that is no fault", async () => {
    const kept = cascaded(analysisOf({ insult: 0.5 }));
    expect((await kept.ask({ mayLeave: false })).score.degraded).toBe(false);
    expect([kept.asked, kept.counts]).toEqual([[], { SecondOpinionWithheld: 1 }]);
  });

  it("asks nothing about media without words", async () => {
    const mute = cascaded(analysisOf({ insult: 0.5 }));
    await mute.ask({ input: { ...item.input, text: undefined } });
    expect(mute.asked).toEqual([]);
  });

  it("asks in the languages that the second reads: as detected, else as tagged, else it asks which", async () => {
    const likelihoods = { insult: 0.5, "privacy.pii": 0.5, unsupported_language: 0.5 };
    const detected = cascaded(analysisOf(likelihoods, {}, "es"));
    await detected.ask({ input: { ...item.input, language: "en" } });
    const tagged = cascaded(analysisOf(likelihoods));
    await tagged.ask({ input: { ...item.input, language: "EN-gb" } });
    const unknown = cascaded(analysisOf(likelihoods));
    await unknown.ask();
    const german = cascaded(analysisOf(likelihoods, {}, "de"));
    await german.ask();
    const foreign = cascaded(analysisOf({ ...likelihoods, unsupported_language: 0.9 }));
    await foreign.ask();
    expect([...detected.asked, ...tagged.asked, ...unknown.asked]).toEqual([
      { about: ["privacy.pii"], language: "es" },
      { about: ["insult", "privacy.pii"], language: "en" },
      { about: ["insult", "privacy.pii", "unsupported_language"], language: undefined },
    ]);
    expect([...german.asked, ...foreign.asked]).toEqual([]);
  });

  it("gives the first's answer, degraded, where the second has none", async () => {
    const missing = analysisOf(
      {},
      { score: { labels: [], features: {}, models: [], degraded: true }, missing: ["throttled"] },
    );
    const alone = cascaded(analysisOf({ insult: 0.5 }), missing);
    const { score, missing: reasons } = await alone.ask();
    expect([score.models, score.degraded, reasons]).toEqual([["first@1"], true, ["throttled"]]);
    expect(alone.counts).toEqual({ SecondOpinionAsked: 1, SecondOpinionMissing: 1 });
  });
});
