import { describe, expect, it } from "vitest";
import { targetView } from "../../../shared/domain/target.ts";
import { viewOf } from "../../../shared/policy/target-view.ts";
import { emptyTarget, observeTarget, type TargetState } from "../../../shared/scoring/review/target-state.ts";

const DAY = 1440;
/** Noon of 2026-11-01, in minutes. */
const START = Date.parse("2026-11-01T12:00:00Z") / 60_000;
const stateOf = (...events: readonly (readonly [day: number, rating: number])[]): TargetState =>
  events.reduce(
    (state, [day, rating]) => observeTarget(state, { at: START + day * DAY, rating, firstReview: true }),
    emptyTarget(),
  );

describe("the view of a target", () => {
  it("adds up with the suspected reviews and without them", () => {
    const suspected = [
      [3, 5],
      [3, 5],
    ] as const;
    const all = stateOf([0, 1], [0, 2.5], [1, 4], [3, 1], ...suspected);
    const view = viewOf("hotel-1", { all, suspected: stateOf(...suspected) });
    expect(view).toEqual({
      id: "hotel-1",
      all: { count: 6, mean: 3.08, stars: [2, 0, 1, 1, 2] },
      withoutSuspected: { count: 4, mean: 2.13, stars: [2, 0, 1, 1, 0] },
      suspected: 2,
      days: [
        { day: "2026-11-01", count: 2, oneStar: 1, fiveStar: 0, suspected: 0 },
        { day: "2026-11-02", count: 1, oneStar: 0, fiveStar: 0, suspected: 0 },
        { day: "2026-11-04", count: 3, oneStar: 1, fiveStar: 2, suspected: 2 },
      ],
      windows: [],
      sharedReviewers: [],
      firstSeen: "2026-11-01T12:00:00.000Z",
      lastSeen: "2026-11-04T12:00:00.000Z",
    });
    expect(targetView.parse(view)).toEqual(view);
  });

  it("has no mean where nothing is left, and says so within its schema", () => {
    const one = stateOf([0, 5]);
    const view = viewOf("hotel-1", { all: one, suspected: one });
    expect(view.withoutSuspected).toEqual({ count: 0, stars: [0, 0, 0, 0, 0] });
    expect(view.all).toEqual({ count: 1, mean: 5, stars: [0, 0, 0, 0, 1] });
    expect(targetView.parse(view)).toEqual(view);
  });

  it("is empty of what nobody reviewed", () => {
    const view = viewOf("hotel-1", { all: emptyTarget(), suspected: emptyTarget() });
    const none = { count: 0, stars: [0, 0, 0, 0, 0] };
    expect(view).toEqual({
      id: "hotel-1",
      all: none,
      withoutSuspected: none,
      suspected: 0,
      days: [],
      windows: [],
      sharedReviewers: [],
    });
  });

  it("names the days of a storm, with what is usual and without a word against its authors", () => {
    const calm = Array.from({ length: 30 }, (_, day) => [day, 4] as const);
    const storm = Array.from({ length: 25 }, () => [31, 1] as const);
    const view = viewOf("cafe", { all: stateOf(...calm, ...storm), suspected: emptyTarget() });
    expect(targetView.parse(view)).toEqual(view);
    expect(view.windows).toMatchObject([{ from: "2026-12-02", to: "2026-12-02", kind: "low_storm", reviews: 25 }]);
    expect(view.windows[0]?.why).toEqual([
      "25 reviews in a day (usual 1 a day), 25 of them with one star (usual 0%), 25 of them by authors without an earlier review (usual 100%).",
      "Consistent with review bombing, or with news that made many people angry at once.",
    ]);
  });

  it("says how many reviewers the target shares with others, where it is more than one", () => {
    const shared = [["a", "b"], ["a"], ["a", "c"]].reduce(
      (state, others) => observeTarget(state, { at: START, rating: 5, firstReview: false, others }),
      emptyTarget(),
    );
    expect(viewOf("client", { all: shared, suspected: emptyTarget() }).sharedReviewers).toEqual([3]);
  });

  it("counts suspected days rightly though they are other days than all", () => {
    const all = stateOf([0, 1], [40, 5], [58, 4]);
    const { days } = viewOf("hotel-1", { all, suspected: stateOf([40, 5]) });
    expect(days.map(({ suspected }) => suspected)).toEqual([0, 1, 0]);
  });

  it("shows sixty days at most, and stays within its schema, however long a target was reviewed", () => {
    const all = stateOf(...Array.from({ length: 200 }, (_, day) => [day, 1 + (day % 5)] as const));
    const view = viewOf("hotel-1", { all, suspected: stateOf([0, 1], [199, 5]) });
    expect(view.days).toHaveLength(60);
    expect(view.days.at(-1)).toMatchObject({ suspected: 1 });
    expect(view.all.count).toBe(200);
    expect(targetView.parse(view)).toEqual(view);
  });

  it("keeps means within the stars for any ratings", () => {
    for (const rating of [1, 1.004, 1.5, 3.333, 4.999, 5]) {
      const view = viewOf("t", { all: stateOf([0, rating], [0, rating], [0, rating]), suspected: emptyTarget() });
      expect(targetView.parse(view).all.mean).toBeCloseTo(rating, 1);
    }
  });
});
