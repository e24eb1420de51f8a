import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyTarget, observeTarget, type TargetState } from "../../../../shared/scoring/review/target-state.ts";
import { targetWindows } from "../../../../shared/scoring/review/target-windows.ts";

const DAY = 1440;

interface Given {
  readonly day: number;
  readonly rating: number;
  readonly first?: boolean;
  readonly suspected?: boolean;
}

function statesOf(reviews: readonly Given[]): { all: TargetState; suspected: TargetState } {
  let [all, suspected] = [emptyTarget(), emptyTarget()];
  for (const { day, rating, first = false, suspected: suspect = false } of reviews) {
    const event = { at: day * DAY + 600, rating, firstReview: first };
    all = observeTarget(all, event);
    if (suspect) suspected = observeTarget(suspected, event);
  }
  return { all, suspected };
}

const windowsOf = (reviews: readonly Given[]) => {
  const { all, suspected } = statesOf(reviews);
  return targetWindows(all, suspected);
};

/** Six weeks of one or two reviews a day. */
const ordinary: readonly Given[] = Array.from({ length: 42 }, (_, day) => [
  { day, rating: 4 },
  ...(day % 2 === 0 ? [{ day, rating: day % 6 === 0 ? 1 : 5 }] : []),
]).flat();

const times = (count: number, given: Given): Given[] => Array.from({ length: count }, () => given);

describe("windows of a target", () => {
  test("are none in ordinary weeks", () => expect(windowsOf(ordinary)).toEqual([]));

  test("a storm of one star is one window, with what was usual beside it", () => {
    const [window, ...more] = windowsOf([
      ...ordinary,
      ...times(40, { day: 43, rating: 1, first: true }),
      ...times(25, { day: 44, rating: 1 }),
    ]);
    expect(more).toEqual([]);
    expect(window).toMatchObject({ kind: "low_storm", first: 43, last: 44, reviews: 65, oneStar: 65, firstTime: 40 });
    expect(window?.usualPerDay).toBeCloseTo(63 / 43, 1);
    expect(window?.usual.oneStar).toBeLessThan(0.2);
  });

  test("praise at once is a burst of praise, and a good day of the usual mix only a busy one", () => {
    expect(windowsOf([...ordinary, ...times(30, { day: 43, rating: 5 })])[0]?.kind).toBe("praise_burst");
    const mixed = [...times(9, { day: 43, rating: 4 }), ...times(5, { day: 43, rating: 5 }), { day: 43, rating: 1 }];
    expect(windowsOf([...ordinary, ...mixed])[0]?.kind).toBe("busy");
  });

  test("a drip of suspected reviews is a window although no day is busy", () => {
    const drip = [40, 41, 43].flatMap((day) => times(3, { day, rating: 5, suspected: true }));
    expect(windowsOf([...ordinary, ...drip])).toMatchObject([{ kind: "suspected", first: 40, last: 43, suspected: 9 }]);
  });

  test("of a target whose first day is all there is are none", () => {
    expect(windowsOf(times(50, { day: 3, rating: 5 }))).toEqual([]);
  });

  test("hold every review once, in order, whatever came", () => {
    const review = fc.record({
      day: fc.integer({ min: 0, max: 80 }),
      rating: fc.integer({ min: 1, max: 5 }),
      suspected: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(review, { maxLength: 200 }), (reviews) => {
        const windows = windowsOf(reviews);
        for (const [index, { first, last, ...window }] of windows.entries()) {
          expect(first).toBeLessThanOrEqual(last);
          expect(window.suspected).toBeLessThanOrEqual(window.reviews);
          const before = windows[index - 1];
          if (before) expect(first).toBeGreaterThan(before.last);
          const inside = reviews.filter(({ day }) => day >= first && day <= last).length;
          expect(window.reviews).toBeLessThanOrEqual(inside);
        }
      }),
      { numRuns: 60 },
    );
  });
});
