import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decodeWeights,
  encodeWeights,
  type TextWeights,
} from "../../../../../shared/scoring/text/model/weights-file.ts";

const weights = fc
  .uniqueArray(fc.integer({ min: 0, max: 2 ** 22 - 1 }), { maxLength: 50 })
  .chain((slots) =>
    fc.record({
      slots: fc.constant(Int32Array.from(slots.toSorted((a, b) => a - b))),
      rarity: fc.uint8Array({ minLength: slots.length, maxLength: slots.length }),
      weights: fc.int8Array({ minLength: slots.length * 2, maxLength: slots.length * 2 }),
    }),
  )
  .map(
    (arrays): TextWeights => ({
      version: "7",
      slotBits: 22,
      flag: 0.7,
      heads: (["toxicity", "insult"] as const).map((head) => ({
        head,
        scale: 0.01,
        bias: -1,
        calibration: { yes: 1, no: 1, offset: 0 },
        report: 0.5,
      })),
      ...arrays,
    }),
  );

describe("the weights file", () => {
  it("gives back what was put in", () => {
    const plain = ({ rarity, weights, slots, ...rest }: TextWeights) => ({
      ...rest,
      arrays: [[...slots], [...rarity], [...weights]],
    });
    fc.assert(
      fc.property(weights, (one) => {
        expect(plain(decodeWeights(encodeWeights(one)))).toEqual(plain(one));
      }),
    );
  });

  it("refuses a file with any one bit changed, a cut one, and another kind of file", () => {
    fc.assert(
      fc.property(weights, fc.nat(), fc.integer({ min: 0, max: 7 }), (one, place, bit) => {
        const file = encodeWeights(one);
        const at = place % file.length;
        file[at] = (file[at] as number) ^ (1 << bit);
        expect(() => decodeWeights(file)).toThrow("text weights");
        expect(() => decodeWeights(encodeWeights(one).subarray(0, place % file.length))).toThrow("text weights");
      }),
    );
    expect(() => decodeWeights(new TextEncoder().encode("touchstone-lexicon 1 en"))).toThrow("text weights");
  });
});
