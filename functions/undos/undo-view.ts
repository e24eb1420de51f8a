import type * as z from "zod";
import type { undoView as viewSchema } from "../../shared/contracts/job-routes.ts";
import type { Job, JobProgress } from "../../shared/domain/job.ts";
import type { UndoTally } from "../../shared/domain/undo.ts";
import { type UndoSpec, undoSpec } from "../../shared/policy/job-specs.ts";
import { viewOfJob } from "../../shared/runtime/job-requests.ts";

export type UndoView = z.infer<typeof viewSchema>;

/** What an undo's job is about: all of it, since it is small. */
export const undoOf = (asked: Job): UndoSpec => undoSpec.parse(asked.about);

/** An undo as callers see it. */
export function undoView(asked: Job, progress: JobProgress, result?: UndoTally): UndoView {
  const { cause, run } = undoOf(asked);
  return {
    ...viewOfJob(asked, progress),
    cause,
    dryRun: run === undefined,
    ...(run ? { of: run.of, note: run.note } : {}),
    ...(result ? { result } : {}),
  };
}
