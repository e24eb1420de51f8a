import { describe, expect, it } from "vitest";
import { findLabel } from "../../../../../shared/scoring/score.ts";
import { loadLexicon } from "../../../../../shared/scoring/text/load-lexicon.ts";
import { createPostScorer, type PostInput } from "../../../../../shared/scoring/text/score-post.ts";
import { INNOCENT, MISSED, SEEKING, type Setting, settingOf } from "./contact-seeking-cases.ts";

/** The rules alone: no trained model has a head for this label. */
const lexicon = loadLexicon(new URL("../../../../../models/text", import.meta.url));
const score = createPostScorer({ lexicon });
const found = (setting: Setting, text: string) => {
  const input: PostInput = { text, media: 0, visibility: "public", ...settingOf(setting) };
  return findLabel(score(input), "child_safety");
};

describe("contact-seeking towards minors", () => {
  it.each(SEEKING)("is found (%s): %j", (setting, text) => {
    const label = found(setting, text);
    expect(label?.probability).toBeGreaterThanOrEqual(0.5);
    expect(label?.severity).toBeGreaterThanOrEqual(setting.startsWith("m") ? 6 : 5);
    expect(label?.reasons.every(({ code }) => code.startsWith("child."))).toBe(true);
  });

  it.each(INNOCENT)("is not seen (%s): %j", (setting, text) => expect(found(setting, text)).toBeUndefined());

  it.each(MISSED)("is still missed (%s): %j; move the case up once it is found", (setting, text) =>
    expect(found(setting, text)).toBeUndefined(),
  );

  it("rests on every kind of step in at least two cases", () => {
    const counts = new Map<string, number>();
    const kinds = [...lexicon.patterns.values()].flat().map(({ entry }) => entry.code);
    for (const code of kinds) if (code.startsWith("child.") && code !== "child.sexual_material") counts.set(code, 0);
    for (const [setting, text] of SEEKING) {
      for (const { code } of found(setting, text)?.reasons ?? []) counts.set(code, (counts.get(code) ?? 0) + 1);
    }
    expect([...counts].filter(([, count]) => count < 2)).toEqual([]);
  });
});

describe("the setting", () => {
  const opener = "how old are you? add me on snap";

  it("weighs an adult to a child most, children among themselves least", () => {
    expect(found("gu", opener)).toBeUndefined();
    expect(found("mc", opener)).toBeUndefined();
    expect(found("mu", opener)?.severity).toBe(6);
    expect(found("ma", `${opener}, don't tell your mom`)?.severity).toBe(7);
  });

  it("is told by the text itself where the platform says nothing", () => {
    expect(found("gu", `${opener}, don't tell your mom`)).toBeDefined();
    expect(found("mu", `i'm 13 too. ${opener}`)).toBeUndefined();
  });

  it("needs a second kind of step, except for the gravest", () => {
    for (const one of ["how old are you?", "add me on snap", "send me a pic of you", "are you home alone?"]) {
      expect(found("ma", one), one).toBeUndefined();
    }
    for (const one of ["what are you wearing right now", "are you a virgin?", "don't tell your mom about us"]) {
      expect(found("mu", one)?.severity, one).toBe(7);
    }
  });

  it("does not lower for a denied step, a quoted one or advice", () => {
    expect(found("mu", "never send a picture of yourself, and never meet up with anyone")).toBeUndefined();
    expect(found("mu", 'a man wrote me "how old are you? add me on snap" and I felt sick')).toBeUndefined();
  });
});
