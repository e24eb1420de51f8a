import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  formerTitleSince,
  type ListingTitles,
  listingTitles,
  observeTitle,
  wordsOfTitle,
} from "../../../../shared/scoring/review/detectors/listing-title.ts";

const words = (title: string): number[] => wordsOfTitle(title) ?? [];
const titlesAfter = (...titles: readonly (readonly [string, number])[]): ListingTitles =>
  titles.reduce<ListingTitles>((state, [title, at]) => observeTitle(state, words(title), at), []);

describe("a listing's title", () => {
  test("that names another thing is noticed, with the time from which the former stood", () => {
    const before = titlesAfter(["Kitchen timer, magnetic, 60 minutes", 100], ["Magnetic kitchen timer 60 min", 200]);
    expect(before).toHaveLength(1);
    expect(formerTitleSince(before, words("Solar garden lights, pack of eight"))).toBe(100);
  });

  test("that is reworded, shouted or translated by an accent is the same", () => {
    const before = titlesAfter(["Hotel Zur Krone am See", 100]);
    for (const title of ["HOTEL ZUR KRONE", "Hotel Krone (renovated 2025)", "Hôtel zur Krone am See"])
      expect(formerTitleSince(before, words(title))).toBeUndefined();
  });

  test("the first one is no change, and a change is one once", () => {
    expect(formerTitleSince([], words("Kitchen timer"))).toBeUndefined();
    const both = titlesAfter(["Kitchen timer", 100], ["Solar lights", 300]);
    expect(formerTitleSince(both, words("solar lights, new"))).toBeUndefined();
    expect(formerTitleSince(both, words("kitchen timer"))).toBeUndefined();
  });

  test("without letters or digits is none", () => expect(wordsOfTitle("*** !!!")).toBeUndefined());

  test("stays small, in order and valid, and a repeat changes nothing", () => {
    const review = fc.tuple(fc.string({ unit: "binary", maxLength: 60 }), fc.integer({ min: 0, max: 1e8 }));
    fc.assert(
      fc.property(fc.array(review, { maxLength: 12 }), (reviews) => {
        let state: ListingTitles = [];
        for (const [title, at] of reviews) {
          const own = wordsOfTitle(title);
          if (own === undefined) continue;
          state = listingTitles.parse(observeTitle(state, own, at));
          expect(state.map(({ first }) => first)).toEqual(state.map(({ first }) => first).toSorted((a, b) => a - b));
          if (formerTitleSince(state, own) === undefined) expect(observeTitle(state, own, at)).toEqual(state);
        }
      }),
    );
  });
});
