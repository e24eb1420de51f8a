import { describe, expect, it } from "vitest";
import { emptyAuthor, observeAuthor } from "../../../../shared/scoring/review/author-state.ts";
import type { ReviewFacts, SimilarText } from "../../../../shared/scoring/review/review-facts.ts";
import { features as featuresOf } from "../../../../shared/scoring/review/review-features.ts";
import { emptyTarget, observeTarget } from "../../../../shared/scoring/review/target-state.ts";
import { signText } from "../../../../shared/scoring/review/text-signature.ts";
import { DAY, START } from "./stream.ts";

const facts: ReviewFacts = { reviewId: "r", authorId: "a", targetId: "t", at: START, rating: 5 };
const features = (
  review: ReviewFacts,
  before: ReturnType<typeof emptyTarget>,
  writer: ReturnType<typeof emptyAuthor>,
  similar: readonly SimilarText[],
) => featuresOf(review, { target: before, author: writer, similar });
const target = (events: readonly [at: number, rating: number, firstReview: boolean][]) =>
  events.map(([at, rating, firstReview]) => ({ at, rating, firstReview })).reduce(observeTarget, emptyTarget());
const author = (times: readonly number[], targetId = "elsewhere") =>
  times.map((at) => ({ at, rating: 4, targetId })).reduce(observeAuthor, emptyAuthor());

describe("features", () => {
  it("measures the deviation from a mean that a few reviews cannot set", () => {
    expect(features(facts, emptyTarget(), emptyAuthor(), []).targetMean).toBeCloseTo(3.7);
    const bad = target(Array.from({ length: 45 }, (_, index) => [START - index * DAY, 1, false]));
    const found = features(facts, bad, emptyAuthor(), []);
    expect(found.targetMean).toBeCloseTo((45 + 18.5) / 50);
    expect(found.deviation).toBeCloseTo(5 - 63.5 / 50);
    expect(found.targetReviews).toBe(45);
  });

  it("counts the author's reviews around this one, those that arrived early included", () => {
    const known = author([START - 30, START + 20, START - 300, START - 2 * DAY]);
    expect(features(facts, emptyTarget(), known, [])).toMatchObject({
      authorHour: 3,
      authorDay: 4,
      shortestGap: 20,
      firstReview: false,
      authorReviews: 4,
      targetAgain: false,
    });
    expect(features(facts, emptyTarget(), emptyAuthor(), [])).toMatchObject({
      authorHour: 1,
      authorDay: 1,
      shortestGap: undefined,
      firstReview: true,
    });
    expect(features(facts, emptyTarget(), author([START - 9 * DAY], "t"), []).targetAgain).toBe(true);
  });

  it("holds a day against the days before it only", () => {
    const steady = Array.from(
      { length: 30 },
      (_, index) => [START - (index + 1) * DAY, 4, false] as [number, number, boolean],
    );
    const day = Array.from({ length: 9 }, (_, index) => [START + index, 5, true] as [number, number, boolean]);
    const later = Array.from(
      { length: 50 },
      (_, index) => [START + 2 * DAY + index, 1, true] as [number, number, boolean],
    );
    const { burst } = features({ ...facts, at: START + 10 }, target([...later, ...steady, ...day]), emptyAuthor(), []);
    expect(burst).toMatchObject({ reviews: 10, unusual: true });
    expect(burst.usualPerDay).toBeCloseTo(30.5 / 31);
    expect(burst.fiveStar).toEqual({ count: 10, share: 1, usual: 0, shifted: true });
    expect(burst.firstTime).toEqual({ count: 10, share: 1, usual: 0, shifted: true });
    expect(burst.oneStar.shifted).toBe(false);
  });

  it("calls no day unusual in a target's first week", () => {
    const rush = target(Array.from({ length: 200 }, (_, index) => [START - 3 * DAY + index * 20, 5, true]));
    expect(features(facts, rush, emptyAuthor(), []).burst.unusual).toBe(false);
  });

  it("takes text for repeated only when it is alike, and not the author's own word on the same target", () => {
    const minima = signText("The bread is stale and the owner shouted at my mother when she asked")?.minima ?? [];
    const other = signText("We had a lovely afternoon with tea and cake by the window in the sun")?.minima ?? [];
    const similar = [
      { reviewId: "r1", authorId: "b", targetId: "t", minima },
      { reviewId: "r2", authorId: "b", targetId: "u", minima },
      { reviewId: "r3", authorId: "c", targetId: "t", minima: other },
      { reviewId: "r4", authorId: "a", targetId: "t", minima },
      { reviewId: "r5", authorId: "a", targetId: "u", minima },
      { reviewId: "r", authorId: "a", targetId: "t", minima },
    ];
    const found = features({ ...facts, minima }, emptyTarget(), emptyAuthor(), similar);
    expect(found).toMatchObject({ alikeByOthers: 2, alikeElsewhere: 1, likeness: 1 });
    const short = features(facts, emptyTarget(), emptyAuthor(), similar);
    expect(short).toMatchObject({ alikeByOthers: 0, alikeElsewhere: 0, likeness: 0 });
  });

  it("never takes two missing fingerprints for a shared one", () => {
    const found = features({ ...facts, fingerprints: {}, owner: {} }, emptyTarget(), emptyAuthor(), []);
    expect(found).toMatchObject({ isOwner: false, sharesDevice: false, sharesPayment: false, sharesIpPrefix: false });
  });

  it("knows the account's age from either source", () => {
    const known = observeAuthor(emptyAuthor(), {
      at: START - DAY,
      rating: 3,
      targetId: "t",
      accountCreated: START - 5 * DAY,
    });
    expect(features(facts, emptyTarget(), known, []).accountDays).toBe(5);
    expect(features({ ...facts, accountCreated: START - DAY }, emptyTarget(), known, []).accountDays).toBe(1);
    expect(features(facts, emptyTarget(), emptyAuthor(), []).accountDays).toBeUndefined();
  });
});
