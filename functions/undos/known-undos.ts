import * as z from "zod";
import type { routes } from "../../shared/contracts/routes.ts";
import { jobUsage } from "../../shared/domain/backtest.ts";
import type { Job } from "../../shared/domain/job.ts";
import { undoAudit, undoTally } from "../../shared/domain/undo.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { cancelJob, findJob, type JobPorts, resumeJob, standingOf } from "../../shared/runtime/job-requests.ts";
import { answer, refuse } from "../../shared/runtime/result.ts";
import type { Jobs } from "../../shared/store/jobs.ts";
import { type UndoView, undoView } from "./undo-view.ts";

const stored = z.strictObject({ tally: undoTally, used: jobUsage });
/** Batches of one answer: 50 items each. */
const BATCHES = 20;
/** As run-job names them. */
const BATCH = /^\d{4}#\d{4}#\d{4,6}$/;

const shown = async (jobs: Pick<Jobs, "parts">, asked: Job, now: Date): Promise<UndoView> =>
  undoView(asked, await standingOf(jobs, asked, now));

export const listUndos =
  ({ jobs }: JobPorts): UseCase<(typeof routes)["list-undos"]> =>
  async ({ caller: { tenant }, query: { limit }, now }) => {
    const found = await jobs.list(tenant, "undo", Number(limit), now);
    return answer({ undos: await Promise.all(found.map((one) => shown(jobs, one, now))) });
  };

/** One undo, with what it found or did once it is done. */
export const getUndo =
  ({ jobs }: JobPorts): UseCase<(typeof routes)["get-undo"]> =>
  async ({ caller: { tenant }, params: { id }, now }) => {
    const found = await findJob(jobs, tenant, "undo", id);
    if (!found.ok) return found;
    const progress = await standingOf(jobs, found.value, now);
    const result = found.value.done ? stored.parse(await jobs.result(found.value)).tally : undefined;
    return answer(undoView(found.value, progress, result));
  };

/** The record of what a run did, batch by batch. */
export const listUndone =
  ({ jobs }: JobPorts): UseCase<(typeof routes)["list-undone"]> =>
  async ({ caller: { tenant }, params: { id }, query: { cursor } }) => {
    const found = await findJob(jobs, tenant, "undo", id);
    if (!found.ok) return found;
    if (cursor !== undefined && !BATCH.test(cursor))
      return refuse("invalid_request", "The cursor is not one of ours.", [
        { pointer: "query:/cursor", detail: "not a cursor", fix: "send the cursor of the page before, unchanged" },
      ]);
    const audits = await jobs.audits(found.value, BATCHES, cursor);
    const last = audits.at(-1);
    return answer({
      batches: audits.map(({ batch, record }) => ({ batch, ...undoAudit.parse(record) })),
      ...(last && audits.length === BATCHES ? { cursor: last.batch } : {}),
    });
  };

export const cancelUndo =
  (ports: JobPorts): UseCase<(typeof routes)["cancel-undo"]> =>
  async ({ caller: { tenant, actor }, params: { id }, now }) => {
    const found = await findJob(ports.jobs, tenant, "undo", id);
    if (!found.ok) return found;
    return answer(await shown(ports.jobs, await cancelJob(ports, found.value, actor, now), now));
  };

export const resumeUndo =
  (ports: JobPorts): UseCase<(typeof routes)["resume-undo"]> =>
  async ({ caller: { tenant }, params: { id }, now }) => {
    const found = await findJob(ports.jobs, tenant, "undo", id);
    if (!found.ok) return found;
    return answer(await shown(ports.jobs, await resumeJob(ports, found.value, now), now));
  };
