import * as z from "zod";
import { AUDIT_ACTIONS, auditEntry } from "../domain/audit.ts";
import {
  clusterMember,
  DECISION_REASONS,
  decision,
  exception,
  caseId as idOfCase,
  moderationCase,
  OUTCOMES,
  REOPEN_REASONS,
} from "../domain/case.ts";
import { LEASE_MINUTES } from "../domain/claim.ts";
import { opaqueId } from "../domain/id.ts";
import { languageTag } from "../domain/item.ts";
import { labelName } from "../domain/label.ts";
import { memberId } from "../domain/member.ts";
import { queue, routing } from "../domain/routing.ts";
import { lane, verdict } from "../domain/verdict.ts";
import { caseSummary, caseView, changedCase, decisionView, noteView } from "./case-view.ts";
import { problem } from "./problem.ts";
import { defineRoute } from "./route.ts";

/** Most cases in one bulk decision. */
export const MAX_BULK = 100;

const nothing = z.strictObject({});
const ofCase = z.strictObject({ id: idOfCase });
const WORKERS = ["moderator", "senior", "lead", "admin"] as const;
const READERS = [...WORKERS, "auditor", "brand"] as const;

const limitOf = (fallback: string) =>
  z
    .string()
    .regex(/^([1-9]|[1-9]\d|1\d\d|200)$/, "a number from 1 to 200")
    .default(fallback);
const cursor = z.string().max(2_000).optional();

/** Made up by the caller: the same request sent again is the same act. */
const actId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, "8-64 letters, digits, _ or -");
const minutes = z.int().min(1).max(60, "at most 60 minutes").default(LEASE_MINUTES);
const noteText = z.string().trim().min(1, "say something").max(2_000, "at most 2,000 characters");

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

const LOST = ["not_found", "case_claimed", "case_joined", "case_decided", "case_changed"] as const;

