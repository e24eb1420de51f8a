import * as z from "zod";
import { backtestReport } from "../domain/backtest-report.ts";
import { timestamp } from "../domain/id.ts";
import { JOB_STATES, jobId } from "../domain/job.ts";
import { policyVersion } from "../domain/policy-state.ts";
import { undoCause, undoItem, undoTally } from "../domain/undo.ts";
import { policyId } from "../policy/policy-document.ts";
import { defineRoute } from "./route.ts";

const nothing = z.strictObject({});
const ofJob = z.strictObject({ id: jobId });
const count = z.int().min(0);
const window = {
  /** Verdicts made from then on, at most 35 days back. */
  since: timestamp,
  /** Verdicts made before then; now where it is left out. */
  until: timestamp.optional(),
};

const progress = {
  id: jobId,
  state: z.enum(JOB_STATES),
  by: z.string(),
  at: z.string(),
  since: z.string(),
  until: z.string(),
  progress: z.strictObject({
    /** Days of the window, and those that are finished. */
    parts: count,
    done: count,
    /** Verdicts read so far. */
    items: count,
    /** Days that go no further until the job is resumed, each with the reason as a code. */
    stalled: z.array(z.strictObject({ day: z.string(), reason: z.string() })),
  }),
};

export const compared = z.strictObject({
  policy: policyId,
  /** Of a document that was sent along: the version that it would get. */
  version: policyVersion,
  saved: z.boolean(),
  /** The versions that were active when the backtest began. */
  active: z.array(z.strictObject({ id: z.string(), version: policyVersion })),
});

export const backtestView = z
  .strictObject({ ...progress, candidate: compared, report: backtestReport.optional() })
  .meta({ id: "Backtest" });

export const undoView = z
  .strictObject({
    ...progress,
    cause: undoCause,
    dryRun: z.boolean(),
    /** The dry run that a real run carries out. */
    of: jobId.optional(),
    note: z.string().optional(),
    /** What was found, or done: the counts of all, and samples. */
    result: undoTally.optional(),
  })
  .meta({ id: "Undo" });

const listQuery = z.strictObject({
  limit: z
    .string()
    .regex(/^([1-9]|[1-4]\d|50)$/, "a number from 1 to 50")
    .default("20"),
});

const editors = ["admin", "lead"] as const;
const readers = ["admin", "lead", "senior", "moderator", "auditor"] as const;

