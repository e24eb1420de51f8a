import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  emptyEntity,
  entityEvent,
  entityState,
  fanInOf,
  observeEntity,
} from "../../../../shared/scoring/review/entity-state.ts";
import {
  leastOf,
  lockstepBands,
  lockstepMinima,
  lockstepOf,
  tokensOf,
} from "../../../../shared/scoring/review/lockstep.ts";
import { addPartners, type Partner, sharedReviewers } from "../../../../shared/scoring/review/shared-reviewers.ts";
import { emptySite, isSampled, observeSite, siteState, usualOf } from "../../../../shared/scoring/review/site-state.ts";
import { DAY, START } from "./stream.ts";

const meeting = fc.record({ author: fc.integer({ min: 0, max: 2 ** 32 - 1 }), target: fc.integer({ min: 0, max: 9 }) });

describe("the authors behind a device", () => {
  it("are the same whatever the order and however often each came", () => {
    fc.assert(
      fc.property(fc.array(meeting, { maxLength: 80 }), (all) => {
        const fold = (events: typeof all) => events.reduce(observeEntity, emptyEntity());
        const state = fold(all);
        expect(fold([...all.toReversed(), ...all])).toEqual(state);
        expect(entityState.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
        expect(JSON.stringify(state).length).toBeLessThan(1024);
        for (const one of all)
          if (state.authors.some(([id]) => id === one.author)) expect(observeEntity(state, one)).toBe(state);
      }),
      { numRuns: 100 },
    );
  });

  it("are counted exactly up to 32 and about right beyond", () => {
    const of = (count: number) =>
      Array.from({ length: count }, (_, index) => entityEvent(`author-${index}`, "t")).reduce(
        observeEntity,
        emptyEntity(),
      );
    expect(fanInOf(emptyEntity(), entityEvent("one", "t"))).toEqual({ authors: 1, here: 0 });
    expect(fanInOf(of(20), entityEvent("author-3", "t"))).toEqual({ authors: 20, here: 19 });
    expect(fanInOf(of(20), entityEvent("new", "elsewhere"))).toEqual({ authors: 21, here: 0 });
    // The relative standard error of a bottom-32 sketch is 18%; over 40 devices the mean is known to 3%.
    let sum = 0;
    for (let device = 0; device < 40; device++) {
      const state = Array.from({ length: 500 }, (_, index) => entityEvent(`d${device}-author-${index}`, "t")).reduce(
        observeEntity,
        emptyEntity(),
      );
      sum += fanInOf(state, entityEvent(`d${device}-author-0`, "t")).authors;
    }
    expect(Math.abs(sum / 40 / 500 - 1)).toBeLessThan(0.12);
  });
});

describe("shared reviewers", () => {
  it("are counted within the bounds that SpaceSaving promises", () => {
    const stream = fc.array(
      fc.nat({ max: 40 }).map((id) => `t${Math.floor(Math.sqrt(id * 4))}`),
      { maxLength: 300 },
    );
    fc.assert(
      fc.property(stream, (ids) => {
        const kept = ids.reduce<Partner[]>((partners, id) => addPartners(partners, [id]), []);
        expect(kept.length).toBeLessThanOrEqual(16);
        for (const { id, count, over } of kept) {
          const truth = ids.filter((one) => one === id).length;
          expect(count).toBeGreaterThanOrEqual(truth);
          expect(count - over).toBeLessThanOrEqual(truth);
        }
        for (const id of new Set(ids))
          if (ids.filter((one) => one === id).length > ids.length / 16) expect(kept.map((one) => one.id)).toContain(id);
      }),
      { numRuns: 60 },
    );
  });

  it("lift what chance does not explain, and nothing that is not shared", () => {
    const partners = Array.from({ length: 12 }, () => "accomplice").reduce<Partner[]>(
      (all, id) => addPartners(all, [id]),
      [],
    );
    const others = [
      { id: "accomplice", reviews: 20 },
      { id: "stranger", reviews: 500 },
    ];
    expect(sharedReviewers(partners, others, 30, 10_000)).toEqual({ count: 12, lift: 200 });
    expect(sharedReviewers(partners, others.slice(1), 30, 10_000)).toEqual({ count: 0, lift: 0 });
  });
});

describe("authors in step", () => {
  const did = (targets: readonly string[], from: number, rating = 5) =>
    targets.map((targetId, index) => ({ targetId, rating, at: from + index * DAY }));
  const stateOf = (doings: ReturnType<typeof did>) => ({
    targets: doings.map(({ targetId }) => ({ id: targetId })),
    minima: leastOf([], doings.flatMap(tokensOf)),
  });
  const jobs = ["a", "b", "c", "d", "e"];

  it("have no bands before three different targets are known", () => {
    const [first, second, third] = did(jobs, START);
    if (!first || !second || !third) throw new Error("three jobs are needed");
    expect(lockstepBands(stateOf([]), first)).toEqual([]);
    expect(lockstepBands(stateOf([first]), second)).toEqual([]);
    expect(lockstepBands(stateOf([first]), first)).toEqual([]);
    expect(lockstepBands(stateOf([first, second]), third)).toHaveLength(4);
  });

  it("are found when they did the same within days, not when months or opinions lie between", () => {
    const minimaOf = (doings: ReturnType<typeof did>) => {
      const last = doings.at(-1);
      return last === undefined ? undefined : lockstepMinima(stateOf(doings.slice(0, -1)), last);
    };
    const own = minimaOf(did(jobs, START));
    const entry = (authorId: string, doings: ReturnType<typeof did>) => ({
      reviewId: authorId,
      authorId,
      targetId: "e",
      minima: (minimaOf(doings) ?? []).map((value) => value & 0xff),
    });
    const group = [entry("x", did(jobs, START)), entry("y", did(jobs, START + 300)), entry("x", did(jobs, START))];
    expect(lockstepOf("me", own, group)).toEqual({ authors: 2, likeness: 1 });
    expect(lockstepOf("x", own, group).authors).toBe(1);
    const others = [entry("later", did(jobs, START + 90 * DAY)), entry("blames", did(jobs, START, 1))];
    expect(lockstepOf("me", own, others).authors).toBe(0);
    expect(lockstepOf("me", undefined, group).authors).toBe(0);
  });
});

describe("what is usual on a site", () => {
  const sampled = fc.record({
    at: fc.integer({ min: START, max: START + 400 * DAY }),
    rating: fc.integer({ min: 1, max: 5 }),
    firstReview: fc.boolean(),
    gap: fc.integer({ min: 0, max: 500_000 }),
    fanIn: fc.record({ device: fc.integer({ min: 1, max: 40 }) }),
  });

  it("is the same whatever the order of the sample", () => {
    fc.assert(
      fc.property(fc.array(sampled, { maxLength: 60 }), (all) => {
        const state = all.reduce(observeSite, emptySite());
        expect(all.toReversed().reduce(observeSite, emptySite())).toEqual(state);
        expect(siteState.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
        const { ratings, gaps, fanIn } = usualOf(state, START + 400 * DAY);
        for (const shares of [ratings, gaps]) expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
        expect(fanIn("device", 1)).toBeCloseTo(1);
        expect(fanIn("device", 9)).toBeLessThan(fanIn("device", 2));
      }),
      { numRuns: 60 },
    );
  });

  it("learns that a site's networks are shared, so that a shared one says little there", () => {
    const shared = Array.from({ length: 200 }, (_, index) => ({
      at: START + index,
      rating: 5,
      firstReview: false,
      fanIn: { device: 20 },
    })).reduce(observeSite, emptySite());
    expect(usualOf(emptySite(), START).fanIn("device", 20)).toBeLessThan(0.01);
    expect(usualOf(shared, START).fanIn("device", 20)).toBeGreaterThan(0.8);
  });

  it("is made of about one review in sixteen, always the same ones", () => {
    const taken = Array.from({ length: 8000 }, (_, index) => `r${index}`).filter(isSampled);
    expect(taken.length).toBeGreaterThan(400);
    expect(taken.length).toBeLessThan(600);
    expect(taken.every(isSampled)).toBe(true);
  });
});
