import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { profile } from "../../../../shared/domain/item.ts";
import { AUDIENCE_REASONS } from "../../../../shared/domain/reason-audience.ts";
import { PROFILE_QUALITY } from "../../../../shared/scoring/audience/profile-quality.ts";
import { type Profile, scoreProfile } from "../../../../shared/scoring/audience/profile-score.ts";
import { generator, person, START, thin } from "./follows.ts";

const DAY = 86_400_000;
const aged = (days: number): string => new Date(START - days * DAY).toISOString();

const sharePast = (make: (random: () => number) => Profile): number => {
  const random = generator(21);
  return (
    Array.from({ length: 500 }, () => scoreProfile(make(random), START).probability).filter((p) => p > 0.5).length / 500
  );
};

/** Someone with a few friends who writes and likes now and then. */
const quiet: Profile = {
  createdAt: aged(900),
  followers: 140,
  following: 210,
  statuses: 650,
  favourites: 480,
  listed: 1,
  defaultProfile: false,
  defaultImage: false,
  verified: false,
  hasUrl: false,
  nameLength: 12,
  handleLength: 10,
  handleDigits: 0,
  bioLength: 55,
};

describe("scoreProfile", () => {
  it("tells a seller's thin accounts from people", () => {
    expect(sharePast(thin)).toBeGreaterThan(0.98);
    expect(sharePast(person)).toBeLessThan(0.03);
  });

  it("does not suspect someone who is merely new and quiet", () => {
    const newcomer: Profile = {
      createdAt: aged(3),
      followers: 12,
      following: 15,
      statuses: 2,
      favourites: 14,
      defaultImage: false,
      bioLength: 25,
      handleLength: 9,
      handleDigits: 0,
    };
    expect(scoreProfile(newcomer, START).probability).toBeLessThan(0.5);
  });

  it.each<[string, Profile]>([
    ["a person with few friends", quiet],
    ["a shop with many followers", { ...quiet, followers: 45_000, following: 300, hasUrl: true, listed: 210 }],
    ["someone who reads and hardly writes", { ...quiet, statuses: 24, favourites: 900, followers: 60 }],
    [
      "a photographer on a platform of pictures",
      {
        followers: 900,
        following: 400,
        statuses: 210,
        bioLength: 80,
        defaultImage: false,
        handleLength: 9,
        handleDigits: 0,
        hasUrl: true,
      },
    ],
    [
      "a celebrity",
      { ...quiet, followers: 9_000_000, following: 120, statuses: 5000, favourites: 300, verified: true },
    ],
  ])("leaves alone %s", (_, facts) => {
    expect(scoreProfile(facts, START).probability).toBeLessThan(0.2);
  });

  it.each<[string, Profile]>([
    [
      "an empty profile that follows a thousand",
      {
        ...quiet,
        createdAt: aged(40),
        followers: 3,
        following: 1100,
        statuses: 1,
        favourites: 0,
        listed: 0,
        defaultImage: true,
        bioLength: 0,
        handleDigits: 5,
      },
    ],
    [
      "the same by followers, posts and picture only",
      {
        followers: 8,
        following: 1400,
        statuses: 0,
        defaultImage: true,
        bioLength: 0,
        handleLength: 12,
        handleDigits: 5,
      },
    ],
    [
      "a program that posts and never likes",
      {
        ...quiet,
        createdAt: aged(200),
        statuses: 90_000,
        favourites: 0,
        following: 3,
        followers: 40,
        defaultProfile: true,
        bioLength: 0,
      },
    ],
  ])("suspects %s", (_, facts) => {
    expect(scoreProfile(facts, START).probability).toBeGreaterThan(0.6);
  });

  it("says less of whom less is known, and nothing of nobody", () => {
    const { probability, certainty, reasons } = scoreProfile({}, START);
    expect(probability).toBeCloseTo(0.2, 10);
    expect(certainty).toBe(0);
    expect(reasons).toEqual([]);
    const empty = scoreProfile({ bioLength: 0 }, START);
    expect(Math.abs(empty.probability - 0.2)).toBeLessThan(0.1);
    expect(empty.certainty).toBeLessThan(0.1);
  });

  it("grows less certain with every missing fact", () => {
    const full = thin(generator(22));
    let known = scoreProfile(full, START).certainty;
    expect(known).toBeGreaterThan(0.9);
    for (const key of ["favourites", "followers", "defaultImage", "bioLength"] as const) {
      delete full[key];
      const { certainty } = scoreProfile(full, START);
      expect(certainty).toBeLessThan(known);
      known = certainty;
    }
  });

  it("knows enough of a profile as platforms of pictures give it", () => {
    const { followers, following, statuses, bioLength, defaultImage, handleLength, handleDigits } = quiet;
    const facts = { followers, following, statuses, bioLength, defaultImage, handleLength, handleDigits } as Profile;
    expect(scoreProfile(facts, START).certainty).toBeGreaterThan(0.25);
  });

  it("reads no age where it does not know when the profile was seen", () => {
    expect(scoreProfile(quiet).probability).toBe(scoreProfile({ ...quiet, createdAt: aged(5) }).probability);
    expect(scoreProfile(quiet, START).probability).not.toBe(scoreProfile(quiet).probability);
  });

  it("tells accounts of four years and older not apart by their age", () => {
    // What is left is how fast they gathered things, which moves by little.
    const [four, twelve] = [1500, 4400].map((days) => scoreProfile({ ...quiet, createdAt: aged(days) }, START));
    expect(Math.abs((four?.probability ?? 0) - (twelve?.probability ?? 1))).toBeLessThan(0.1);
  });

  it("depends on no name, and gives the same answer again", () => {
    expect(scoreProfile({ ...quiet, nameLength: 50, private: true }, START)).toEqual(scoreProfile(quiet, START));
  });

  it("never suspects less for a worse fact of those whose direction is held", () => {
    const change: [Partial<Profile>, Partial<Profile>][] = [
      [{ defaultImage: false }, { defaultImage: true }],
      [{ verified: true }, { verified: false }],
      [{ bioLength: 60 }, { bioLength: 0 }],
      [{ handleDigits: 0 }, { handleDigits: 7 }],
      [{ hasUrl: true }, { hasUrl: false }],
      [{ defaultProfile: false }, { defaultProfile: true }],
    ];
    const random = generator(5);
    for (let round = 0; round < 100; round++) {
      const base = { ...(round % 2 ? person(random) : thin(random)), handleLength: 12 };
      for (const [better, worse] of change)
        expect(scoreProfile({ ...base, ...worse }, START).probability).toBeGreaterThanOrEqual(
          scoreProfile({ ...base, ...better }, START).probability,
        );
    }
  });

  it("names the strongest reasons first, in sentences that are true of the profile", () => {
    const facts: Profile = {
      ...quiet,
      createdAt: aged(4),
      followers: 1,
      following: 900,
      statuses: 0,
      favourites: 0,
      defaultImage: true,
    };
    const { reasons } = scoreProfile(facts, START);
    expect(reasons).toHaveLength(4);
    const said = reasons.map(({ code, params }) => AUDIENCE_REASONS[code]?.(params ?? {}));
    expect(said).toContain("Liked 0 posts.");
    expect(said).toContain("Follows 900 and is followed by 1.");
    expect(scoreProfile(quiet, START).reasons.map(({ code }) => code)).not.toContain("profile.no_picture");
  });

  it("answers any profile with numbers in range and reasons that have sentences", () => {
    const count = fc.option(fc.nat(10_000_000), { nil: undefined });
    const flag = fc.option(fc.boolean(), { nil: undefined });
    const named = new Set<string>();
    fc.assert(
      fc.property(
        fc.record({
          createdAt: fc.option(fc.nat(60), { nil: undefined }),
          followers: fc.oneof(count, fc.nat(40)),
          following: count,
          statuses: fc.oneof(count, fc.nat(5)),
          favourites: fc.oneof(count, fc.nat(2)),
          listed: fc.option(fc.nat(30), { nil: undefined }),
          defaultProfile: flag,
          defaultImage: flag,
          verified: flag,
          hasUrl: flag,
          handleLength: fc.nat(20),
          handleDigits: fc.nat(20),
          bioLength: fc.nat(2),
        }),
        ({ createdAt, ...rest }) => {
          const created = createdAt === undefined ? {} : { createdAt: aged(createdAt) };
          const any = profile.parse({ ...rest, ...created });
          const { probability, certainty, reasons } = scoreProfile(any, START);
          expect(probability).toBeGreaterThan(0);
          expect(probability).toBeLessThan(1);
          expect(certainty).toBeGreaterThanOrEqual(0);
          expect(certainty).toBeLessThanOrEqual(1);
          expect(reasons.length).toBeLessThanOrEqual(4);
          for (const { code, params } of reasons) {
            named.add(code);
            expect(AUDIENCE_REASONS[code]?.(params ?? {})).toMatch(/^[A-Z0-9].*\.$/);
          }
        },
      ),
      { numRuns: 500, seed: 1 },
    );
    expect(named).toEqual(new Set(Object.keys(AUDIENCE_REASONS).filter((code) => code.startsWith("profile."))));
  });
});

describe("the quality of the profile test", () => {
  it("is better than chance and not surer than a few sources can make it", () => {
    const { hits, positives, passes, negatives } = PROFILE_QUALITY;
    expect(hits / positives + passes / negatives).toBeGreaterThan(1.5);
    expect(Math.max(positives, negatives)).toBeLessThan(50);
  });
});
