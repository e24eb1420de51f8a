import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reviewMemory } from "../../../../eval/reviews/review-memory.ts";
import { rankReview } from "../../../../shared/scoring/review/rank-review.ts";
import { readText } from "../../../../shared/scoring/review/read-text.ts";
import { scoreReview } from "../../../../shared/scoring/review/score-review.ts";
import { contributionsOf, shippedWeights, TERMS } from "../../../../shared/scoring/review/scorecard.ts";
import { DAY, labelsOf, play, playAll, START, type StreamedReview } from "./stream.ts";

const steady = (targetId: string, days: number, rating = 4): StreamedReview[] =>
  Array.from({ length: days }, (_, index) => ({
    authorId: `guest-of-${targetId}-${index}`,
    targetId,
    at: START + index * DAY + 700,
    rating: index % 5 === 0 ? rating - 1 : rating,
  }));

describe("what is known of a review's surroundings", () => {
  it("is nothing at first, and never of the review itself", () => {
    const [only] = playAll([{ authorId: "a", targetId: "t", at: START, rating: 1 }]);
    expect(only?.features).toMatchObject({
      firstReview: true,
      targetReviews: 0,
      trust: { fairness: 0.75, goodness: 0 },
      surge: { hour: 0, day: 0, week: 0 },
      near: { reviews: 0, first: 0 },
      around: { deviation: { mean: 0, spread: 0, most: 0 } },
      lockstep: { authors: 0 },
      shared: { count: 0 },
    });
  });

  it("holds reliability by REV2's formula", () => {
    const [, , third] = playAll([
      { authorId: "a", targetId: "t", at: START, rating: 5 },
      { authorId: "a", targetId: "u", at: START + DAY, rating: 5 },
      { authorId: "a", targetId: "t", at: START + 2 * DAY, rating: 1 },
    ]);
    // First: f = .75, g = 0, rel = ½(.75 + 1 − ½) = .625; the second is alike with f = (.75 + .625) / 2.
    const second = 0.5 * ((0.75 + 0.625) / 2 + 1 - 0.5);
    const fairness = (0.75 + 0.625 + second) / 3;
    const goodness = 0.625 / 2;
    expect(third?.features.trust.fairness).toBeCloseTo(fairness, 3);
    expect(third?.features.trust.goodness).toBeCloseTo(goodness, 3);
    expect(third?.features.trust.reliability).toBeCloseTo(0.5 * (fairness + 1 - (1 + goodness) / 2), 3);
  });

  it("sees a surge and a shifted mix when they come, and none in steady days", () => {
    const mob = Array.from({ length: 20 }, (_, index) => ({
      authorId: `stranger${index}`,
      targetId: "t",
      at: START + 60 * DAY + index * 5,
      rating: 1,
      accountCreated: START + 59 * DAY,
    }));
    const told = playAll([...steady("t", 60), ...mob]);
    const quiet = told[58]?.features;
    const storm = told.at(-1)?.features;
    expect(quiet?.surge.day).toBe(0);
    expect(quiet?.surge.mix).toBeLessThan(20.5);
    expect(storm?.surge.hour).toBeGreaterThan(100);
    expect(storm?.surge.day).toBeGreaterThan(100);
    expect(storm?.surge.mix).toBeGreaterThan(60);
    expect(storm?.near.first).toBe(1);
  });

  it("finds an unusual rater and an unusual pace surprising, an ordinary one not", () => {
    const ordinary = [5, 4, 4, 5, 3, 5, 4, 2, 5, 4].map((rating, index) => ({
      rating,
      at: START + index * index * 5 * DAY,
    }));
    const furious = Array.from({ length: 10 }, (_, index) => ({ rating: 1, at: START + index * 3 }));
    const last = (some: readonly { rating: number; at: number }[]) =>
      playAll(some.map((one, index) => ({ authorId: "a", targetId: `t${index}`, ...one }))).at(-1)?.features;
    expect(last(furious)?.surprise.rating).toBeGreaterThan(3 * (last(ordinary)?.surprise.rating ?? 9));
    expect(last(furious)?.surprise.tempo).toBeGreaterThan(3 * (last(ordinary)?.surprise.tempo ?? 9));
    expect(last(furious)?.rhythm.burstiness).toBeLessThan(-0.9);
  });

  it("is the same for reviews that have neither author nor target in common, in whatever order they come", () => {
    const apart = fc.uniqueArray(fc.nat({ max: 40 }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(apart, (some) => {
        const before = ["t1", "t2", "t3"].flatMap((target) => steady(target, 5));
        const window = some.map((index) => ({
          authorId: `a${index}`,
          targetId: `own${index}`,
          at: START + 9 * DAY + index,
          rating: 1 + (index % 5),
        }));
        const after = { authorId: "a1", targetId: "t1", at: START + 10 * DAY, rating: 3 };
        const end = (order: readonly StreamedReview[]) => {
          const memory = reviewMemory();
          // The id, and with it whether a review is sampled, is the review's own.
          for (const { text: _, ...one } of order)
            memory.look({ reviewId: `${one.authorId}-${one.targetId}`, ...one }).observe();
          return memory.look({ reviewId: "after", ...after }).features;
        };
        expect(end([...before, ...window.toReversed()])).toEqual(end([...before, ...window]));
      }),
      { numRuns: 30 },
    );
  });

  it("differs little where reviews of one target change places within an hour", () => {
    const before = steady("t", 30);
    const hour = Array.from({ length: 8 }, (_, index) => ({
      authorId: `a${index}`,
      targetId: "t",
      at: START + 40 * DAY + index * 6,
      rating: 1 + (index % 5),
    }));
    const after = { reviewId: "after", authorId: "late", targetId: "t", at: START + 41 * DAY, rating: 2 };
    const end = (order: readonly StreamedReview[]) => {
      const memory = reviewMemory();
      for (const { text: _, ...one } of [...before, ...order])
        memory.look({ reviewId: one.authorId, ...one }).observe();
      return memory.look(after).features;
    };
    const [a, b] = [end(hour), end(hour.toReversed())];
    expect({ ...b, trust: a.trust, near: a.near, steady: a.steady }).toEqual(a);
    expect(Math.abs(a.trust.goodness - b.trust.goodness)).toBeLessThan(0.01);
    expect(Math.abs(a.near.deviation - b.near.deviation)).toBeLessThan(0.05);
    expect(Math.abs(a.near.trust - b.near.trust)).toBeLessThan(0.01);
  });
});

describe("the scorecard", () => {
  it("has a weight for every term, none of which speaks for its opposite", () => {
    expect(Object.keys(shippedWeights.terms)).toEqual(TERMS.map(({ name }) => name));
    for (const weight of Object.values(shippedWeights.terms)) expect(weight).toBeGreaterThanOrEqual(0);
    expect(shippedWeights.flagFrom).toBeGreaterThanOrEqual(0.5);
    expect(shippedWeights.slope).toBeGreaterThan(0);
  });

  it("reads only bounded terms", () => {
    const stream = fc.array(
      fc.record({
        authorId: fc.constantFrom("a", "b", "c"),
        targetId: fc.constantFrom("t", "u"),
        at: fc.integer({ min: START, max: START + 50 * DAY }),
        rating: fc.integer({ min: 1, max: 5 }),
      }),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(stream, (reviews) => {
        for (const { features } of playAll(reviews)) {
          for (const { value } of TERMS) expect(Math.abs(value(features))).toBeLessThanOrEqual(1);
          const { sum, warm, capped, probability } = rankReview(features);
          expect(capped).toBeLessThanOrEqual(sum + 1e-9);
          expect(sum - warm).toBeCloseTo(contributionsOf(features).coldStart);
          expect(probability).toBeGreaterThan(0);
          expect(probability).toBeLessThan(1);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("names a ring whose accounts share one device, and no family", () => {
    const behind = (count: number): StreamedReview[] =>
      Array.from({ length: count }, (_, index) => ({
        authorId: `member${index}`,
        targetId: "cafe",
        at: START + 30 * DAY + index * 400,
        rating: 5,
        fingerprints: { device: "one-device-for-all-of-them" },
        text: "Best coffee in town and the nicest people behind the counter, we come back each week",
      }));
    const told = play([...steady("cafe", 30), ...behind(12)]);
    expect(labelsOf(told.at(-1))).toContain("fake_review.fabricated");
    expect(told.at(-1)?.labels.flatMap(({ reasons }) => reasons.map(({ code }) => code))).toContain(
      "review.many_devices",
    );
    const family = playAll([...steady("cafe", 30), ...behind(5).map(({ text: _, ...one }) => one)]);
    for (const { score } of family) expect(score.labels).toEqual([]);
  });

  it("gives a rating that its own words contradict little, and nothing alone", () => {
    const words = readText(
      "This was terrible. The food was cold and the room was dirty, the staff were rude and we were so disappointed with it all.",
    );
    const [one] = playAll([{ authorId: "a", targetId: "t", at: START, rating: 5, words }]);
    expect(one?.score.labels).toEqual([]);
    const repeated = { ...(one?.features as NonNullable<typeof one>["features"]), alikeByOthers: 2, likeness: 0.9 };
    const [with_] = scoreReview({ features: repeated }).labels;
    const [without] = scoreReview({ features: { ...repeated, text: undefined } }).labels;
    expect((with_?.score ?? 0) - (without?.score ?? 0)).toBeCloseTo(0.3, 2);
  });
});

describe("readText", () => {
  const good =
    "We loved it. The staff were friendly and helpful and the breakfast was delicious, so I can recommend it.";
  it("tells praise from blame, with negations", () => {
    expect(readText(good).sentiment).toBe(1);
    expect(readText(good, "en-GB").sentiment).toBe(1);
    expect(
      readText("It was not good, not clean and they were not friendly, so I would not recommend it to anybody.")
        .sentiment,
    ).toBe(-1);
    expect(
      readText("IT WAS AWFUL!!! Dirty, noisy, and the staff didn't help: I’m so disappointed with this.").sentiment,
    ).toBe(-1);
  });

  it("has no opinion on other languages, on few words of opinion, on none", () => {
    expect(readText(good, "de").sentiment).toBeUndefined();
    expect(
      readText("Das Zimmer war super, super und nochmals super, best friendly nice great, wir kommen gerne wieder")
        .sentiment,
    ).toBeUndefined();
    expect(
      readText("The door was blue and it was on the left of the house that we had in the park").sentiment,
    ).toBeUndefined();
    expect(readText("")).toEqual({ tokens: 0, sentiment: undefined });
    expect(readText("\ud800 \u0000")).toEqual({ tokens: 0, sentiment: undefined });
  });
});
