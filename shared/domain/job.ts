import { randomBytes } from "node:crypto";
import * as z from "zod";
import { tenantId, timestamp } from "./id.ts";

/** Long work over the journal of verdicts, done day by day over a queue. */
export const JOB_KINDS = ["backtest", "undo"] as const;
export type JobKind = (typeof JOB_KINDS)[number];

export const jobId = z.string().regex(/^[a-z0-9]{8,10}-[a-z0-9]{8}(-run)?$/, "the id of a backtest or an undo");

export const job = z.strictObject({
  tenant: tenantId,
  kind: z.enum(JOB_KINDS),
  id: jobId,
  /** Who asked for it: a member, or `key:ID`. */
  by: z.string().max(64),
  at: timestamp,
  /** The window of verdicts by the time they were made: `since` counts, `until` does not. */
  since: timestamp,
  until: timestamp,
  /** What it is about, as its kind's view shows it. */
  about: z.unknown(),
  cancelled: z.strictObject({ by: z.string().max(64), at: timestamp }).optional(),
  /** Its result is written, over so many verdicts. */
  done: z.strictObject({ at: timestamp, items: z.int().min(0) }).optional(),
});
export type Job = z.infer<typeof job>;

/** Ids of later jobs sort after those of earlier ones. */
export const newJobId = (now: Date): string => `${now.getTime().toString(36)}-${randomBytes(4).toString("hex")}`;

const DAY = 86_400_000;

export interface Range {
  readonly from: Date;
  readonly to: Date;
}

/** The parts of a job: one for each UTC day that its window touches. */
export function partsOf({ since, until }: Pick<Job, "since" | "until">): Range[] {
  const end = Date.parse(until);
  const parts: Range[] = [];
  for (let from = Date.parse(since); from < end; ) {
    const to = Math.min(end, (Math.floor(from / DAY) + 1) * DAY);
    parts.push({ from: new Date(from), to: new Date(to) });
    from = to;
  }
  return parts;
}

/** How far one part is. */
export interface Part {
  readonly part: number;
  readonly done: boolean;
  /** Verdicts read so far. */
  readonly items: number;
  /** Failures in a row, and the reason of the last: a code. */
  readonly failures: number;
  readonly reason?: string;
  readonly updatedAt: Date;
}

/** Failures after which a message lies in the dead-letter queue. */
const DEAD_AFTER = 5;
/** Milliseconds without a sign after which a part's message is taken as lost: longer than a killed one takes to come again. */
const SILENT_AFTER = 900_000;

export const JOB_STATES = ["waiting", "running", "done", "cancelled", "stalled"] as const;

export interface JobProgress {
  readonly state: (typeof JOB_STATES)[number];
  readonly parts: number;
  readonly done: number;
  readonly items: number;
  /** Parts that go no further by themselves, each with the reason. */
  readonly stalled: readonly { readonly day: string; readonly reason: string }[];
}

/**
 * How far a job is. `stalled`: at least one part goes no further until somebody resumes the job.
 * @param known its parts as far as they were begun; of a job that is done they are not asked
 */
export function progressOf(asked: Job, known: readonly Part[], now: Date): JobProgress {
  const byPart = new Map(known.map((part) => [part.part, part]));
  const ranges = partsOf(asked);
  if (asked.done) {
    const parts = ranges.length;
    return { state: "done", parts, done: parts, items: asked.done.items, stalled: [] };
  }
  const silentSince = now.getTime() - SILENT_AFTER;
  const stalled = ranges.flatMap(({ from }, index) => {
    const part = byPart.get(index);
    if (part?.done) return [];
    const day = from.toISOString().slice(0, 10);
    if (part && part.failures >= DEAD_AFTER) return [{ day, reason: part.reason ?? "failed" }];
    const seen = part?.updatedAt.getTime() ?? Date.parse(asked.at);
    return seen < silentSince ? [{ day, reason: "no_sign_of_life" }] : [];
  });
  const done = known.filter((part) => part.done).length;
  const begun = known.length > 0;
  const going = begun ? "running" : "waiting";
  const state = asked.cancelled ? "cancelled" : stalled.length > 0 ? "stalled" : going;
  return {
    state,
    parts: ranges.length,
    done,
    items: known.reduce((sum, part) => sum + part.items, 0),
    stalled: state === "stalled" ? stalled : [],
  };
}
