import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  byPreference,
  inFairOrder,
  PATIENCE_MINUTES,
  pickNext,
  type Waiting,
} from "../../../shared/domain/pick-next.ts";
import { LANES } from "../../../shared/domain/verdict.ts";
import { NOW } from "./examples.ts";

const waiting = (id: string, minutes: number, language?: string): Waiting => ({
  id,
  queue: "default",
  lane: "medium",
  openedAt: new Date(NOW.getTime() - minutes * 60_000).toISOString(),
  ...(language ? { language } : {}),
});
const ids = (groups: readonly (readonly Waiting[])[]) => groups.map((group) => group.map(({ id }) => id));

describe("whose turn it is", () => {
  it("goes by severity class, then by waiting time, whatever else a case is", () => {
    const any = fc.record({
      id: fc.string({ minLength: 1 }),
      queue: fc.constantFrom("a", "b"),
      lane: fc.constantFrom(...LANES),
      openedAt: fc.integer({ min: 0, max: 9 }).map((n) => new Date(NOW.getTime() + n).toISOString()),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 20 }), (cases) => {
        const order = cases.toSorted(inFairOrder);
        for (const [index, one] of order.entries()) {
          const next = order[index + 1];
          if (!next) continue;
          const [a, b] = [LANES.indexOf(one.lane), LANES.indexOf(next.lane)];
          expect(a < b || (a === b && one.openedAt <= next.openedAt)).toBe(true);
        }
      }),
    );
  });

  it("offers known languages first, but nobody's before those that waited for too long", () => {
    const heads = [
      waiting("german", 20, "de"),
      waiting("turkish", 3, "tr-TR"),
      waiting("unknown", 2),
      waiting("old", PATIENCE_MINUTES, "de"),
      waiting("older", PATIENCE_MINUTES + 1, "tr"),
    ];
    expect(ids(byPreference(heads, ["tr"], NOW))).toEqual([["older", "old"], ["turkish", "unknown"], ["german"]]);
    expect(ids(byPreference(heads, [], NOW))).toEqual([["older", "old", "german", "turkish", "unknown"]]);
    expect(byPreference([], ["tr"], NOW)).toEqual([]);
  });

  it("tries the first three, then twice as many each time, and never one that is not there", () => {
    const all = Array.from({ length: 40 }, (_, index) => index);
    const last = (attempt: number) => pickNext(all, attempt, 0.999_999);
    expect([last(0), last(1), last(2), last(3), last(4), last(50)]).toEqual([2, 5, 11, 23, 39, 39]);
    expect(pickNext(all, 0, 0)).toBe(0);
    expect(pickNext([], 0, 0.5)).toBeUndefined();
  });
});
