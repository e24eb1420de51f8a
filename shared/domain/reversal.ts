import * as z from "zod";
import { timestamp } from "./id.ts";
import { type Action, action } from "./verdict.ts";

/** A verdict whose action was taken back, because what it rested on was wrong. The verdict itself never changes. */
export const reversal = z.strictObject({
  /** `undo:ID`. */
  by: z.string().max(64),
  at: timestamp,
  from: action,
  to: action,
});
export type Reversal = z.infer<typeof reversal>;

const DONE: Readonly<Record<Action, string>> = {
  allow: "allowed",
  flag: "flagged",
  hold: "held back",
  block: "blocked",
};

/** What was taken back, with a sentence for people; nothing where nothing was. */
export const explainReversal = (made: Reversal | undefined) =>
  made === undefined
    ? {}
    : {
        reversed: {
          ...made,
          explanation: `Taken back at ${made.at} by ${made.by}: it was ${DONE[made.from]} and is now ${DONE[made.to]}, because what that rested on was undone.`,
        },
      };
