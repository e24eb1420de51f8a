import { type Story, says } from "./story.ts";

/** Posts that add nothing, which is not a crime. */
export const lowSubstance: Story = {
  name: "low-substance",
  channel: { id: "daily-headline", visibility: "public", surface: "comment" },
  begins: 5,
  pace: 88,
  threaded: true,
  lines: [
    says("speedy.s", "first!"),
    says("speedy_two", "second"),
    says("uh_huh", "this."),
    says("mr.nice", "nice"),
    says("thumbs", "👍👍👍"),
    says("mr.nice", "good post"),
    says("uh_huh", "lol"),
    says("dots", "..."),
    says("thumbs", "🔥"),
    says("speedy.s", "FIRST again"),
    says("plus.one", "+1"),
    says("mr.nice", "great post, thanks"),
    says("long.winded", "Short answer: yes. Long answer: also yes, but with a table, which I'll post after lunch."),
  ],
};
