import { describe, expect, it } from "vitest";
import { REVIEW_REASONS } from "../../../../shared/domain/reason-review.ts";
import { emptyAuthor } from "../../../../shared/scoring/review/author-state.ts";
import type { ReviewFacts } from "../../../../shared/scoring/review/review-facts.ts";
import { features, type ReviewFeatures } from "../../../../shared/scoring/review/review-features.ts";
import { scoreReview } from "../../../../shared/scoring/review/score-review.ts";
import { emptyTarget } from "../../../../shared/scoring/review/target-state.ts";
import { DAY, labelsOf, play, START, type StreamedReview } from "./stream.ts";

const owner = {
  id: "hotelier",
  device: "device-of-the-owner",
  payment: "payment-of-the-owner",
  ipPrefix: "network-of-the-hotel",
};

describe("the hotel on a building site", () => {
  const guests: StreamedReview[] = Array.from({ length: 40 }, (_, index) => ({
    authorId: `guest${index}`,
    targetId: "hotel",
    at: START + index * DAY + 9 * 60,
    rating: index % 2 === 0 ? 1 : 2,
    verifiedPurchase: true,
    // Guests write from the hotel's own network.
    fingerprints: {
      device: `device-of-guest-${index}`,
      payment: `payment-of-guest-${index}`,
      ipPrefix: owner.ipPrefix,
    },
    owner,
  }));
  const investors: StreamedReview[] = Array.from({ length: 12 }, (_, index) => ({
    authorId: `investor${index}`,
    targetId: "hotel",
    at: START + 40 * DAY + 600 + index * 11,
    rating: 5,
    fingerprints:
      index % 2 === 0 ? { payment: owner.payment, device: `device-of-investor-${index}` } : { device: owner.device },
    owner,
  }));
  const scores = play([...guests, ...investors]);

  it("names every investor's praise a conflict of interest", () => {
    for (const score of scores.slice(40)) expect(labelsOf(score)).toContain("fake_review.insider");
  });

  it("is nearly sure once the burst shows, and says why", () => {
    const last = scores.at(-1)?.labels.find(({ label }) => label === "fake_review.insider");
    expect(last?.probability).toBeGreaterThan(0.9);
    expect(last?.reasons.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["review.owner_device", "review.burst_five_star"]),
    );
  });

  it("labels no guest, although they share the hotel's network", () => {
    for (const score of scores.slice(0, 40)) expect(labelsOf(score)).toEqual([]);
  });

  it("labels no guest who complains on the day of the burst", () => {
    const complaint: StreamedReview = {
      authorId: "late-guest",
      targetId: "hotel",
      at: START + 40 * DAY + 1000,
      rating: 1,
      fingerprints: { device: "device-of-late-guest", ipPrefix: owner.ipPrefix },
      owner,
    };
    expect(labelsOf(play([...guests, ...investors, complaint]).at(-1))).toEqual([]);
  });
});

