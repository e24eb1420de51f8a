import { describe, expect, it } from "vitest";
import type { LabelName } from "../../../../../shared/domain/label.ts";
import { findLabel } from "../../../../../shared/scoring/score.ts";
import { loadLexicon } from "../../../../../shared/scoring/text/load-lexicon.ts";
import { createPostScorer, type PostInput } from "../../../../../shared/scoring/text/score-post.ts";
import { settingOf } from "./contact-seeking-cases.ts";
import { UNSEEN_CONTACT, UNSEEN_HARM } from "./unseen-cases.ts";

const scorer = createPostScorer({ lexicon: loadLexicon(new URL("../../../../../models/text", import.meta.url)) });
const acted = (input: Pick<PostInput, "audience" | "author">, text: string, label: LabelName): boolean => {
  const found = findLabel(scorer({ text, media: 0, visibility: "public", ...input }), label);
  return found !== undefined && found.probability >= 0.5 && found.severity >= 3;
};

/** How many of those that deserve the label have it, and how many of the others. */
function rates(cases: readonly { deserved: boolean; acted: boolean }[]) {
  const of = (deserved: boolean) => cases.filter((one) => one.deserved === deserved);
  const hits = (rows: readonly { acted: boolean }[]) => rows.filter((row) => row.acted).length;
  return { found: hits(of(true)), deserving: of(true).length, falseAlarms: hits(of(false)), others: of(false).length };
}

// The figures of CARD.md: they are what the rules do on texts that they were not made with, not what would be good.
describe("on cases that the rules were not made with", () => {
  it("contact-seeking is found this often", () => {
    const cases = UNSEEN_CONTACT.map(([setting, deserved, text]) => ({
      deserved,
      acted: acted(settingOf(setting), text, "child_safety"),
    }));
    expect(rates(cases)).toEqual({ found: 1, deserving: 12, falseAlarms: 0, others: 12 });
  });

  it("other harm is found this often", () => {
    const cases = UNSEEN_HARM.map(([label, deserved, text]) => ({
      deserved,
      acted: acted({ audience: "general" }, text, label),
    }));
    expect(rates(cases)).toEqual({ found: 2, deserving: 11, falseAlarms: 0, others: 8 });
  });
});
