import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FLAG_TOXICITY } from "../../../../../shared/policy/default-policy.ts";
import { loadTextModel } from "../../../../../shared/scoring/text/model/load-text-model.ts";
import { createNgramReader, cueSlot } from "../../../../../shared/scoring/text/model/ngrams.ts";
import { createTextModel } from "../../../../../shared/scoring/text/model/text-model.ts";
import type { TextWeights } from "../../../../../shared/scoring/text/model/weights-file.ts";
import { normalise } from "../../../../../shared/scoring/text/normalise.ts";
import { type Token, tokenise } from "../../../../../shared/scoring/text/tokenise.ts";

const tokensOf = (text: string): Token[] => tokenise(normalise(text), []);

/** A model of every feature of `texts`, with weights and rarities that depend on the slot alone. */
function modelOf(...texts: readonly string[]): TextWeights {
  const read = createNgramReader();
  const slots = new Set([cueSlot("a cue")]);
  for (const text of texts) {
    const found = read(tokensOf(text));
    for (const slot of found.slots.subarray(0, found.total)) slots.add(slot);
  }
  const sorted = Int32Array.from([...slots].toSorted((a, b) => a - b));
  return {
    version: "t",
    slotBits: 22,
    flag: 0.5,
    heads: [{ head: "insult", scale: 0.02, bias: 0.25, calibration: { yes: 1, no: 1, offset: 0 }, report: 0.5 }],
    slots: sorted,
    rarity: Uint8Array.from(sorted, (slot) => 16 + (slot % 100)),
    weights: Int8Array.from(sorted, (slot) => (slot % 255) - 127),
  };
}

/** The same margin by the definition: two blocks of length 1 and the cues. */
function marginByHand(file: TextWeights, text: string, cues: readonly number[]): number {
  const found = createNgramReader()(tokensOf(text));
  const block = (from: number, to: number): number => {
    const rows = [...new Set(found.slots.subarray(from, to))]
      .map((slot) => file.slots.indexOf(slot))
      .filter((row) => row >= 0);
    const length = Math.hypot(...rows.map((row) => (file.rarity[row] ?? 0) / 16));
    const sum = rows.reduce((all, row) => all + (file.weights[row] ?? 0) * 0.02, 0);
    return rows.length === 0 ? 0 : sum / length;
  };
  const cue = cues.reduce((all, slot) => all + ((file.weights[file.slots.indexOf(slot)] ?? 0) * 0.02 * 0.25) / 4, 0);
  return 0.25 + block(0, found.words) + block(found.words, found.total) + cue;
}

const words = fc.array(fc.constantFrom("you", "are", "late", "again", "12", "fool", "muslims", "ok"), {
  maxLength: 12,
});

describe("the text model", () => {
  it("gives the margin of its definition, each feature once", () => {
    fc.assert(
      fc.property(words, words, fc.boolean(), (known, asked, cue) => {
        const file = modelOf(known.join(" "));
        const cues = cue ? [cueSlot("a cue")] : [];
        const text = asked.join(" ");
        const [margin = 0] = createTextModel(file).margins(tokensOf(text), cues);
        expect(margin).toBeCloseTo(marginByHand(file, text, cues), 5);
      }),
    );
  });

  it("shares out all of a margin but its cues, the bias, and what spaces hold", () => {
    fc.assert(
      fc.property(words, (asked) => {
        const text = asked.join(" ");
        const model = createTextModel(modelOf(text));
        const tokens = tokensOf(text);
        const shares = model.shares(tokens, 0);
        expect(shares.length).toBe(tokens.length);
        expect(shares.every(Number.isFinite)).toBe(true);
        if (tokens.length === 0) return;
        // A word's own feature alone: what is left when its letters are unknown.
        const [first] = tokens as [Token];
        const alone = createTextModel({
          ...modelOf(first.key),
          weights: Int8Array.from(modelOf(first.key).slots, () => 100),
        });
        expect(alone.shares([first], 0)[0]).toBeGreaterThan(0);
      }),
    );
  });

  it("reads the name of one group of people like that of any other", () => {
    const model = createTextModel(modelOf("muslims are kind", "gays are kind", "a deaf man", "a white man"));
    const margin = (text: string) => model.margins(tokensOf(text), [])[0];
    expect(margin("muslims are kind")).toBe(margin("gays are kind"));
    expect(margin("a deaf man")).toBe(margin("a white man"));
    expect(margin("muslims are kind")).not.toBe(margin("printers are kind"));
  });

  it("refuses weights made for another width of hashes", () => {
    expect(() => createTextModel({ ...modelOf("a"), slotBits: 12 })).toThrow("text weights");
  });
});

describe("the shipped weights", () => {
  const model = loadTextModel(new URL("../../../../../models/text", import.meta.url));

  it("rise in probability with the margin, for every head", () => {
    model.heads.forEach((_, head) => {
      const steps = Array.from({ length: 41 }, (_, step) => model.probability(head, step / 2 - 10));
      expect(steps.every((value, step) => value >= 0 && value <= 1 && value >= (steps[step - 1] ?? 0))).toBe(true);
      expect(steps.at(-1)).toBeGreaterThan(0.7);
      expect(steps[0]).toBeLessThan(0.1);
    });
  });

  it("were calibrated for the threshold that the policy flags at", () => {
    expect(model.flag).toBe(FLAG_TOXICITY);
  });
});
