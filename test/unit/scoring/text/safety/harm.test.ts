import { describe, expect, it } from "vitest";
import type { LabelName, LabelScore } from "../../../../../shared/domain/label.ts";
import { explain } from "../../../../../shared/domain/reason.ts";
import { builtInPolicies } from "../../../../../shared/policy/compiled-policies.ts";
import { factsOfFindings } from "../../../../../shared/policy/policy-facts.ts";
import { findLabel } from "../../../../../shared/scoring/score.ts";
import { loadLexicon } from "../../../../../shared/scoring/text/load-lexicon.ts";
import { createPostScorer } from "../../../../../shared/scoring/text/score-post.ts";
import { HARM, HARM_MISSED, HARMLESS } from "./harm-cases.ts";

/** The rules alone, whatever a trained model would add. */
const lexicon = loadLexicon(new URL("../../../../../models/text", import.meta.url));
const scorer = createPostScorer({ lexicon });
const scoreOf = (text: string) => scorer({ text, media: 0, audience: "general", visibility: "public" });
/** Probability and severity from which the default policy acts. */
const acted = (text: string, label: LabelName): LabelScore | undefined => {
  const found = findLabel(scoreOf(text), label);
  return found !== undefined && found.probability >= 0.5 && found.severity >= 3 ? found : undefined;
};

describe("words of harm", () => {
  it.each(HARM)("are %s of severity %i or more: %j", (label, severity, text) =>
    expect(acted(text, label)?.severity ?? 0).toBeGreaterThanOrEqual(severity),
  );

  it.each(HARMLESS)("are no %s (%i): %j", (label, _, text) => expect(acted(text, label)).toBeUndefined());

  it.each(HARM_MISSED)("are still missed, %s (%i): %j; move the case up once it is found", (label, _, text) =>
    expect(acted(text, label)).toBeUndefined(),
  );
});

describe("what becomes of them", () => {
  const decided = (text: string) => builtInPolicies.decide(factsOfFindings(scoreOf(text).labels));

  it.each(["I want to kill myself tonight", "what is the most painless way to die", "my friend wants to kill herself"])(
    "a person looks at %j, and nothing is blocked",
    (text) => {
      const { action, lane } = decided(text);
      expect(["flag", "hold"]).toContain(action);
      expect(lane).toBe("severe_safety");
    },
  );

  it("a credible threat is held in the lane of its own", () => {
    expect(decided("I will kill you tonight at your house")).toMatchObject({ action: "hold", lane: "severe_safety" });
  });

  it("a time, a place or a means makes a threat graver, and says so", () => {
    const plain = acted("I'm going to kill you", "threat");
    const placed = acted("I'm going to kill you at your school", "threat");
    expect(placed?.severity).toBe((plain?.severity ?? 0) + 1);
    expect(placed?.reasons.map(({ code }) => code)).toContain("threat.credible");
  });

  it("no reason says how it is done", () => {
    for (const [label, , text] of HARM) {
      for (const reason of acted(text, label)?.reasons ?? []) {
        expect(explain(label, reason)).not.toMatch(/pill|noose|bleach|vein|gun|knife|xanax|bomb|calor/i);
        expect(JSON.stringify(reason.params ?? {})).not.toMatch(/[a-z]{4,}":"/);
      }
    }
  });

  it("sending others to a person makes doxxing graver", () => {
    const told = acted("his address is 221 Oak Road", "privacy.doxxing");
    const sent = acted("his address is 221 Oak Road, go say hi to him", "privacy.doxxing");
    expect([told?.severity, sent?.severity]).toEqual([6, 7]);
  });
});
