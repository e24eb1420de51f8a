import { pick, seeded } from "../../local/sample/seeded.ts";
import { before, closing, idOf, sentence } from "./words.ts";

const DAY = 86_400;
/** Honest reviews before the bombing, one every eight hours. */
const HONEST = 90;
const PAUSE = DAY / 3;

export const BOMBED = "bombed-1";

const review = (id: string, createdAt: string, author: object, rating: number, text: string) => ({
  kind: "review",
  id,
  createdAt,
  channel: { id: "reviews", visibility: "public", surface: "review" },
  author,
  language: "en",
  target: { id: BOMBED, category: "hotel" },
  rating,
  text,
});

/** A month of honest reviews of the target that is to be bombed. */
export function calmReviews(seed: number, now: Date): unknown[] {
  const random = seeded(seed);
  return Array.from({ length: HONEST }, (_, index) => {
    const author = { id: idOf("guest-", index), createdAt: before(now, 400 * DAY) };
    const rating = pick([5, 4, 4, 5, 3, 4, 2, 5], random);
    const at = before(now, 3_600 + (HONEST - index) * PAUSE);
    return review(idOf("calm-", index), at, author, rating, `${sentence(random)} ${closing(random)}`);
  });
}

/** `count` one-star reviews within one minute, each by an account of its own, most of them young. */
export function bombingReviews(count: number, seed: number, now: Date): unknown[] {
  const random = seeded(seed + 1);
  return Array.from({ length: count }, (_, index) => {
    const age = random() < 0.7 ? random() * 3 : 30 + random() * 900;
    const author = { id: idOf("stranger-", index), createdAt: before(now, age * DAY + 3_600) };
    const at = before(now, 60 - (index * 60) / count);
    return review(idOf("bomb-", index), at, author, 1, `${sentence(random)} ${closing(random)}`);
  });
}
