import * as z from "zod";
import { reversal } from "../domain/reversal.ts";
import { verdict } from "../domain/verdict.ts";

/** How an action was taken back, with a sentence that says so. */
export const reversalView = reversal.extend({ explanation: z.string() }).meta({ id: "Reversal" });

/** A verdict as callers see it: with its reasons in words. */
export const explainedVerdict = verdict
  .omit({ tenant: true })
  .extend({
    explanation: z.array(
      z.strictObject({ label: z.string(), title: z.string(), why: z.array(z.string()), laws: z.array(z.string()) }),
    ),
    /** The rules that made it, the deciding one first; left out where none applied. */
    decided: z
      .array(
        z.strictObject({
          rule: z.string(),
          action: verdict.shape.action,
          why: z.string(),
          /** What its policy tells the author, by language. */
          userText: z.record(z.string(), z.string()).optional(),
        }),
      )
      .optional(),
    reversed: reversalView.optional(),
  })
  .meta({ id: "ExplainedVerdict" });
