import { benchFollows } from "../../../bench/items/follows.ts";
import { benchPosts } from "../../../bench/items/posts.ts";
import { benchReviews } from "../../../bench/items/reviews.ts";

interface Item {
  readonly id: string;
  readonly followers?: readonly unknown[];
}

const FOLLOWERS = 10;

/** Posts, reviews and follow messages of every sort, with ids of their own: half posts, three tenths reviews. */
export function someItems(label: string, count: number): Item[] {
  const now = new Date();
  const made = [
    ...benchPosts(Math.ceil(count * 0.5), 1, now),
    ...benchReviews(Math.ceil(count * 0.3), 2, now),
    ...benchFollows(Math.ceil(count * 0.2), 3, now),
  ] as Item[];
  return made.map(({ followers, ...item }) => ({
    ...item,
    id: `${label}-${item.id}`,
    ...(followers && { followers: followers.slice(0, FOLLOWERS) }),
  }));
}
