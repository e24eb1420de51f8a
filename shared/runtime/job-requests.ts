import { type Job, type JobKind, type JobProgress, partsOf, progressOf } from "../domain/job.ts";
import type { JobQueue } from "../queue/job-queue.ts";
import type { Jobs } from "../store/jobs.ts";
import { JOURNAL_DAYS } from "../store/verdict-journal.ts";
import { answer, notFound, type Result, refuse } from "./result.ts";

export interface JobPorts {
  readonly jobs: Jobs;
  readonly queue: JobQueue;
}

const DAY = 86_400_000;

const outside = (pointer: string, detail: string, fix: string): Result<never> =>
  refuse("job_invalid", "The window does not fit.", [{ pointer, detail, fix }]);

/** The window of a request: its end is now where none was said, or where it lies ahead. */
export function readWindow(
  said: { readonly since: string; readonly until?: string | undefined },
  now: Date,
): Result<{ readonly since: string; readonly until: string }> {
  const since = new Date(said.since);
  const until = new Date(Math.min(now.getTime(), said.until === undefined ? now.getTime() : Date.parse(said.until)));
  // A day's grace: who says "35 days ago" has said so some moments ago.
  if (since.getTime() < now.getTime() - (JOURNAL_DAYS + 1) * DAY)
    return outside(
      "/since",
      `further back than ${JOURNAL_DAYS} days`,
      `verdicts are kept for this for ${JOURNAL_DAYS} days`,
    );
  if (since >= until)
    return outside("/since", "not before the end of the window", "let since lie before until and now");
  return answer({ since: since.toISOString(), until: until.toISOString() });
}

/** Sends the first message of each part; the parts that are done find themselves done. */
const sendParts = (
  { queue }: JobPorts,
  { tenant, kind, id, ...window }: Job,
  parts: readonly number[],
): Promise<void> =>
  queue.send(
    parts
      .filter((part) => part < partsOf(window).length)
      .map((part) => ({ v: 1, tenant, kind, job: id, part, leg: 0 })),
  );

/** Writes a job down and sends its parts on their way. The same job again begins nothing. */
export async function beginJob(ports: JobPorts, asked: Job, spec: unknown): Promise<void> {
  if (await ports.jobs.create(asked, spec))
    await sendParts(
      ports,
      asked,
      partsOf(asked).map((_, part) => part),
    );
}

/** How far a job is, by what is stored of it. */
export async function standingOf(jobs: Pick<Jobs, "parts">, asked: Job, now: Date): Promise<JobProgress> {
  return progressOf(asked, asked.done ? [] : await jobs.parts(asked), now);
}

/** What every view of a job begins with. */
export const viewOfJob = (
  { id, by, at, since, until }: Job,
  { state, parts, done, items, stalled }: JobProgress,
): {
  id: string;
  state: JobProgress["state"];
  by: string;
  at: string;
  since: string;
  until: string;
  progress: { parts: number; done: number; items: number; stalled: { day: string; reason: string }[] };
} => ({ id, state, by, at, since, until, progress: { parts, done, items, stalled: [...stalled] } });

/** A job of the tenant, or the answer that there is none. */
export async function findJob(
  jobs: Pick<Jobs, "get">,
  tenant: string,
  kind: JobKind,
  id: string,
): Promise<Result<Job>> {
  const found = await jobs.get(tenant, kind, id);
  return found
    ? answer(found)
    : notFound(`This tenant has no such ${kind}, or its 30 days are over.`, `use an id that GET /v1/${kind}s lists`);
}

/** Stops a job; one that is over already stays as it is. */
export async function cancelJob({ jobs }: JobPorts, asked: Job, by: string, now: Date): Promise<Job> {
  await jobs.cancel(asked, by, now);
  return (await jobs.get(asked.tenant, asked.kind, asked.id)) ?? asked;
}

/** Lets a job go on: whatever part is not done begins again where it was. */
export async function resumeJob(ports: JobPorts, asked: Job, now: Date): Promise<Job> {
  const { jobs } = ports;
  if (asked.done) return asked;
  await jobs.uncancel(asked);
  const known = new Map((await jobs.parts(asked)).map((part) => [part.part, part]));
  const left = partsOf(asked).flatMap((_, part) => (known.get(part)?.done ? [] : [part]));
  for (const part of left) await jobs.advance(asked, part, { items: known.get(part)?.items ?? 0, done: false }, now);
  // Where all are done but nobody put them together, the last one does.
  await sendParts(ports, asked, left.length > 0 ? left : [partsOf(asked).length - 1]);
  return (await jobs.get(asked.tenant, asked.kind, asked.id)) ?? asked;
}
