import { type Story, says } from "./story.ts";

/**
 * The same complaints and the same insults, once by somebody with 25,000 followers and once by somebody with 250: both
 * must be judged alike and wait alike.
 */
export const loudAndQuiet: Story = {
  name: "loud-and-quiet",
  channel: { id: "hillside-hotels", visibility: "public", surface: "post" },
  begins: 350,
  pace: 45,
  brandIds: ["hillside-hotels"],
  cast: {
    "loud.lara": { days: 2200, followers: 25_000, following: 410, itemsPosted: 8800, verified: true },
    "quiet.quinn": { days: 2200, followers: 250, following: 410, itemsPosted: 880 },
  },
  lines: [
    says("loud.lara", "Booked a sea view, got a view of the bins. I want my money back, this is a damn joke."),
    says("quiet.quinn", "Booked a sea view and got a view of the bins. I want my money back. It's a damn joke."),
    says("loud.lara", "The night manager is an idiot and everyone should tell him so."),
    says("quiet.quinn", "The night manager is an idiot, and everyone should tell him so."),
    says("quiet.quinn", "Breakfast was cold and the lift was broken. Two stars for the nice lady at the desk."),
    says("loud.lara", "Cold breakfast, broken lift. Two stars, both for the nice lady at the desk."),
    says("quiet.quinn", "You stupid liars took my deposit. You'll be sorry, I will find you and hurt you."),
    says("loud.lara", "You stupid liars took my deposit! You'll be sorry. I will find you and hurt you."),
    says("loud.lara", "Update: they refunded me within the hour. Credit where it's due."),
    says("quiet.quinn", "Day nine without a refund or a reply. Is anyone reading this?"),
  ],
};
