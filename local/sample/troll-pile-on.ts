import { type Story, says } from "./story.ts";

/** A baker shows her first wedding cake; a few strangers turn on her, then bring friends. */
export const trollPileOn: Story = {
  name: "troll-pile-on",
  channel: { id: "baking-corner", visibility: "public", surface: "comment" },
  begins: 60,
  pace: 31,
  threaded: true,
  cast: {
    "mila-bakes": { days: 900, followers: 640, following: 310, itemsPosted: 212 },
    grimjaw77: { days: 6, followers: 2, following: 190, itemsPosted: 940 },
    "sourpuss-king": { days: 4, followers: 0, following: 88, itemsPosted: 611 },
    "no-mercy-mo": { days: 11, followers: 5, following: 240, itemsPosted: 1302 },
  },
  lines: [
    says("mila-bakes", "My first three-tier wedding cake! Lemon sponge, elderflower cream, and zero sleep 🍋🎂", {
      media: [{ type: "image", mimeType: "image/jpeg", byteLength: 804_112 }],
    }),
    says("petra.oven", "The piping on the second tier is so neat. Which nozzle did you use?"),
    says("grimjaw77", "lol who let this loser near an oven"),
    says("sourpuss-king", "It leans like my uncle after a wedding. You are an idiot if you charge money for that."),
    says("mila-bakes", "It was a gift for my sister, she loved it. Please be kind here."),
    says("grimjaw77", "awww the loser is crying now. Nobody likes you, Mila."),
    says("no-mercy-mo", "everyone come look at this moron and her tower of sadness 😂😂😂", {
      media: [{ type: "image", mimeType: "image/png", byteLength: 96_311 }],
    }),
    says("sourpuss-king", "You are a pathetic, worthless moron and your sister lied to you."),
    says("harriet.b", "What is wrong with you people? It's a lovely cake."),
    says("no-mercy-mo", "shut up harriet you ugly cow, nobody asked you"),
    says("grimjaw77", "Delete your account, idiot. Delete it today or we come back every single day."),
    says("dusty_fork", "Ok the frosting is a bit yellow for my taste but the flowers are gorgeous."),
    says("sourpuss-king", "I know which market you sell at on Saturdays. I will find you and hurt you."),
    says("mila-bakes", "I'm reporting this. I only wanted to show a cake."),
    says("no-mercy-mo", "reporting lol. You should just kill yourself and save us the cake pics"),
    says("petra.oven", "Mila, ignore them. Please keep posting, half of us learned fondant from you."),
    says("grimjaw77", "petra is an idiot too. birds of a feather, you stupid clowns"),
    says("ratty.rick", "came here because mo said so. this is garbage and so are you", {
      media: [{ type: "video", mimeType: "video/mp4", byteLength: 2_410_550 }],
    }),
    says("ratty.rick", "y0u are a l0ser and a m0ron, cake lady"),
    says("harriet.b", "Screenshotted and reported. All four of them."),
    says("no-mercy-mo", "Watch your back at the market, Mila. We will be there and you will regret it."),
    says("mila-bakes", "Thank you to everybody who wrote something nice. I'm taking a break for today."),
    says("dusty_fork", "Take your break, come back, and post the recipe for that elderflower cream."),
    says("grimjaw77", "she RAN hahaha what a worthless coward. you're trash mila"),
  ],
};
