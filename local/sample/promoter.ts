import { type Story, says } from "./story.ts";

/** Promotion in other people's comment sections, and a few honest recommendations that must not be taken for it. */
export const promoter: Story = {
  name: "promoter",
  channel: { id: "trail-running-weekly", visibility: "public", surface: "comment" },
  begins: 140,
  pace: 63,
  cast: {
    "growth-guru-gina": { days: 3, followers: 11, following: 4800, itemsPosted: 2200 },
    dealz4u: { days: 2, followers: 0, following: 3, itemsPosted: 870 },
  },
  lines: [
    says(
      "growth-guru-gina",
      "Great post!! Want 10k real followers by Sunday? Buy followers cheap at www.growfast.example",
    ),
    says("dealz4u", "🔥🔥 70% OFF all running shoes, use discount code RUN70 at http://dealz4u.example/shoes 🔥🔥"),
    says(
      "piotr.runs",
      "I bought the blue ones from the shop in the old mill. Honest staff, they let you try them on the hill.",
    ),
    says("growth-guru-gina", "DM me to buy followers, likes and comments. Cheapest prices, instant delivery!"),
    says(
      "dealz4u",
      "Limited offer!! Click here http://dealz4u.example/r?id=99 and use my promo code SAVE50 before midnight",
    ),
    says("dealz4u", "70% OFF running shoes!! discount code RUN70 http://dealz4u.example/shoes limited stock"),
    says("fit_fox_88", "I lost 12 kilos in two weeks with this tea, link in bio, use code FOX for 20% off"),
    says("agnes.t", "Does anyone know whether the river path is open again after the flood?"),
    says(
      "crypto-carl",
      "I made 4,000 in one day from home. Guaranteed profit, send me a message and I will show you how to invest.",
    ),
    says("piotr.runs", "It's open up to the second bridge, Agnes. Wear something you don't mind ruining."),
    says("growth-guru-gina", "Follow me and I follow back!! follow4follow, check my profile for cheap likes"),
    says(
      "essay-ella",
      "No time to study? We write your essay, cheap and undetectable. Order now at https://essays.example/order",
    ),
    says("fit_fox_88", "Subscribe to my channel for free giveaways!!! Like and share to win, link in bio!!!"),
    says("crypto-carl", "Double your coins! Send 0.1 and get 0.2 back, limited time. https://double-coins.example"),
    says("agnes.t", "Thanks Piotr! Ran it this morning, met two herons and one very angry goose."),
    says(
      "dealz4u",
      "Last chance!!! RUN70 ends tonight, order now http://dealz4u.example/shoes http://dealz4u.example/hats",
    ),
  ],
};