describe("the small owner under unfair ratings", () => {
  const regulars: StreamedReview[] = Array.from({ length: 30 }, (_, index) => ({
    authorId: `regular${index % 15}`,
    targetId: "bakery",
    at: START + index * 2 * DAY + 720,
    rating: 4 + (index % 2),
    text: `${["Rye", "Cake", "Tea", "Rolls", "Pie"][index % 5]} number ${index} as ${["crisp", "warm", "dark", "sweet", "plain", "rich"][index % 6]} as ever, ${["my son", "our dog", "the postman", "aunt May", "a friend", "nobody", "the baker"][index % 7]} came along`,
  }));
  const slur = (index: number): string =>
    `Terrible bakery the owner is rude and the bread is always stale so never buy anything here again ${index % 3 === 0 ? "please" : ""}`;
  const mob: StreamedReview[] = Array.from({ length: 25 }, (_, index) => ({
    authorId: `mob${index}`,
    targetId: "bakery",
    at: START + 60 * DAY + 60 + index * 7,
    rating: 1,
    text: slur(index),
    accountCreated: START + 59 * DAY,
  }));
  const honest: StreamedReview[] = [
    {
      authorId: "regular3",
      targetId: "bakery",
      at: START + 60 * DAY + 240,
      rating: 5,
      text: "Best rolls in town and she always smiles, I come here each Saturday",
    },
    {
      authorId: "regular4",
      targetId: "bakery",
      at: START + 60 * DAY + 241,
      rating: 1,
      text: "Sold me yesterday's bread today, which has never happened before, quite disappointed",
    },
  ];
  const scores = play([...regulars, ...mob, ...honest]);

  it("finds the mob's repeated text from its third review on", () => {
    for (const score of scores.slice(30 + 2, 30 + 25)) expect(score.labels[0]?.probability).toBeGreaterThan(0.5);
  });

  it("names it a co-ordinated group as soon as the day is beyond chance, the seventh review", () => {
    for (const score of scores.slice(30 + 6, 30 + 25)) {
      const found = score.labels.find(({ label }) => label === "fake_review.brigade");
      expect(found?.probability).toBeGreaterThan(0.8);
    }
    expect(labelsOf(scores[30])).toEqual([]);
  });

  it("leaves the regular customers alone, the disappointed one of that day included", () => {
    for (const score of scores.slice(0, 30)) expect(labelsOf(score)).toEqual([]);
    // Their one star of that day is held with the others, by what it is and not by who wrote it.
    for (const score of scores.slice(55))
      expect(labelsOf(score).filter((label) => label !== "rating_storm")).toEqual([]);
  });

  it("stays below even odds for a newcomer whose words are their own", () => {
    const newcomer: StreamedReview = {
      authorId: "newcomer",
      targetId: "bakery",
      at: START + 60 * DAY + 300,
      rating: 1,
      text: "I waited twenty minutes at an empty counter before somebody came and then the card reader failed",
    };
    const label = play([...regulars, ...mob, newcomer]).at(-1)?.labels[0];
    expect(label?.probability ?? 0).toBeLessThan(0.5);
  });
});

const facts: ReviewFacts = { reviewId: "r", authorId: "a", targetId: "t", at: START, rating: 5 };
const plain: ReviewFeatures = features(facts, {
  target: emptyTarget(),
  author: emptyAuthor(),
  similar: [],
});
const scoreOf = (changes: Partial<ReviewFeatures>) => scoreReview({ features: { ...plain, ...changes } });
const burst = (changes: Partial<ReviewFeatures["burst"]>): ReviewFeatures["burst"] => ({ ...plain.burst, ...changes });
const shifted = { count: 30, share: 0.9, usual: 0.1, shifted: true };

