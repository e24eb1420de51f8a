import { describe, expect, it } from "vitest";
import { AUDIENCE_REASONS } from "../../../../shared/domain/reason-audience.ts";
import {
  type AudienceState,
  emptyAudience,
  observeFollows,
  observeSnapshot,
} from "../../../../shared/scoring/audience/audience-state.ts";
import type { Profile } from "../../../../shared/scoring/audience/profile-score.ts";
import { scoreAudience } from "../../../../shared/scoring/audience/score-audience.ts";
import { follows, generator, HOUR, observe, person, START, thin } from "./follows.ts";

const at = (hours: number): string => new Date(START + hours * HOUR).toISOString();
const notesOf = (state: AudienceState) => scoreAudience(state).assessment.notes ?? [];
const codesOf = (state: AudienceState): string[] => notesOf(state).map(({ code }) => code);
const sampled = (count: number, hours: number, followerCount: number, make: (random: () => number) => Profile) => {
  const random = generator(count + hours);
  const sample = Array.from({ length: count }, (_, index) => ({ id: `s${hours}.${index}`, profile: make(random) }));
  return { createdAt: at(hours), followerCount, sample };
};
const widthOf = (state: AudienceState): number => {
  const { fakeShare } = scoreAudience(state).assessment;
  return fakeShare ? fakeShare.high - fakeShare.low : Number.NaN;
};

describe("what was missing", () => {
  const few = (random: () => number): Profile => {
    const { followers, following, statuses } = thin(random);
    return { ...(followers === undefined ? {} : { followers }), following, statuses } as Profile;
  };

  it("is said, and widens the interval, where profiles come with few facts", () => {
    const [full, thinned] = [thin, few].map((make) =>
      observe(follows({ from: 0, hours: 50, perHour: 4, profile: make }, generator(71))),
    ) as [AudienceState, AudienceState];
    expect(codesOf(full)).not.toContain("audience.note_few_facts");
    expect(codesOf(thinned)).toContain("audience.note_few_facts");
    const [precise, vague] = [scoreAudience(full), scoreAudience(thinned)].map(
      ({ assessment }) => assessment.fakeShare,
    );
    expect((vague?.estimate ?? 0) - (vague?.low ?? 0)).toBeGreaterThan((precise?.estimate ?? 1) - (precise?.low ?? 0));
  });

  it("is said where many cannot be judged at all", () => {
    const known = follows({ from: 0, hours: 50, perHour: 4, profile: person }, generator(72));
    const unknown = follows({ from: 0, hours: 50, perHour: 4 }, generator(73));
    expect(codesOf(observe(known))).not.toContain("audience.note_unjudged");
    expect(codesOf(observe([...known, ...unknown]))).toContain("audience.note_unjudged");
  });

  it("is said where the samples speak for a part of the following only", () => {
    const seen = observe(follows({ from: 0, hours: 50, perHour: 4, profile: person }, generator(74)));
    expect(codesOf(seen)).not.toContain("audience.note_unseen");
    const stated = observeSnapshot(seen, { createdAt: at(51), followerCount: 10_000, sample: [] }, "account");
    expect(notesOf(stated)).toContainEqual({ code: "audience.note_unseen", params: { percent: 2 } });
    expect(codesOf(observeSnapshot(seen, sampled(60, 51, 10_000, person), "account"))).toEqual([]);
  });
});

describe("what was odd", () => {
  it("is said of followers that are the account itself, and of those sent again in other messages", () => {
    const once = follows({ from: 0, hours: 100, perHour: 6 }, generator(75));
    const self = observeFollows(observe(once), [{ id: "account", followedAt: at(1) }], "account");
    expect(notesOf(self)).toEqual([{ code: "audience.note_self", params: { count: 1 } }]);
    expect(codesOf(observe([...once, ...once]))).toEqual(["audience.note_resent"]);
  });

  it("has a sentence", () => {
    const state = observeSnapshot(
      observeSnapshot(
        observeFollows(emptyAudience(), [{ id: "account", followedAt: at(1) }], "account"),
        sampled(40, 1, 9_000, (random) => (random() < 0.5 ? {} : { followers: 3, following: 900, statuses: 0 })),
        "account",
      ),
      { createdAt: at(2), followerCount: 8_000, sample: [] },
      "account",
    );
    const notes = notesOf(state);
    expect(notes.length).toBeGreaterThanOrEqual(4);
    for (const { code, params } of notes) expect(AUDIENCE_REASONS[code]?.(params ?? {})).toMatch(/^[A-Z0-9].*\.$/);
  });
});

describe("the share of a following of which the platform drew a sample", () => {
  it("weighs it against those who came since: a block of a quarter is a quarter, however many of them were seen", () => {
    const before = observeSnapshot(emptyAudience(), sampled(100, 0, 30_000, person), "account");
    const block = follows({ from: 10, hours: 2, perHour: 5_000, profile: thin }, generator(76));
    const { fakeShare } = scoreAudience(observe(block, before)).assessment;
    expect(fakeShare?.low).toBeLessThan(0.25);
    expect(fakeShare?.high).toBeGreaterThan(0.25);
    expect(Math.abs((fakeShare?.estimate ?? 0) - 0.25)).toBeLessThan(0.1);
  });

  it("is narrower the more are sampled", () => {
    const of = (count: number) => observeSnapshot(emptyAudience(), sampled(count, 0, 30_000, person), "account");
    expect(widthOf(of(120))).toBeLessThan(widthOf(of(20)));
  });
});
