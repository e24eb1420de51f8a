import { describe, expect, it } from "vitest";
import { boughtFollowers } from "../../../local/sample/bought-followers.ts";
import { type FollowStory, followItems } from "../../../local/sample/follow-story.ts";
import { hotelBuildingSite } from "../../../local/sample/hotel-building-site.ts";
import { linesOf, type ReviewStory, reviewItems } from "../../../local/sample/review-story.ts";
import { unfairRatings } from "../../../local/sample/unfair-ratings.ts";
import { viralAccount } from "../../../local/sample/viral-account.ts";
import { audience, follow, review } from "../../../shared/domain/item.ts";
import { emptyAudience, observeFollows, observeSnapshot } from "../../../shared/scoring/audience/audience-state.ts";
import { scoreAudience } from "../../../shared/scoring/audience/score-audience.ts";
import { play } from "../scoring/review/stream.ts";

const minutes = (time: string): number => Math.floor(Date.parse(time) / 60_000);

/** Each line of a story in the order of time, with the labels that its review got. */
function replay(story: ReviewStory) {
  const reviews = reviewItems(story).map((one) => review.parse(one));
  const scores = play(
    reviews.map(({ author, target, createdAt, rating, text, fingerprints }) => ({
      authorId: author.id,
      targetId: target.id,
      at: minutes(createdAt),
      rating,
      ...(text === undefined ? {} : { text }),
      ...(author.createdAt === undefined ? {} : { accountCreated: minutes(author.createdAt) }),
      fingerprints,
      owner: target.owner,
    })),
  );
  return linesOf(story).map((line, index) => ({
    line,
    unfair: story.unfair.includes(line),
    labels: (scores[index]?.labels ?? []).map(({ label }) => label),
  }));
}

/** The score of an account's audience after all that the story sends. */
function grow(story: FollowStory) {
  let state = emptyAudience();
  for (const one of followItems(story)) {
    state =
      one.kind === "follow"
        ? observeFollows(state, follow.parse(one).followers, story.account.id)
        : observeSnapshot(state, audience.parse(one), story.account.id);
  }
  return scoreAudience(state);
}

const shareOf = <T>(all: readonly T[], holds: (one: T) => boolean): number => all.filter(holds).length / all.length;

describe("the hotel beside a building site", () => {
  const told = replay(hotelBuildingSite);

  it("has investors whose praise is found, nearly all of it as a conflict of interest", () => {
    const investors = told.filter(({ unfair }) => unfair);
    expect(shareOf(investors, ({ labels }) => labels.includes("fake_review.insider"))).toBeGreaterThanOrEqual(0.8);
  });

  it("has guests who are believed, however many complain", () => {
    const guests = told.filter(({ unfair }) => !unfair);
    expect(shareOf(guests, ({ labels }) => labels.length > 0)).toBeLessThanOrEqual(0.05);
  });
});

describe("the repair shop under unfair ratings", () => {
  const told = replay(unfairRatings);

  it("has strangers who are found once their burst has begun", () => {
    const [, ...after] = told.filter(({ unfair }) => unfair);
    const found = shareOf(after, ({ labels }) => labels.length > 0);
    expect(found).toBeGreaterThanOrEqual(0.7);
    // The day is unusual from its fifth review on at the earliest: only then can it be called a group.
    const grouped = shareOf(after.slice(5), ({ labels }) => labels.includes("fake_review.brigade"));
    expect(grouped).toBeGreaterThanOrEqual(0.7);
  });

  it("has customers who are believed, the discontented and those of that day included", () => {
    const customers = told.filter(({ unfair }) => !unfair);
    expect(shareOf(customers, ({ labels }) => labels.length > 0)).toBeLessThanOrEqual(0.05);
    const thatDay = customers.filter(({ line }) => line.at.startsWith("2025-09-23"));
    expect(thatDay.length).toBeGreaterThanOrEqual(3);
    expect(thatDay.flatMap(({ labels }) => labels)).toEqual([]);
  });
});

describe("two accounts that gained two thousand followers in two hours", () => {
  it("has one that bought them", () => {
    const { assessment, score } = grow(boughtFollowers);
    const { windows } = assessment;
    const [bought, ...others] = windows;
    expect(others).toEqual([]);
    expect(bought?.kind).toBe("bought");
    expect(bought?.start).toBe("2025-11-03T13:00:00.000Z");
    expect(bought?.end).toBe("2025-11-03T15:00:00.000Z");
    expect(bought?.followers).toBeGreaterThanOrEqual(2_000);
    expect(score.labels.map(({ label }) => label)).toContain("fake_following.bought");
  });

  it("has one that is only popular", () => {
    const { assessment, score } = grow(viralAccount);
    const { windows } = assessment;
    expect(windows.map(({ kind }) => kind)).toEqual(["viral"]);
    expect(windows[0]?.followers).toBeGreaterThanOrEqual(2_000);
    expect(score.labels).toEqual([]);
  });
});
