import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AuthorEvent,
  authorState,
  emptyAuthor,
  observeAuthor,
  retractAuthor,
} from "../../../../shared/scoring/review/author-state.ts";
import { ratingClass } from "../../../../shared/scoring/review/review-facts.ts";
import {
  emptyTarget,
  observeTarget,
  retractTarget,
  SUM,
  type TargetEvent,
  targetState,
} from "../../../../shared/scoring/review/target-state.ts";
import { DAY, START } from "./stream.ts";

const thousandths = (most: number) => fc.integer({ min: 0, max: most * 1000 }).map((value) => value / 1000);
const event = fc.record({
  at: fc.integer({ min: START, max: START + 100 * DAY }),
  rating: fc.integer({ min: 10, max: 50 }).map((tenths) => tenths / 10),
  firstReview: fc.boolean(),
  verified: fc.boolean(),
  young: fc.boolean(),
  experience: thousandths(12),
  deviation: thousandths(4),
  trust: thousandths(1),
  hasty: fc.boolean(),
  targetId: fc.integer({ min: 0, max: 20 }).map((target) => `t${target}`),
  accountCreated: fc.option(fc.integer({ min: 0, max: START }), { nil: undefined }),
  gap: fc.option(fc.integer({ min: 0, max: 1_000_000 }), { nil: undefined }),
  around: fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 6, maxLength: 6 }),
});
const shuffled = fc
  .array(event, { maxLength: 60 })
  .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

describe("observeTarget", () => {
  it("ends in the same state whatever the order", () => {
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        const state = all.reduce<ReturnType<typeof emptyTarget>>(observeTarget, emptyTarget());
        expect(other.reduce<ReturnType<typeof emptyTarget>>(observeTarget, emptyTarget())).toEqual(state);
        expect(total(state.ratings)).toBe(all.length);
        expect(targetState.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
      }),
      { numRuns: 100 },
    );
  });

  it("takes back what it observed, whatever came before and after", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), event, fc.array(event, { maxLength: 20 }), (a, one, b) => {
        const within = (some: TargetEvent): TargetEvent => ({ ...some, at: START + (some.at % (30 * DAY)) });
        const [before, after, gone] = [a.map(within), b.map(within), within(one)];
        const fold = (events: readonly TargetEvent[]) => events.reduce(observeTarget, emptyTarget());
        const kept = fold([...before, ...after]);
        const state = retractTarget(fold([...before, gone, ...after]), gone);
        const { ratings, ratingSum, firstTime, verified, young, trusted } = state;
        expect({ ratings, ratingSum, firstTime, verified, young, trusted }).toEqual({
          ratings: kept.ratings,
          ratingSum: kept.ratingSum,
          firstTime: kept.firstTime,
          verified: kept.verified,
          young: kept.young,
          trusted: kept.trusted,
        });
        expect(total(state.days.columns[0] ?? [])).toBe(total(kept.days.columns[0] ?? []));
        expect(total(state.sums.columns[SUM.experience] ?? [])).toBe(total(kept.sums.columns[SUM.experience] ?? []));
      }),
      { numRuns: 50 },
    );
  });

  it("stays below 5 KB at its very largest", () => {
    const many = 10_000_000_000;
    const columns = (count: number, slots: number, most: number) =>
      Array.from({ length: count }, () => Array.from({ length: slots }, () => most));
    const state = targetState.parse({
      v: 1,
      ratings: [many, many, many, many, many],
      ratingSum: many * 2500,
      firstTime: many,
      days: { newest: 99_999, columns: columns(4, 60, 99_999) },
      firstSeen: 99_999_999,
      lastSeen: 99_999_999,
      verified: many,
      young: many,
      kinds: { newest: 99_999, columns: columns(2, 60, 99_999) },
      hours: { newest: 99_999, columns: columns(1, 48, 99_999) },
      sums: { newest: 3333, columns: columns(10, 8, 999_999_999) },
      trusted: -many,
      partners: Array.from({ length: 16 }, (_, index) => ({ id: `elevenchars${index}`, count: many, over: many })),
    });
    expect(JSON.stringify(state).length).toBeLessThan(5 * 1024);
    const more = observeTarget(state, { at: 99_999 * DAY, rating: 5, firstReview: true, verified: true, young: true });
    expect(JSON.stringify(more).length).toBeLessThan(5 * 1024);
  });

  it("reads states that were stored before it remembered more", () => {
    const old = {
      v: 1,
      ratings: [0, 0, 0, 0, 1],
      ratingSum: 500,
      firstTime: 1,
      days: { newest: 20_000, columns: [[1], [0], [1], [1]] },
    };
    const state = observeTarget(targetState.parse(old), { at: START, rating: 1, firstReview: false });
    expect(state).toMatchObject({ ratings: [1, 0, 0, 0, 1], ratingSum: 600, partners: [] });
    expect(state.sums.columns).toHaveLength(10);
  });

  it("forgets days older than sixty, not the totals", () => {
    const one = { rating: 1, firstReview: true };
    const state = [
      { ...one, at: START },
      { ...one, at: START + 80 * DAY },
    ].reduce(observeTarget, emptyTarget());
    expect(state.days.columns.map(total)).toEqual([1, 1, 0, 1]);
    expect(state).toMatchObject({ ratings: [2, 0, 0, 0, 0], firstTime: 2, firstSeen: START });
    const again = retractTarget(state, { ...one, at: START });
    expect(again.days).toEqual(state.days);
    expect(again.ratings).toEqual([1, 0, 0, 0, 0]);
  });

  it("puts ratings between stars to the nearer one", () => {
    expect([1, 1.4, 1.5, 4.4, 4.5, 5].map(ratingClass)).toEqual([1, 1, 2, 4, 5, 5]);
  });
});

describe("observeAuthor", () => {
  it("ends in the same state whatever the order, and never grows past its bounds", () => {
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        const fold = (events: readonly AuthorEvent[]) => events.reduce(observeAuthor, emptyAuthor());
        const state = fold(all);
        expect(fold(other)).toEqual(state);
        expect(authorState.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
      }),
      { numRuns: 100 },
    );
  });

  it("takes back counts and sums of what it observed", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), event, (all, gone) => {
        const fold = (events: readonly AuthorEvent[]) => events.reduce(observeAuthor, emptyAuthor());
        const kept = fold(all);
        const state = retractAuthor(fold([...all, gone]), gone);
        const { count, ratings, times, gaps, trust, deviation, deviationSquare } = state;
        expect({ count, ratings, times, gaps, trust, deviation, deviationSquare }).toEqual({
          count: kept.count,
          ratings: kept.ratings,
          times: kept.times,
          gaps: kept.gaps,
          trust: kept.trust,
          deviation: kept.deviation,
          deviationSquare: kept.deviationSquare,
        });
      }),
      { numRuns: 50 },
    );
  });

  it("stays below 2.5 KB with the longest ids", () => {
    let state = emptyAuthor();
    for (let index = 0; index < 40; index++)
      state = observeAuthor(state, {
        at: START + index,
        rating: 5,
        targetId: `${"x".repeat(120)}${index}`,
        accountCreated: 0,
        around: [500, 400, 1200, 100, 500, 900],
      });
    expect(state.targets).toHaveLength(8);
    expect(state.times).toHaveLength(16);
    expect(JSON.stringify(state).length).toBeLessThan(2560);
  });
});