describe("scoreReview", () => {
  it("does not flag an ordinary newcomer with an unusual rating", () => {
    const score = scoreOf({
      rating: 1,
      deviation: 3.6,
      targetMean: 4.6,
      targetReviews: 200,
      firstReview: true,
      accountDays: 0,
    });
    expect(score.labels).toEqual([]);
  });

  it("needs two families: none alone makes a label, however strong", () => {
    const known = { firstReview: false, authorReviews: 9 };
    expect(scoreOf({ ...known, alikeByOthers: 500, likeness: 1 }).labels).toEqual([]);
    expect(scoreOf({ ...known, authorHour: 17, authorDay: 17, shortestGap: 0 }).labels).toEqual([]);
    expect(scoreOf({ ...known, sharesPayment: true }).labels).toEqual([]);
    expect(scoreOf({ ...known, burst: burst({ reviews: 33, unusual: true, fiveStar: shifted }) }).labels).toEqual([]);
  });

  it("takes the owner's own account as a fact that needs no second", () => {
    expect(labelsOf(scoreOf({ firstReview: false, authorReviews: 9, isOwner: true }))).toEqual(["fake_review.insider"]);
  });

  it("takes complaints from the owner's circle for no conflict of interest", () => {
    expect(labelsOf(scoreOf({ rating: 1, sharesPayment: true, sharesDevice: true }))).not.toContain(
      "fake_review.insider",
    );
  });

  it("calls hurried praise with repeated text consistent with payment, hurried blame not", () => {
    const hurried = {
      firstReview: false,
      authorHour: 12,
      authorDay: 14,
      shortestGap: 1,
      alikeElsewhere: 4,
      likeness: 0.9,
    };
    expect(labelsOf(scoreOf({ ...hurried, rating: 5 }))).toContain("fake_review.paid");
    expect(labelsOf(scoreOf({ ...hurried, rating: 1 }))).not.toContain("fake_review.paid");
  });

  it("never weighs how many reviews an author wrote", () => {
    const evidence = { alikeByOthers: 2, likeness: 0.8, authorHour: 9, firstReview: false };
    expect(scoreOf({ ...evidence, authorReviews: 5000 }).labels).toEqual(
      scoreOf({ ...evidence, authorReviews: 3 }).labels,
    );
    // Not even the ranking tells a prolific author from one with seven reviews.
    expect(scoreOf({ ...evidence, authorReviews: 5000 })).toEqual(scoreOf({ ...evidence, authorReviews: 7 }));
  });

  it("believes a verified purchase more", () => {
    const evidence = { alikeByOthers: 2, likeness: 0.8 };
    const [unverified] = scoreOf(evidence).labels;
    const [verified] = scoreOf({ ...evidence, verified: true }).labels;
    expect(unverified?.probability).toBeGreaterThan((verified?.probability ?? 0) + 0.05);
  });

  it("weighs a busy day of the usual mix as nothing", () => {
    const busy = burst({ reviews: 40, usualPerDay: 2, unusual: true, fiveStar: { ...shifted, shifted: false } });
    expect(scoreOf({ burst: busy }).labels).toEqual([]);
  });

  it("has a sentence for every reason it gives, and none that accuses", () => {
    const everything: Partial<ReviewFeatures> = {
      isOwner: true,
      sharesDevice: true,
      sharesPayment: true,
      sharesIpPrefix: true,
      alikeByOthers: 1,
      alikeElsewhere: 2,
      likeness: 0.9,
      authorHour: 14,
      authorDay: 15,
      shortestGap: 0,
      accountDays: 1,
      deviation: 3,
      targetMean: 2,
      targetReviews: 50,
    };
    const ways: Partial<ReviewFeatures>[] = [
      everything,
      { alikeByOthers: 1, alikeElsewhere: 2, likeness: 0.7, accountDays: 2 },
      {
        rating: 1,
        burst: burst({ reviews: 33, unusual: true, oneStar: shifted, firstTime: shifted }),
        alikeByOthers: 2,
      },
      { burst: burst({ reviews: 33, unusual: true, fiveStar: shifted, firstTime: shifted }), firstReview: true },
      { authorHour: 1, authorDay: 16, sharesDevice: true, sharesIpPrefix: true, firstReview: false },
      { deviation: 3, targetMean: 2, targetReviews: 50, sharesPayment: true, firstReview: false },
      {
        fanIn: {
          device: { authors: 9, here: 4, commonness: 0.001 },
          payment: { authors: 9, here: 4, commonness: 0.001 },
          ipPrefix: { authors: 40, here: 9, commonness: 0.001 },
        },
        lockstep: { authors: 5, likeness: 0.8 },
        authorReviews: 9,
        firstReview: false,
      },
      {
        fanIn: { device: { authors: 9, here: 4, commonness: 0.001 } },
        shared: { count: 30, lift: 60 },
        surprise: { rating: 0.2, tempo: 1.5 },
        authorReviews: 9,
        firstReview: false,
      },
      {
        alikeByOthers: 2,
        likeness: 0.9,
        near: { ...plain.near, first: 0.9, reviews: 60 },
        lifetime: { ...plain.lifetime, first: 0.9 },
        targetReviews: 90,
        authorReviews: 2,
        authorHour: 12,
        authorDay: 12,
        firstReview: false,
        text: { tokens: 30, sentiment: -1 },
      },
      {
        rating: 1,
        alikeByOthers: 2,
        likeness: 0.9,
        burst: burst({ reviews: 33, unusual: true }),
        surge: { ...plain.surge, mix: 90 },
      },
      { rating: 1, said: { disclosed: 0, offered: 0, demanded: 1 } },
      { formerTitleDays: 90, targetReviews: 40 },
      { rating: 5, offers: 3, alikeByOthers: 2, likeness: 0.9 },
    ];
    const reasons = ways.flatMap((way) => scoreOf(way).labels.flatMap((label) => label.reasons));
    expect(new Set(reasons.map(({ code }) => code))).toEqual(new Set(Object.keys(REVIEW_REASONS)));
    for (const { code, params } of reasons) {
      const sentence = REVIEW_REASONS[code]?.(params ?? {}) ?? "";
      expect(sentence).toMatch(/^[A-Z0-9].*\.$/);
      expect(sentence).not.toMatch(/several|undefined|NaN|\bfake\b/);
    }
  });
});
