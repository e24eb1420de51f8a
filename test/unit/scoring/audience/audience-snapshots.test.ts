import { describe, expect, it } from "vitest";
import { emptyAudience, observeSnapshot } from "../../../../shared/scoring/audience/audience-state.ts";
import { scoreAudience } from "../../../../shared/scoring/audience/score-audience.ts";
import { follows, generator, HOUR, observe, START } from "./follows.ts";

const DAY = 24;
const snapshot = (day: number, followerCount: number, likes?: number) => ({
  createdAt: new Date(START + day * DAY * HOUR).toISOString(),
  followerCount,
  ...(likes === undefined ? {} : { engagement: { likes } }),
  sample: [],
});
/** Ten follows an hour over 40 days, and what the platform stated. */
const growth = observe(follows({ from: 0, hours: 40 * DAY, perHour: 10 }, generator(61)));
const assessed = (...stated: readonly ReturnType<typeof snapshot>[]) =>
  scoreAudience(stated.reduce((state, one) => observeSnapshot(state, one, "account"), growth)).assessment;

describe("followers that left", () => {
  const seen = (from: number, to: number): number => Math.round((to - from) * DAY * 10);

  it("are what was gained and does not show in the counts, over 7 and 30 days", () => {
    const before = 10_000;
    const after30 = before + seen(8, 38) - 2_000;
    const { lost } = assessed(snapshot(8, before), snapshot(31, after30 - seen(31, 38) + 500), snapshot(38, after30));
    expect(lost?.days30).toBeCloseTo(0.2, 1);
    expect(lost?.days7).toBeCloseTo(500 / (after30 - seen(31, 38) + 500), 2);
  });

  it("are not told of without a count of that time, or where not all follows are sent", () => {
    expect(assessed(snapshot(38, 10_000)).lost).toBeUndefined();
    const { lost } = assessed(snapshot(31, 10_000), snapshot(38, 10_000 + seen(31, 38) + 5_000));
    expect(lost).toBeUndefined();
  });

  it("are noted where the count fell, whatever the order in which the counts came", () => {
    const fallen = [snapshot(31, 12_000), snapshot(38, 9_000)] as const;
    for (const order of [fallen, fallen.toReversed()]) {
      const { followers, notes, lost } = assessed(...order);
      expect(followers).toBeGreaterThanOrEqual(9_000);
      expect(notes).toContainEqual({ code: "audience.note_shrunk", params: { count: 9_000, before: 12_000 } });
      expect(lost?.days7).toBeGreaterThan(0.3);
    }
  });
});

describe("engagement", () => {
  it("is held against what is usual for the account at its size", () => {
    const stated = [1, 2, 3, 4, 5].map((day) => snapshot(day, 1_000 * day, 20 * day));
    expect(assessed(...stated, snapshot(6, 60_000, 120)).engagementResidual).toBeCloseTo(
      Math.log(121 / 60_001 / 0.02),
      1,
    );
    expect(assessed(...stated, snapshot(6, 6_000, 120)).engagementResidual).toBeCloseTo(0, 1);
    expect(assessed(...stated.slice(0, 3)).engagementResidual).toBeUndefined();
    expect(scoreAudience(emptyAudience()).assessment.engagementResidual).toBeUndefined();
  });
});
