import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addToCohorts,
  COHORT_DAYS,
  COHORT_SIZE,
  cohortMember,
  isShared,
  shareCohort,
} from "../../../../shared/scoring/audience/cohorts.ts";

const members = (from: number, to: number): number[] => {
  const flat: number[] = [];
  for (let index = from; index < to; index++) {
    const hash = cohortMember(`follower-${index}`);
    if (hash !== undefined) flat.push(7, hash);
  }
  return flat;
};

describe("daily sketches of new followers", () => {
  it("hold one follower in 64, the same ones at every account", () => {
    const all = members(0, 64_000).length / 2;
    expect(Math.abs(all - 1_000)).toBeLessThan(130);
    expect(addToCohorts([], members(0, 5_000))[0]?.hashes).toHaveLength(COHORT_SIZE);
  });

  it("tell that another account shares a day's, once at least three and a quarter of them are the same", () => {
    const known = addToCohorts([], members(0, 5_000));
    const [day] = known;
    expect(isShared(known, 0, 10)).toBe(false);
    expect(isShared(shareCohort(known, 7, 3), 0, 10)).toBe(false);
    const shared = shareCohort(known, 7, 4);
    expect([isShared(shared, 7, 8), isShared(shared, 8, 10), isShared(shared, 0, 7)]).toEqual([true, false, false]);
    // The most that was seen stays, through more followers, too; another day is another matter.
    expect(shareCohort(shared, 7, 2)).toBe(shared);
    expect(shareCohort(shared, 8, 9)).toBe(shared);
    expect(addToCohorts(shared, members(5_000, 9_000))[0]?.shared).toBe(4);
    expect(day?.shared).toBeUndefined();
  });

  it("are the same in any order and however often they are told, and of the latest days only", () => {
    const pair = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.nat(1_000_000));
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 200 }), fc.nat(), (pairs, cut) => {
        const flat = (some: typeof pairs) => some.flat();
        const whole = addToCohorts([], flat(pairs));
        const parts = [pairs.slice(cut % (pairs.length + 1)), pairs.slice(0, cut % (pairs.length + 1)), pairs];
        expect(parts.reduce((known, some) => addToCohorts(known, flat(some)), addToCohorts([], []))).toEqual(whole);
        expect(addToCohorts(whole, flat(pairs))).toEqual(whole);
        expect(whole.length).toBeLessThanOrEqual(COHORT_DAYS);
        expect(whole.every(({ hashes }) => hashes.length <= COHORT_SIZE)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
