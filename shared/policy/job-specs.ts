import * as z from "zod";
import { jobId } from "../domain/job.ts";
import { policyVersion } from "../domain/policy-state.ts";
import { undoCause } from "../domain/undo.ts";
import { policyDocument } from "./policy-document.ts";

/** Versions never change: a job that names them comes to the same whatever is active when it is done. */
const versions = z.array(z.strictObject({ id: z.string(), version: policyVersion }));

/** What a backtest compares. */
export const backtestSpec = z.strictObject({
  active: versions,
  candidate: z.strictObject({ version: policyVersion, saved: z.boolean(), document: policyDocument }),
});
export type BacktestSpec = z.infer<typeof backtestSpec>;

/** What an undo looks for; with `run` it takes back what it finds. */
export const undoSpec = z.strictObject({
  active: versions,
  cause: undoCause,
  run: z.strictObject({ of: jobId, note: z.string() }).optional(),
});
export type UndoSpec = z.infer<typeof undoSpec>;
