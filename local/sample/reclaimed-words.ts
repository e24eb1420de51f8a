import { type Story, says } from "./story.ts";

/** Words that can hurt, said by people about themselves or with love. */
export const reclaimedWords: Story = {
  name: "reclaimed-words",
  channel: { id: "open-mic-group", visibility: "public", surface: "comment" },
  begins: 380,
  pace: 74,
  threaded: true,
  lines: [
    says("kit.sings", "As a queer kid from a tiny village I needed a choir like this. Proud to be a queer tenor."),
    says("bo.bass", "Us weirdos and freaks sound rather good together, don't we?"),
    says("old.hags.knit", "The Old Hags' Knitting Circle meets on Monday. Bring wool and gossip, dear hags."),
    says("kit.sings", "Miss you, bitches. See you all at rehearsal ❤️"),
    says("bo.bass", "I'm such an idiot, I left the sheet music on the bus."),
    says("rosie.alto", "My fellow losers of the quiz night: we came last, and we came last with style."),
    says("kit.sings", "My best friend called me a magnificent moron tonight and I've never been happier."),
    says("bo.bass", "Nerd and proud. I alphabetised the cough sweets."),
    says("passer.by", "you freaks can't sing, go home you disgusting idiots"),
  ],
};
