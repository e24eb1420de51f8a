import { angryCustomer } from "./angry-customer.ts";
import { boughtFollowers } from "./bought-followers.ts";
import { counterSpeech } from "./counter-speech.ts";
import { doxxing } from "./doxxing.ts";
import { edits } from "./edits.ts";
import { everyday } from "./everyday.ts";
import { fans } from "./fans.ts";
import { type AudienceItem, type FollowStory, followItems } from "./follow-story.ts";
import { hotelBuildingSite } from "./hotel-building-site.ts";
import { loudAndQuiet } from "./loud-and-quiet.ts";
import { lowSubstance } from "./low-substance.ts";
import { mediaOnly } from "./media-only.ts";
import { otherLanguages } from "./other-languages.ts";
import { postItems } from "./post-items.ts";
import { privateMessage } from "./private-message.ts";
import { promoter } from "./promoter.ts";
import { reclaimedWords } from "./reclaimed-words.ts";
import { type ReviewInput, type ReviewStory, reviewItems } from "./review-story.ts";
import { selfHarmWorry } from "./self-harm-worry.ts";
import type { PostInput, Story } from "./story.ts";
import { strangeText } from "./strange-text.ts";
import { trollPileOn } from "./troll-pile-on.ts";
import { unfairRatings } from "./unfair-ratings.ts";
import { unsafeLink } from "./unsafe-link.ts";
import { viralAccount } from "./viral-account.ts";
import { youngPeople } from "./young-people.ts";

/** The stories told in posts. Ids of a story's items begin with its name and a dot, here as below. */
export const STORIES: readonly Story[] = [
  trollPileOn,
  angryCustomer,
  fans,
  promoter,
  unsafeLink,
  privateMessage,
  youngPeople,
  selfHarmWorry,
  doxxing,
  counterSpeech,
  reclaimedWords,
  lowSubstance,
  otherLanguages,
  mediaOnly,
  edits,
  loudAndQuiet,
  strangeText,
  everyday,
];

export const REVIEW_STORIES: readonly ReviewStory[] = [hotelBuildingSite, unfairRatings];

export const FOLLOW_STORIES: readonly FollowStory[] = [boughtFollowers, viralAccount];

export type SampleItem = PostInput | ReviewInput | AudienceItem;

/** Spreads each history evenly over the whole, as if it were replayed beside the others; each keeps its own order. */
const sideBySide = (histories: readonly (readonly SampleItem[])[]): SampleItem[] =>
  histories
    .flatMap((items) => items.map((value, index) => ({ value, at: (index + 0.5) / items.length })))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);

/**
 * The sample: posts, reviews, follows and snapshots written for this project. Posts are of the last half hour before
 * `now` and new in every run. Reviews and follows are histories of months with fixed dates and ids: handed in again
 * they are the same items, which count once; under new ids each honest review would repeat a text of the run before.
 * Side by side, reviews of one burst come some requests apart, so that each is scored when those before it are known.
 */
export const sampleItems = (now: Date): SampleItem[] =>
  sideBySide([postItems(STORIES, now), ...REVIEW_STORIES.map(reviewItems), ...FOLLOW_STORIES.map(followItems)]);