/** Routes of backtests and undos, each family one function. */
export const jobRoutes = {
  "start-backtest": defineRoute({
    name: "start-backtest",
    served: "backtests",
    method: "POST",
    path: "/v1/backtests",
    callers: editors,
    summary:
      "Ask what a candidate policy would have done with the stored verdicts of a window: a saved version, or a document.",
    params: nothing,
    query: nothing,
    body: z
      .strictObject({
        policy: z.strictObject({ id: policyId, version: policyVersion }).optional(),
        document: z.unknown().meta({ id: "AnyPolicy" }).optional(),
        ...window,
      })
      .refine(({ policy, document }) => (policy === undefined) !== (document === undefined), {
        error: "either policy (a saved version) or document",
      }),
    answer: { status: 202, schema: backtestView, description: "It has begun; ask for it by its id." },
    problems: ["not_found", "policy_invalid", "job_invalid"],
  }),
  "list-backtests": defineRoute({
    name: "list-backtests",
    served: "backtests",
    method: "GET",
    path: "/v1/backtests",
    callers: readers,
    summary: "The tenant's backtests of the last 30 days, newest first, without their reports.",
    params: nothing,
    query: listQuery,
    answer: {
      status: 200,
      schema: z.strictObject({ backtests: z.array(backtestView) }),
      description: "Backtests.",
    },
    problems: [],
  }),
  "get-backtest": defineRoute({
    name: "get-backtest",
    served: "backtests",
    method: "GET",
    path: "/v1/backtests/{id}",
    callers: readers,
    summary: "How far a backtest is, and its report once it is done.",
    params: ofJob,
    query: z.strictObject({
      minutesPerCase: z
        .string()
        .regex(/^\d{1,3}(\.\d{1,2})?$/, "minutes that a moderator needs for a case, such as 1.5")
        .default("1"),
    }),
    answer: { status: 200, schema: backtestView, description: "The backtest." },
    problems: ["not_found"],
  }),
  "cancel-backtest": defineRoute({
    name: "cancel-backtest",
    served: "backtests",
    method: "POST",
    path: "/v1/backtests/{id}/cancellations",
    callers: editors,
    summary: "Stop a backtest. What was counted is kept, so that it can be resumed.",
    params: ofJob,
    query: nothing,
    body: nothing,
    answer: { status: 200, schema: backtestView, description: "The backtest as it stands now." },
    problems: ["not_found"],
  }),
  "resume-backtest": defineRoute({
    name: "resume-backtest",
    served: "backtests",
    method: "POST",
    path: "/v1/backtests/{id}/resumptions",
    callers: editors,
    summary: "Let a cancelled or stalled backtest go on where each of its parts was. Harmless where it runs.",
    params: ofJob,
    query: nothing,
    body: nothing,
    answer: { status: 202, schema: backtestView, description: "The backtest as it stands now." },
    problems: ["not_found"],
  }),
  "start-undo": defineRoute({
    name: "start-undo",
    served: "undos",
    method: "POST",
    path: "/v1/undos",
    callers: editors,
    summary:
      "Find every verdict of a window that rests on a cause (dryRun: true, with cause and since), or take back what a dry run found (dryRun: false, with its id as `of` and a note).",
    params: nothing,
    query: nothing,
    body: z.strictObject({
      dryRun: z.boolean(),
      cause: undoCause.optional(),
      since: timestamp.optional(),
      until: timestamp.optional(),
      of: jobId.optional(),
      note: z.string().min(1, "say why").max(500, "at most 500 characters").optional(),
    }),
    answer: { status: 202, schema: undoView, description: "It has begun; ask for it by its id." },
    problems: ["not_found", "undo_differs", "undo_not_ready", "job_invalid"],
  }),
  "list-undos": defineRoute({
    name: "list-undos",
    served: "undos",
    method: "GET",
    path: "/v1/undos",
    callers: readers,
    summary: "The tenant's undos and their dry runs of the last 30 days, newest first, without their results.",
    params: nothing,
    query: listQuery,
    answer: { status: 200, schema: z.strictObject({ undos: z.array(undoView) }), description: "Undos." },
    problems: [],
  }),
  "get-undo": defineRoute({
    name: "get-undo",
    served: "undos",
    method: "GET",
    path: "/v1/undos/{id}",
    callers: readers,
    summary: "How far an undo is, and what it found or did once it is done.",
    params: ofJob,
    query: nothing,
    answer: { status: 200, schema: undoView, description: "The undo." },
    problems: ["not_found"],
  }),
  "list-undone": defineRoute({
    name: "list-undone",
    served: "undos",
    method: "GET",
    path: "/v1/undos/{id}/items",
    callers: readers,
    summary: "The record of a real run, batch by batch: every item that rested on the cause and what was done with it.",
    params: ofJob,
    query: z.strictObject({ cursor: z.string().max(100).optional() }),
    answer: {
      status: 200,
      schema: z.strictObject({
        batches: z.array(
          z.strictObject({ batch: z.string(), at: z.string(), items: z.array(undoItem.omit({ rank: true })) }),
        ),
        cursor: z.string().optional(),
      }),
      description: "Up to 20 batches; cursor leads to the next.",
    },
    problems: ["not_found"],
  }),
  "cancel-undo": defineRoute({
    name: "cancel-undo",
    served: "undos",
    method: "POST",
    path: "/v1/undos/{id}/cancellations",
    callers: editors,
    summary: "Stop an undo. What was taken back by then stays taken back, and is on record.",
    params: ofJob,
    query: nothing,
    body: nothing,
    answer: { status: 200, schema: undoView, description: "The undo as it stands now." },
    problems: ["not_found"],
  }),
  "resume-undo": defineRoute({
    name: "resume-undo",
    served: "undos",
    method: "POST",
    path: "/v1/undos/{id}/resumptions",
    callers: editors,
    summary: "Let a cancelled or stalled undo go on where each of its parts was. Harmless where it runs.",
    params: ofJob,
    query: nothing,
    body: nothing,
    answer: { status: 202, schema: undoView, description: "The undo as it stands now." },
    problems: ["not_found"],
  }),
} as const;
