import * as z from "zod";
import { verdict } from "../domain/verdict.ts";

/** A verdict as callers see it: with its reasons in words. */
export const explainedVerdict = verdict
  .omit({ tenant: true })
  .extend({
    explanation: z.array(
      z.strictObject({ label: z.string(), title: z.string(), why: z.array(z.string()), laws: z.array(z.string()) }),
    ),
  })
  .meta({ id: "ExplainedVerdict" });
