import { type Story, says } from "./story.ts";

/** Posts that change after they were seen: harmless first and abusive later, and the other way round. */
export const edits: Story = {
  name: "edits",
  channel: { id: "chess-for-all", visibility: "public", surface: "comment" },
  begins: 230,
  pace: 48,
  threaded: true,
  lines: [
    says("rook.robin", "Well played, that endgame was a pleasure to watch.", { named: "praise" }),
    says("pawn.paula", "Thank you! I still can't believe the knight got out.", { named: "thanks" }),
    says("bishop.b", "Can somebody explain move 23?", { named: "question" }),
    says("rook.robin", "You cheated, you pathetic moron. I will find you and hurt you.", { edits: "praise" }),
    says("pawn.paula", "Thank you! I still can't believe the knight got out. (Edit: and I did not cheat.)", {
      edits: "thanks",
    }),
    says("hot.head.h", "you're all idiots, this opening is for losers", { named: "heat" }),
    says("bishop.b", "Can somebody explain move 23? Edit: got it, it's a pin.", { edits: "question" }),
    says("hot.head.h", "Sorry, that was uncalled for. I lost three in a row and took it out on you.", {
      edits: "heat",
    }),
    says("free.elo", "I learned this line from a library book.", { named: "book" }),
    says("free.elo", "Buy rating points cheap!!! Use discount code ELO at http://cheap-elo.example now", {
      edits: "book",
    }),
    says("pawn.paula", "Reported the edited comment. Well, both of them."),
  ],
};
