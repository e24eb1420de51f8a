import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPhrases } from "../../../../shared/scoring/review/detectors/read-phrases.ts";

const kinds = (text: string): string[] =>
  Object.entries(readPhrases(text)).flatMap(([kind, spans]) => (spans.length > 0 ? [kind] : []));

describe("what a review says of rewards and demands", () => {
  test.each([
    "I received this product for free in exchange for my honest review.",
    "Was given a discounted sample in return for testing it.",
    "Full disclosure: this review was sponsored.",
    "I got this item for free, so here is my review.",
    "I was compensated for this review, but I mean every word.",
    "Gifted by the brand. Lovely colours.",
  ])("a rewarded review that says so: %s", (text) => expect(kinds(text)).toContain("disclosed"));

  test.each([
    "They offered me a gift card for a five star review.",
    "The seller promised a refund if I deleted my review.",
    "There was a card in the box that offers a $20 voucher for good reviews.",
    "They asked me to change my review for a full refund.",
    "Leave a 5 star review and get a free coffee, says the sign.",
    "Paid customers cash to post good ratings, what a joke.",
  ])("praise that the seller rewards: %s", (text) => expect(kinds(text)).toContain("offered"));

  test.each([
    "Refund me the whole stay or I will leave a one star review everywhere.",
    "I will change my review when you refund the deposit.",
    "If you don't pay for the taxi I will write a bad review on every site.",
    "Compensate us properly and I will delete this review.",
    "Unless I get a refund this review stays.",
  ])("a demand held against the seller: %s", (text) => expect(kinds(text)).toContain("demanded"));

  test.each([
    "I was not paid for this review and bought it with my own money.",
    "Good value, five stars from me.",
    "They refunded me at once when the parcel was late.",
    "Great discount in the sale, and a free coffee while we waited.",
    "Will update my review after a few months of use.",
    "The staff never offered me a refund, so one star.",
    "I paid for the room and left a tip.",
    "If you want a good meal, leave early and book ahead.",
    "They asked for feedback and I told them about the shower.",
    "Nobody offered me anything for this review.",
  ])("ordinary words: %s", (text) => expect(kinds(text)).toEqual([]));

  test("takes any string and points into it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        for (const spans of Object.values(readPhrases(text)))
          for (const [start, end] of spans) {
            expect(start).toBeLessThan(end);
            expect(end).toBeLessThanOrEqual(text.length);
          }
      }),
    );
  });
});
