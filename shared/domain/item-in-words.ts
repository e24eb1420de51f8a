import { LABELS } from "./label.ts";
import type { Action, Verdict } from "./verdict.ts";

const WHAT: Readonly<Record<Verdict["surface"], string>> = {
  comment: "Comment",
  post: "Post",
  message: "Message",
  forum: "Forum post",
  review: "Review",
  profile: "Profile",
  live_chat: "Line of a live chat",
};
const DONE: Readonly<Record<Action, string>> = {
  allow: "allowed",
  flag: "flagged",
  hold: "held back",
  block: "blocked",
};

/** What an item is and what became of it, in one sentence without a word of it. */
export function inWords({ ref, surface, visibility, action, labels }: Verdict): string {
  const what = ref.kind === "audience" ? "Following of an account" : WHAT[surface];
  const why = labels.map(({ label }) => LABELS[label]).join(", ");
  return `${what}${visibility === "private" ? ", private" : ""}, ${DONE[action]}${why === "" ? "" : `: ${why}`}.`;
}