/** The review desk: queues, cases, who works them, what is decided, and the log of all that. */
export const deskRoutes = {
  "list-cases": defineRoute({
    name: "list-cases",
    method: "GET",
    path: "/v1/cases",
    callers: READERS,
    summary:
      "Open cases of a queue in fair order: severe safety first, then by severity class, longest waiting first. With filters a page may be short, or empty, and still have a cursor.",
    params: nothing,
    query: z.strictObject({
      queue: verdict.shape.queue.default("default"),
      lane: lane.optional(),
      kind: z.enum(["post", "review", "audience"]).optional(),
      label: labelName.optional(),
      language: languageTag.optional(),
      brand: opaqueId.optional(),
      productLine: verdict.shape.productLine,
      held: z.enum(["me", "others", "free"]).optional(),
      limit: limitOf("50"),
      cursor,
    }),
    answer: {
      status: 200,
      schema: z.strictObject({ cases: z.array(caseSummary), cursor: z.string().optional() }),
      description: "A page of cases; cursor leads to the next.",
    },
    problems: [],
  }),
  "get-case": defineRoute({
    name: "get-case",
    method: "GET",
    path: "/v1/cases/{id}",
    callers: READERS,
    summary:
      "One case with its verdict, its reasons in words, its content where policy lets us keep it, notes, and decisions. Reading is logged before it is answered. Auditors see no words; brands see cases that concern them.",
    params: ofCase,
    query: nothing,
    answer: { status: 200, schema: caseView, description: "The case." },
    problems: ["not_found"],
  }),
  "list-cluster": defineRoute({
    name: "list-cluster",
    served: "get-case",
    method: "GET",
    path: "/v1/cases/{id}/members",
    callers: READERS,
    summary: "The items of a cluster beside its first, each with its own case.",
    params: ofCase,
    query: z.strictObject({ limit: limitOf("50"), cursor: idOfCase.optional() }),
    answer: {
      status: 200,
      schema: z.strictObject({ members: z.array(clusterMember), cursor: z.string().optional() }),
      description: "A page of members; cursor leads to the next.",
    },
    problems: ["not_found"],
  }),
  "next-case": defineRoute({
    name: "next-case",
    served: "claim-case",
    method: "POST",
    path: "/v1/next",
    callers: WORKERS,
    summary:
      "Claim the next case for the caller, in fair order over the queues that they work, in their languages where that lets nothing wait too long. No two callers are given the same case.",
    params: nothing,
    query: nothing,
    body: z.strictObject({ queue: verdict.shape.queue.optional(), minutes }),
    answer: {
      status: 200,
      schema: z.strictObject({ case: changedCase.optional() }),
      description: "The claimed case; left out where nothing waits.",
    },
    problems: [],
  }),
  "claim-case": defineRoute({
    name: "claim-case",
    method: "POST",
    path: "/v1/cases/{id}/claim",
    callers: WORKERS,
    summary: "Claim this case. The log says if it was another's turn.",
    params: ofCase,
    query: nothing,
    body: z.strictObject({ minutes }),
    answer: { status: 200, schema: changedCase, description: "The case, held by the caller." },
    problems: LOST,
  }),
  "extend-claim": defineRoute({
    name: "extend-claim",
    served: "claim-case",
    method: "POST",
    path: "/v1/cases/{id}/extend",
    callers: WORKERS,
    summary:
      "The heartbeat of a claim: it lasts so many minutes from now. One that had ended is taken up again if nobody else claimed the case since.",
    params: ofCase,
    query: nothing,
    body: z.strictObject({ minutes }),
    answer: { status: 200, schema: changedCase, description: "The case, held by the caller." },
    problems: LOST,
  }),
  "release-case": defineRoute({
    name: "release-case",
    served: "claim-case",
    method: "POST",
    path: "/v1/cases/{id}/release",
    callers: WORKERS,
    summary: "Give a case back to its queue, where it stands as long as it has waited.",
    params: ofCase,
    query: nothing,
    body: nothing,
    answer: { status: 200, schema: changedCase, description: "The case, held by nobody." },
    problems: LOST,
  }),
  "transfer-case": defineRoute({
    name: "transfer-case",
    served: "claim-case",
    method: "POST",
    path: "/v1/cases/{id}/transfer",
    callers: WORKERS,
    summary: "Hand a case that the caller holds (leads: any) to another member, for an hour.",
    params: ofCase,
    query: nothing,
    body: z.strictObject({ to: memberId }),
    answer: { status: 200, schema: changedCase, description: "The case, held by the other." },
    problems: [...LOST, "no_such_member"],
  }),
  "look-at-case": defineRoute({
    name: "look-at-case",
    served: "claim-case",
    method: "POST",
    path: "/v1/cases/{id}/presence",
    callers: WORKERS,
    summary: "Say that the caller looks at a case, for a minute, and learn who else does.",
    params: ofCase,
    query: nothing,
    body: nothing,
    answer: {
      status: 200,
      schema: z.strictObject({ others: z.array(z.strictObject({ by: z.string(), since: z.string() })) }),
      description: "Who else looks at it.",
    },
    problems: ["not_found"],
  }),
  "note-case": defineRoute({
    name: "note-case",
    method: "POST",
    path: "/v1/cases/{id}/notes",
    callers: WORKERS,
    summary: "Add a note for others at the desk; it is sealed where it is stored, and never changed.",
    params: ofCase,
    query: nothing,
    body: z.strictObject({ id: actId, text: noteText }),
    answer: { status: 200, schema: noteView, description: "The note." },
    problems: ["not_found"],
  }),
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
  "list-queues": defineRoute({
    name: "list-queues",
    method: "GET",
    path: "/v1/queues",
    callers: [...WORKERS, "auditor"],
    summary: "The queues with their rules, how many cases wait in each lane, and how long the oldest has.",
    params: nothing,
    query: nothing,
    answer: {
      status: 200,
      schema: z
        .strictObject({
          version: z.int(),
          queues: z.array(
            queue.extend({
              lanes: z.array(
                z.strictObject({
                  lane,
                  /** Exact up to ten or more; above it is counted beside the cases and may be a few off. */
                  waiting: z.int(),
                  oldestSeconds: z.int().optional(),
                }),
              ),
            }),
          ),
        })
        .meta({ id: "Queues" }),
      description: "The queues in the order in which their rules are asked.",
    },
    problems: [],
  }),
  "set-queues": defineRoute({
    name: "set-queues",
    method: "POST",
    path: "/v1/queues",
    callers: ["lead", "admin"],
    summary: "Replace the queues and their rules. Cases that wait stay where they are.",
    params: nothing,
    query: nothing,
    body: z.strictObject({ version: z.int().min(0), queues: routing.shape.queues }),
    answer: { status: 200, schema: z.strictObject({ version: z.int() }), description: "The version that holds now." },
    problems: ["queues_changed"],
  }),
  "list-audit": defineRoute({
    name: "list-audit",
    method: "GET",
    path: "/v1/audit",
    callers: ["auditor", "admin"],
    summary:
      "The log of a day or of a case, the newest first: who did what, in codes and pseudonyms. With filters a page may be short, or empty, and still have a cursor.",
    params: nothing,
    query: z.strictObject({
      day: z.iso.date("a day such as 2026-11-22").optional(),
      case: idOfCase.optional(),
      actor: auditEntry.shape.actor.min(1).optional(),
      action: z.enum(AUDIT_ACTIONS).optional(),
      limit: limitOf("100"),
      cursor,
    }),
    answer: {
      status: 200,
      schema: z.strictObject({ entries: z.array(auditEntry), cursor: z.string().optional() }),
      description: "A page of entries; cursor leads to the next.",
    },
    problems: [],
  }),
} as const;
