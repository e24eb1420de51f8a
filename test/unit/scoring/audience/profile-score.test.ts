import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { profile } from "../../../../shared/domain/item.ts";
import { AUDIENCE_REASONS } from "../../../../shared/domain/reason-audience.ts";
import { type Profile, scoreProfile } from "../../../../shared/scoring/audience/profile-score.ts";
import { generator, person, START, thin } from "./follows.ts";

const sharePast = (make: (random: () => number) => Profile): number => {
  const random = generator(21);
  return (
    Array.from({ length: 500 }, () => scoreProfile(make(random), START).probability).filter((p) => p > 0.5).length / 500
  );
};

describe("scoreProfile", () => {
  it("tells a seller's thin accounts from people", () => {
    expect(sharePast(thin)).toBeGreaterThan(0.98);
    expect(sharePast(person)).toBeLessThan(0.03);
  });

  it("does not suspect someone who is merely new and quiet", () => {
    const newcomer: Profile = {
      createdAt: new Date(START - 3 * 86_400_000).toISOString(),
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

  it("knows nothing of an empty profile and stays at the prior", () => {
    const { probability, certainty, reasons } = scoreProfile({}, START);
    expect(probability).toBeCloseTo(0.1, 2);
    expect(certainty).toBe(0);
    expect(reasons).toEqual([]);
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

  it("trusts a verified profile", () => {
    const bare = thin(generator(23));
    expect(scoreProfile({ ...bare, verified: true }, START).probability).toBeLessThan(
      scoreProfile(bare, START).probability,
    );
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
          listed: fc.nat(3),
          defaultProfile: flag,
          defaultImage: flag,
          verified: flag,
          hasUrl: flag,
          handleLength: fc.nat(20),
          handleDigits: fc.nat(20),
          bioLength: fc.nat(2),
        }),
        ({ createdAt, ...rest }) => {
          const created =
            createdAt === undefined ? {} : { createdAt: new Date(START - createdAt * 86_400_000).toISOString() };
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
