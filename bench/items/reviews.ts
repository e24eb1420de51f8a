import { pick, seeded } from "../../local/sample/seeded.ts";
import { before, closing, idOf, insult, sentence } from "./words.ts";

const ABUSIVE = 33;
const DAY = 86_400;
/** Reviews a target: few have many, many have few, as on every platform. */
const PER_TARGET = 6;

/**
 * `count` reviews as a platform sends them: a title, about 300 characters of text, ratings that lean to the good, 3% with
 * abuse. Targets are visited unevenly. The same seed gives the same.
 */
export function benchReviews(count: number, seed: number, now: Date): unknown[] {
  const random = seeded(seed);
  const targets = Math.max(1, Math.round(count / PER_TARGET));
  return Array.from({ length: count }, (_, index) => {
    const target = Math.floor(random() ** 2 * targets);
    const text = Array.from({ length: 3 + Math.floor(random() * 3) }, () => sentence(random));
    if (index % ABUSIVE === 0) text.push(insult(random));
    return {
      kind: "review",
      id: idOf("r", index),
      createdAt: before(now, (count - index) * 90),
      channel: { id: "reviews", visibility: "public", surface: "review" },
      author: {
        id: idOf("author-", Math.floor(random() * count * 0.7)),
        createdAt: before(now, (60 + random() * 900) * DAY),
      },
      language: "en",
      target: { id: idOf("target-", target), category: "restaurant" },
      rating: pick([5, 4, 5, 3, 4, 2, 5, 1, 4, 3], random),
      title: closing(random),
      text: text.join(" "),
      verifiedPurchase: random() < 0.6,
    };
  });
}
