import { pick, seeded } from "../../local/sample/seeded.ts";
import { before, closing, idOf, insult, sentence } from "./words.ts";

/** One post in this many is abusive. */
const ABUSIVE = 33;
const DAY = 86_400;

/** `count` posts as a platform sends them: about 85 characters of text each, 3% abusive. The same seed gives the same. */
export function benchPosts(count: number, seed: number, now: Date): unknown[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, index) => ({
    kind: "post",
    id: idOf("p", index),
    createdAt: before(now, random() * 60),
    channel: {
      id: idOf("channel-", Math.floor(random() * 50)),
      visibility: "public",
      surface: pick(["comment", "post", "forum"], random),
    },
    author: {
      id: idOf("author-", Math.floor(random() * 400)),
      createdAt: before(now, random() * 900 * DAY),
      followers: Math.floor(random() ** 4 * 20_000),
      itemsPosted: Math.floor(random() * 900),
    },
    language: "en",
    text: index % ABUSIVE === 0 ? insult(random) : `${sentence(random)} ${closing(random)}`,
  }));
}
