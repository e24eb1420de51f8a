import type { FollowStory } from "./follow-story.ts";
import { thin } from "./profiles.ts";

/** Two weeks like any other, then two thousand followers between lunch and tea, and the weeks go on. */
export const boughtFollowers: FollowStory = {
  name: "bought-followers",
  account: { id: "glow-by-gia", createdAt: "2021-04-12T09:30:00Z" },
  begins: "2025-10-20T00:00:00Z",
  days: 16,
  perDay: 96,
  before: 11_420,
  spikes: [{ from: "2025-11-03T13:02", minutes: 116, followers: 2_000, profile: thin, pace: "even" }],
};
