import { describe, expect, it } from "vitest";
import { LABELS } from "../../../../shared/domain/label.ts";
import { parseLexicon } from "../../../../shared/scoring/text/lexicon.ts";
import { loadLexicon } from "../../../../shared/scoring/text/load-lexicon.ts";
import { normalise } from "../../../../shared/scoring/text/normalise.ts";
import { findPhrases } from "../../../../shared/scoring/text/phrases.ts";
import { tokenise } from "../../../../shared/scoring/text/tokenise.ts";
import { readWords } from "../../../../shared/scoring/text/words.ts";
import { lexicon } from "./lexicon-for-tests.ts";

const HEADER = "touchstone-lexicon\t7\ten";
const withLines = (...lines: string[]) => parseLexicon([HEADER, ...lines].join("\n"));
const matches = (pattern: string, text: string): boolean => {
  const own = withLines(
    "class\tTHEM\tyou ya",
    `phrase\tinsult\t3\t.5\t-\ttext.x\t${pattern}`,
    "word\tinsult\t2\t.5\t-\ttext.y\tfool",
  );
  const { tokens } = readWords(tokenise(normalise(text), []), own);
  return findPhrases(tokens, own).length > 0;
};

describe("parseLexicon", () => {
  it("reads the version and inflects words", () => {
    const own = withLines("# note", "word\tinsult\t2\t.5\tn\ttext.insult\tfool clown");
    expect(own.version).toBe("7");
    expect([...own.words.keys()]).toEqual(["fool", "fools", "clown", "clowns"]);
    expect(own.words.get("clowns")).toMatchObject({ label: "insult", severity: 2, weight: 0.5 });
  });

  it.each([
    ["", "line 1"],
    ["touchstone-lexicon\t1", "line 1"],
    [`${HEADER}\nwurd\tinsult`, "line 2"],
    [`${HEADER}\nword\tnonsense\t2\t.5\t-\ttext.x\tfool`, "line 2"],
    [`${HEADER}\nword\tinsult\t9\t.5\t-\ttext.x\tfool`, "line 2"],
    [`${HEADER}\nword\tinsult\t2\t1.5\t-\ttext.x\tfool`, "line 2"],
    [`${HEADER}\n\nphrase\tinsult\t2\t.5\t-\ttext.x\t<NONE> fool`, "line 3"],
    [`${HEADER}\nphrase\tinsult\t2\t.5\t-\ttext.x\t?a fool`, "line 2"],
    [`${HEADER}\nphrase\tinsult\t2\t.5\t-\ttext.x\tfool ..2`, "line 2"],
    [`${HEADER}\nword\tinsult\t2\t.5\t-\ttext.x\t`, "line 2"],
  ])("refuses %j and names the line", (source, place) => expect(() => parseLexicon(source)).toThrow(place));

  it.each([
    ["<THEM> are ?a fool", "You are a fool", true],
    ["<THEM> are ?a fool", "ya are fool", true],
    ["<THEM> are ?a fool", "you are the fool", false],
    ["<THEM> are ?a fool", "you. Are a fool", false],
    ["you ..2 clown", "you silly old clown", true],
    ["you ..2 clown", "you very silly old clown", false],
    ["you ..2 clown", "you there. clown", false],
    ["big %insult", "a big fool", true],
    ["text _mention|_num", "text @bob", true],
    ["text _mention|_num", "text 900", true],
    ["text _mention|_num", "text bob", false],
  ])("%j against %j: %s", (pattern, text, expected) => expect(matches(pattern, text)).toBe(expected));
});

describe("the shipped lexicon", () => {
  it("covers the labels that words and phrases can speak for", () => {
    const spoken = new Set([
      ...[...lexicon.words.values()].map((entry) => entry.label),
      ...[...lexicon.patterns.values()].flat().map((pattern) => pattern.entry.label),
    ]);
    for (const name of [
      "profanity",
      "insult",
      "harassment",
      "threat",
      "hate",
      "graphic",
      "sexual_adult",
      "child_safety",
      "self_harm",
      "extremism",
      "illicit",
      "spam",
      "scam",
    ]) {
      expect(spoken).toContain(name);
      expect(LABELS).toHaveProperty([name]);
    }
    expect(lexicon.words.size).toBeGreaterThan(500);
  });

  it("asks for at least two words in every phrase whose first could be innocent", () => {
    const single = new Set<string>();
    for (const pattern of [...lexicon.patterns.values()].flat()) {
      // A sentence of its own, as in "Idiot!", is no accident either.
      if (pattern.opens && pattern.closes) continue;
      // Signals say nothing alone.
      if (pattern.entry.label === "signal") continue;
      const required = pattern.elements.filter((element) => !element.optional && element.gap === 0);
      if (required.length === 1) for (const key of required[0]?.keys ?? []) single.add(key);
    }
    expect([...single].sort()).toEqual(SINGLE_WORD_PHRASES);
  });

  it("is found by path and by URL", () => {
    const url = new URL("../../../../models/text", import.meta.url);
    expect(loadLexicon(url.pathname).version).toBe(loadLexicon(url).version);
    expect(() => loadLexicon("/nowhere")).toThrow("lexicon.txt");
  });
});

const SINGLE_WORD_PHRASES = [
  "bonespo",
  "edtwt",
  "f4f",
  "fatspo",
  "follow4follow",
  "freemsg",
  "fullz",
  "giveaway",
  "kys",
  "l4l",
  "meanspo",
  "middlefinger",
  "moneygram",
  "proana",
  "promia",
  "ringtone",
  "ringtones",
  "sub4sub",
  "thinspiration",
  "thinspo",
  "unsubscribe",
];
