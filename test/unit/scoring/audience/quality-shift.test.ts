import { describe, expect, it } from "vitest";
import { leastShift } from "../../../../shared/scoring/audience/quality-shift.ts";

const known = { hits: 900, positives: 1_000, passes: 950, negatives: 1_000 };
const vague = { hits: 9, positives: 10, passes: 9.5, negatives: 10 };

describe("leastShift", () => {
  it("is near the true difference where much was judged by a test that is well known", () => {
    // 5% and 47.5% suspicious: none and half of them fake.
    expect(leastShift({ part: 4_750, whole: 10_000 }, { part: 500, whole: 10_000 }, known)).toBeCloseTo(0.48, 1);
    expect(leastShift({ part: 500, whole: 10_000 }, { part: 500, whole: 10_000 }, known)).toBeLessThan(0);
  });

  it("is smaller the fewer were judged, and the less is known of the test", () => {
    const base = { part: 50, whole: 1_000 };
    const many = leastShift({ part: 300, whole: 1_000 }, base, known);
    expect(leastShift({ part: 6, whole: 20 }, base, known)).toBeLessThan(many);
    expect(leastShift({ part: 300, whole: 1_000 }, base, vague)).toBeLessThan(many);
    // Another sort of people may be suspected by as much more as that.
    expect(leastShift({ part: 120, whole: 1_000 }, base, vague)).toBeLessThan(0);
  });

  it("says nothing where either was never judged", () => {
    expect(leastShift({ part: 0, whole: 0 }, { part: 1, whole: 10 }, known)).toBe(-1);
    expect(leastShift({ part: 1, whole: 10 }, { part: 0, whole: 0 }, known)).toBe(-1);
  });
});
