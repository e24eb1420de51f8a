import { type Story, says } from "./story.ts";

const among = { id: "homework-club", visibility: "public", surface: "live_chat", audience: "minors" } as const;
const apart = { id: "dm-homework-55", visibility: "private", surface: "message" } as const;

/** A place for school children: friends who chat, a squabble, and a grown-up stranger who tries to get one of them alone. */
export const youngPeople: Story = {
  name: "young-people",
  channel: among,
  begins: 45,
  pace: 49,
  threaded: true,
  cast: {
    "lena.7b": { days: 140, followers: 22, following: 31, itemsPosted: 180, ageBand: "13_15" },
    "omar.7b": { days: 133, followers: 19, following: 28, itemsPosted: 240, ageBand: "13_15" },
    "tim.6a": { days: 60, followers: 8, following: 12, itemsPosted: 44, ageBand: "under_13" },
    "cool-coach": { days: 2, followers: 1, following: 96, itemsPosted: 58, ageBand: "adult" },
  },
  lines: [
    says("lena.7b", "does anyone get question 4? why is x negative"),
    says("omar.7b", "because you forgot to flip the sign when you divide. i did that too"),
    says("lena.7b", "ohhh thank you!! do you want to do the poster together tomorrow at the library?"),
    says("omar.7b", "yes, after school, my mum can drop us off"),
    says("tim.6a", "my hamster had babies 🐹🐹🐹 SIX of them"),
    says("lena.7b", "SIX??? omg pictures please, of the hamsters"),
    says("cool-coach", "Hi Tim, how old are you? You seem very grown up for your age."),
    says("tim.6a", "im 11"),
    says("cool-coach", "Do you have a phone of your own? Let's chat somewhere private, add me on another app."),
    says("cool-coach", "This is our secret, don't tell your parents. Are you home alone on Friday?", {
      channel: apart,
    }),
    says("cool-coach", "Send me a picture of you, just for me, and don't tell your mum.", { channel: apart }),
    says("tim.6a", "i dont want to", { channel: apart }),
    says("lena.7b", "tim dont talk to that guy, he asked my friend the same. tell mrs hart"),
    says("omar.7b", "you're an idiot if you think i copied your homework, lena copied mine lol"),
    says("lena.7b", "excuse me?? i did NOT 😂 ask mrs hart"),
    says("big.bro.ben", "omar is such a loser, nobody likes you, go away", {
      channel: { ...among, surface: "comment" },
    }),
    says("omar.7b", "that's mean. we only talk about homework here"),
    says("tim.6a", "i told mrs hart. she was really nice about it"),
    says("omar.7b", "good. can i see the hamsters now"),
  ],
};
