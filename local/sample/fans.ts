import { type Story, says } from "./story.ts";

/** A band announces a tour and its fans lose their heads, in a good way. */
export const fans: Story = {
  name: "fans",
  channel: { id: "paper-lanterns-official", visibility: "public", surface: "comment" },
  begins: 10,
  pace: 57,
  threaded: true,
  brandIds: ["paper-lanterns"],
  cast: {
    "paper.lanterns": { days: 2900, followers: 184_000, following: 61, itemsPosted: 1430, verified: true },
    june_in_july: { days: 1210, followers: 93, following: 402, itemsPosted: 3200 },
  },
  lines: [
    says("paper.lanterns", "We're going on tour. Nineteen cities, one very old van. Dates on the poster. 🏮"),
    says("june_in_july", "AAAAAAH I AM SCREAMING!!! Porto!!! You remembered Porto!!!"),
    says("lantern_lou", "This band is going to kill me and I'll say thank you 😭❤️"),
    says("nils.k", "That bassline in the teaser is insane. Absolutely filthy. I love it."),
    says("june_in_july", "I'd fight a bear for front row tickets. A small bear. A teddy bear."),
    says("ola_w", "Crying at my desk. My boss asked if someone died. No, Brian, someone announced Leeds."),
    says("mo.hadid", "My dad took me to your first show, I'm taking my daughter to this one."),
    says("lantern_lou", "you absolute legends, you beautiful idiots, you did it"),
    says("sam_at_sea", "Any chance of a date further north? The ferry and I would both be grateful."),
    says("paper.lanterns", "Sam, check the poster again. Bottom row. 😉"),
    says("sam_at_sea", "I HAVE CHECKED THE POSTER AGAIN. I am not crying, it's the wind."),
    says("nils.k", "The new drummer murders it on the live version. What a beast."),
    says("tess.v", "Bought two tickets, told nobody, now I have to find a friend by March."),
    says("ola_w", "I'd be your friend by March."),
    says("june_in_july", "This comment section is the only nice place on the whole internet."),
    says("mo.hadid", "Best news of a sick week. Get some sleep, all of you, and drive carefully."),
  ],
};
