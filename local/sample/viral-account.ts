import type { FollowStory } from "./follow-story.ts";
import { ordinary } from "./profiles.ts";

/** A film of a heron and a picnic goes round: as many followers in two hours, all of them people, and more by night. */
export const viralAccount: FollowStory = {
  name: "viral-account",
  account: { id: "harbour-herons", createdAt: "2019-06-30T18:05:00Z" },
  begins: "2025-10-20T00:00:00Z",
  days: 16,
  perDay: 96,
  before: 8_215,
  spikes: [
    { from: "2025-11-03T13:02", minutes: 116, followers: 2_000, profile: ordinary, pace: "even" },
    { from: "2025-11-03T15:00", minutes: 540, followers: 600, profile: ordinary, pace: "fading" },
  ],
};
