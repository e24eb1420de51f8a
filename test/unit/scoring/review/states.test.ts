import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { authorState, emptyAuthor, observeAuthor } from "../../../../shared/scoring/review/author-state.ts";
import {
  emptyTarget,
  observeTarget,
  ratingClass,
  targetState,
} from "../../../../shared/scoring/review/target-state.ts";
import { DAY, START } from "./stream.ts";

const event = fc.record({
  at: fc.integer({ min: START, max: START + 100 * DAY }),
  rating: fc.integer({ min: 10, max: 50 }).map((tenths) => tenths / 10),
  firstReview: fc.boolean(),
  targetId: fc.integer({ min: 0, max: 20 }).map((target) => `t${target}`),
  accountCreated: fc.option(fc.integer({ min: 0, max: START }), { nil: undefined }),
});
const shuffled = fc
  .array(event, { maxLength: 60 })
  .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));

describe("observeTarget", () => {
  it("ends in the same state whatever the order", () => {
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        const state = all.reduce(observeTarget, emptyTarget());
        expect(other.reduce(observeTarget, emptyTarget())).toEqual(state);
        expect(state.ratings.reduce((sum, count) => sum + count, 0)).toBe(all.length);
        expect(targetState.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
      }),
      { numRuns: 100 },
    );
  });

  it("stays below 2 KB at its very largest", () => {
    const most = Array.from({ length: 60 }, () => 99_999);
    const many = 10_000_000_000;
    const state = targetState.parse({
      v: 1,
      ratings: [many, many, many, many, many],
      ratingSum: many * 2500,
      firstTime: many,
      days: { newest: 99_999, columns: [most, most, most, most] },
      firstSeen: 99_999_999,
      lastSeen: 99_999_999,
    });
    expect(JSON.stringify(state).length).toBeLessThan(2048);
    const more = observeTarget(state, { at: 99_999 * DAY, rating: 5, firstReview: true });
    expect(JSON.stringify(more).length).toBeLessThan(2048);
  });

  it("forgets days older than sixty, not the totals", () => {
    const one = { rating: 1, firstReview: true };
    const state = [
      { ...one, at: START },
      { ...one, at: START + 80 * DAY },
    ].reduce(observeTarget, emptyTarget());
    expect(state.days.columns.map((column) => column.reduce((sum, count) => sum + count, 0))).toEqual([1, 1, 0, 1]);
    expect(state).toMatchObject({ ratings: [2, 0, 0, 0, 0], firstTime: 2, firstSeen: START });
  });

  it("puts ratings between stars to the nearer one", () => {
    expect([1, 1.4, 1.5, 4.4, 4.5, 5].map(ratingClass)).toEqual([1, 1, 2, 4, 5, 5]);
  });
});

describe("observeAuthor", () => {
  it("ends in the same state whatever the order, and never grows past its bounds", () => {
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        const state = all.reduce(observeAuthor, emptyAuthor());
        expect(other.reduce(observeAuthor, emptyAuthor())).toEqual(state);
        expect(authorState.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
      }),
      { numRuns: 100 },
    );
  });

  it("stays below 2 KB with the longest ids", () => {
    let state = emptyAuthor();
    for (let index = 0; index < 40; index++)
      state = observeAuthor(state, {
        at: START + index,
        rating: 5,
        targetId: `${"x".repeat(120)}${index}`,
        accountCreated: 0,
      });
    expect(state.targets).toHaveLength(8);
    expect(state.times).toHaveLength(16);
    expect(JSON.stringify(state).length).toBeLessThan(2048);
  });
});
