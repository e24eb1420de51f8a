import { benchFollows } from "./items/follows.ts";
import { benchPosts } from "./items/posts.ts";
import { benchReviews } from "./items/reviews.ts";

/** The kinds of items that are measured. */
export const KINDS = ["posts", "reviews", "follows"] as const;
export type Kind = (typeof KINDS)[number];

interface KindPlan {
  /** What one is called in print. */
  readonly one: string;
  /** `count` items in the order in which they are sent. */
  readonly make: (count: number, seed: number, now: Date) => unknown[];
  /** Items of one round of the rate, and of one counted run. */
  readonly round: number;
  readonly counted: number;
  /** Items in one HTTP request. */
  readonly perRequest: number;
  /** Most that a million may cost, in dollars; undefined where no goal was set. */
  readonly goal?: number;
}

export const PLANS: Readonly<Record<Kind, KindPlan>> = {
  posts: {
    one: "post",
    make: benchPosts,
    round: 800,
    counted: 200,
    perRequest: 100,
    goal: 3,
  },
  reviews: {
    one: "review",
    make: benchReviews,
    round: 200,
    counted: 100,
    perRequest: 50,
    goal: 15,
  },
  follows: {
    one: "follow message (100 followers)",
    make: benchFollows,
    round: 80,
    counted: 40,
    perRequest: 10,
  },
};
