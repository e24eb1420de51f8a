import * as z from "zod";
import {
  DECISION_REASONS,
  decision,
  exception,
  caseId as idOfCase,
  moderationCase,
  OUTCOMES,
  REOPEN_REASONS,
} from "../domain/case.ts";
import { labelName } from "../domain/label.ts";
import { actId, LOST, ofCase, WORKERS } from "./case-request.ts";
import { changedCase, decisionView } from "./case-view.ts";
import { problem } from "./problem.ts";
import { defineRoute } from "./route.ts";

/** Most cases in one bulk decision. */
export const MAX_BULK = 100;

const nothing = z.strictObject({});

const judgement = {
  outcome: z.enum(OUTCOMES),
  reason: z.enum(DECISION_REASONS),
  note: z.string().max(2_000, "at most 2,000 characters").optional(),
  /** With the outcome `correct`, and only then: the labels as they should be. */
  labels: z.array(labelName).max(12).optional(),
};
const labelsFit = ({ outcome, labels }: { outcome: string; labels?: readonly string[] | undefined }): boolean =>
  (outcome === "correct") === (labels !== undefined);
const LABELS_FIT = { path: ["labels"], error: "needed with the outcome correct, and only then" };

const decidedCase = z.strictObject({
  id: idOfCase,
  state: moderationCase.shape.state,
  version: z.int(),
  decision: decisionView,
});

/** What is decided of cases, and taking that back. */
export const decisionRoutes = {
  decide: defineRoute({
    name: "decide",
    method: "POST",
    path: "/v1/cases/{id}/decisions",
    callers: WORKERS,
    summary:
      "Uphold or overturn what the policy did, correct its labels, or escalate. Of a cluster it is about every item, with the exceptions named. Losing a race is an answer (409) with the case's state, never an error.",
    params: ofCase,
    query: nothing,
    body: z
      .strictObject({
        id: actId,
        ...judgement,
        version: z.int().min(1),
        /** Items of a cluster that are judged otherwise. */
        exceptions: z.array(exception).max(50, "at most 50: decide the others by themselves").optional(),
      })
      .refine(labelsFit, LABELS_FIT),
    answer: { status: 200, schema: decidedCase, description: "The case as decided." },
    problems: [...LOST, "case_escalated"],
  }),
  "decide-many": defineRoute({
    name: "decide-many",
    served: "decide",
    method: "POST",
    path: "/v1/decisions",
    callers: WORKERS,
    summary: `One judgement for up to ${MAX_BULK} cases, each with its own result.`,
    params: nothing,
    query: nothing,
    body: z
      .strictObject({
        /** Each decision's id is this one, a hyphen and its case. */
        id: z.string().regex(/^[A-Za-z0-9_-]{8,40}$/, "8-40 letters, digits, _ or -"),
        ...judgement,
        cases: z
          .array(z.strictObject({ id: idOfCase, version: z.int().min(1) }))
          .min(1, "at least one")
          .max(MAX_BULK, `at most ${MAX_BULK}`),
      })
      .refine(labelsFit, LABELS_FIT),
    answer: {
      status: 200,
      schema: z
        .strictObject({
          results: z.array(
            z.discriminatedUnion("status", [
              z.strictObject({ status: z.literal("decided"), id: idOfCase, version: z.int(), decision: z.string() }),
              z.strictObject({ status: z.literal("refused"), id: idOfCase, problem }),
            ]),
          ),
        })
        .meta({ id: "BulkAnswer" }),
      description: "One result for each case, in the order sent.",
    },
    problems: [],
  }),
  "undo-decision": defineRoute({
    name: "undo-decision",
    served: "decide",
    method: "POST",
    path: "/v1/cases/{id}/undo",
    callers: WORKERS,
    summary:
      "Take back a decision within ten minutes: one's own, or as a lead anybody's. Those who were told of it are told.",
    params: ofCase,
    query: nothing,
    body: z.strictObject({ decision: decision.shape.id }),
    answer: { status: 200, schema: changedCase, description: "The case, open again." },
    problems: ["not_found", "case_changed", "undo_over", "case_claimed"],
  }),
  "reopen-case": defineRoute({
    name: "reopen-case",
    served: "decide",
    method: "POST",
    path: "/v1/cases/{id}/reopen",
    callers: ["senior", "lead", "admin"],
    summary: "Open a decided case again, for a reason, whenever it was decided.",
    params: ofCase,
    query: nothing,
    body: z.strictObject({ reason: z.enum(REOPEN_REASONS), version: z.int().min(1) }),
    answer: { status: 200, schema: changedCase, description: "The case, open again." },
    problems: ["not_found", "case_changed"],
  }),
} as const;
