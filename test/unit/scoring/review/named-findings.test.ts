import { describe, expect, test } from "vitest";
import { builtInPolicies } from "../../../../shared/policy/compiled-policies.ts";
import { isSuspected } from "../../../../shared/policy/judge-review.ts";
import { factsOfFindings } from "../../../../shared/policy/policy-facts.ts";
import { emptyAuthor } from "../../../../shared/scoring/review/author-state.ts";
import { wordsOfTitle } from "../../../../shared/scoring/review/detectors/listing-title.ts";
import { namedFindings } from "../../../../shared/scoring/review/detectors/named-findings.ts";
import { observationsOf } from "../../../../shared/scoring/review/observations.ts";
import type { ReviewFacts } from "../../../../shared/scoring/review/review-facts.ts";
import { features } from "../../../../shared/scoring/review/review-features.ts";
import { scoreReview } from "../../../../shared/scoring/review/score-review.ts";
import { emptyTarget, observeTarget, type TargetState } from "../../../../shared/scoring/review/target-state.ts";

const DAY = 1440;

const review = (more: Partial<ReviewFacts> = {}): ReviewFacts => ({
  reviewId: "r",
  authorId: "a",
  targetId: "t",
  at: 100 * DAY,
  rating: 5,
  ...more,
});

/** Plays reviews of one target by authors who are new each time; what the last one is judged by, and the target after it. */
function play(reviews: readonly ReviewFacts[]) {
  let target: TargetState = emptyTarget();
  let last: ReturnType<typeof features> | undefined;
  for (const facts of reviews) {
    const known = { target, author: emptyAuthor(), similar: [] };
    last = features(facts, known);
    target = observeTarget(target, observationsOf(facts, known, last).target);
  }
  if (!last) throw new Error("nothing to play");
  return { last, target };
}

const labels = (reviews: readonly ReviewFacts[]): string[] =>
  namedFindings(play(reviews).last).map(({ label }) => label);

const calm = Array.from({ length: 30 }, (_, day) => review({ at: (60 + day) * DAY, rating: 4 }));
const storm = (count: number) => Array.from({ length: count }, (_, n) => review({ at: 95 * DAY + n, rating: 1 }));

describe("review bombing", () => {
  test("is named from the tenth rating of one star in a day on, and held without suspecting the author", () => {
    expect(labels([...calm, ...storm(9)])).toEqual([]);
    expect(labels([...calm, ...storm(10)])).toEqual(["rating_storm"]);
    const { labels: found } = scoreReview({ features: play([...calm, ...storm(30)]).last });
    const decision = builtInPolicies.decide(factsOfFindings(found));
    expect(decision).toMatchObject({ action: "hold", policy: { rule: "rating-storm" } });
    expect(isSuspected({ action: decision.action, labels: [...found] })).toBe(false);
  });

  test("of a target without a past is named when nearly all of fifty ratings are one star", () => {
    expect(labels(storm(49))).toEqual([]);
    expect(labels(storm(50))).toEqual(["rating_storm"]);
  });

  test("is no matter of praise, nor of a target whose days are always like that", () => {
    expect(labels([...calm, ...storm(20), review({ at: 95 * DAY + 60, rating: 5 })])).toEqual([]);
    const disliked = Array.from({ length: 30 }, (_, day) => storm(12).map((one) => ({ ...one, at: (60 + day) * DAY })));
    expect(labels([...disliked.flat(), ...storm(12)])).toEqual([]);
  });
});

describe("a hijacked listing", () => {
  const titled = (title: string, at: number) => {
    const words = wordsOfTitle(title);
    return review({ at, ...(words ? { title: words } : {}) });
  };
  const timer = Array.from({ length: 8 }, (_, day) => titled("Kitchen timer, magnetic", (60 + day) * DAY));

  test("is named once, on the first review that shows it", () => {
    const first = [...timer, titled("Solar garden lights", 90 * DAY)];
    expect(labels(first)).toEqual(["hijacked_listing"]);
    expect(labels([...first, titled("Solar garden lights", 91 * DAY)])).toEqual([]);
    expect(play(first).last.formerTitleDays).toBe(30);
  });

  test("is none while nobody knows the target, and none without titles", () => {
    expect(labels([...timer.slice(0, 3), titled("Solar garden lights", 90 * DAY)])).toEqual([]);
    expect(labels([...calm, review()])).toEqual([]);
  });
});

describe("extortion", () => {
  const demand = { disclosed: 0, offered: 0, demanded: 1 };
  test("is a demand with a low rating, for a person to read", () => {
    expect(labels([...calm, review({ rating: 1, said: demand })])).toEqual(["extortion"]);
    expect(labels([...calm, review({ rating: 5, said: demand })])).toEqual([]);
  });
});

describe("an undisclosed incentive", () => {
  const offer = { disclosed: 0, offered: 1, demanded: 0 };
  const reported = (count: number) =>
    Array.from({ length: count }, (_, n) => review({ at: (90 + n) * DAY, rating: 2, said: offer }));
  const praise = (more: Partial<ReviewFacts> = {}) => ({
    ...play([...calm, ...reported(3), review(more)]).last,
    alikeByOthers: 2,
    likeness: 0.9,
  });
  const found = (given: ReturnType<typeof praise>) => scoreReview({ features: given }).labels.map(({ label }) => label);

  test("needs reports of others and a second sign, and praise that does not say it was rewarded", () => {
    expect(found(praise())).toContain("fake_review.undisclosed");
    expect(found({ ...praise(), alikeByOthers: 0, likeness: 0 })).toEqual([]);
    expect(found(praise({ said: { disclosed: 1, offered: 0, demanded: 0 } }))).not.toContain("fake_review.undisclosed");
    expect(found(praise({ rating: 2 }))).not.toContain("fake_review.undisclosed");
    expect(play([...calm, ...reported(1), review()]).last.offers).toBe(1);
  });
});
