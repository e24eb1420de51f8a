import * as z from "zod";
import { audienceAssessment, audienceHistory } from "../domain/audience.ts";
import { DECISION_REASONS, decisionReason, moderationCase, outcome } from "../domain/case.ts";
import { opaqueId } from "../domain/id.ts";
import { item } from "../domain/item.ts";
import { reversal } from "../domain/reversal.ts";
import { targetView } from "../domain/target.ts";
import { lane, verdict } from "../domain/verdict.ts";
import { jobRoutes } from "./job-routes.ts";
import { policyRoutes } from "./policy-routes.ts";
import { problem } from "./problem.ts";
import { defineRoute } from "./route.ts";
import { watchRoutes } from "./watch-routes.ts";

/** Most items in one intake request. */
export const MAX_ITEMS = 100;

const nothing = z.strictObject({});
const caseId = moderationCase.shape.id;

/** How an action was taken back, with a sentence that says so. */
const reversalView = reversal.extend({ explanation: z.string() }).meta({ id: "Reversal" });

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

/** A case as moderators see it in the queue; order and content never show the author's reach. */
export const caseSummary = moderationCase
  .pick({ id: true, state: true, queue: true, lane: true, ref: true, openedAt: true, version: true })
  .extend({
    action: verdict.shape.action,
    severity: verdict.shape.severity,
    labels: z.array(z.strictObject({ label: z.string(), title: z.string(), probability: z.number() })),
    surface: verdict.shape.surface,
    visibility: verdict.shape.visibility,
    ageSeconds: z.int(),
  })
  .meta({ id: "CaseSummary" });

const intakeResult = z.discriminatedUnion("status", [
  z.strictObject({ status: z.literal("accepted"), id: opaqueId, revision: opaqueId }),
  z.strictObject({ status: z.literal("refused"), index: z.int(), problem }),
]);

const decisionView = z.strictObject({
  id: z.string(),
  outcome,
  reason: decisionReason,
  by: z.string(),
  at: z.string(),
  note: z.string().optional(),
});

export const routes = {
  intake: defineRoute({
    name: "intake",
    method: "POST",
    path: "/v1/items",
    callers: ["platform"],
    summary: "Hand in up to 100 items; each is accepted (a verdict will follow) or refused with the reason.",
    params: nothing,
    query: nothing,
    // The items themselves are parsed one by one by the use case, so that one bad item does not refuse the others.
    body: z.strictObject({
      items: z
        .array(z.unknown().meta({ id: "AnyItem" }))
        .min(1, "at least one")
        .max(MAX_ITEMS, `at most ${MAX_ITEMS}; send the rest in further requests`),
    }),
    answer: {
      status: 202,
      schema: z.strictObject({ results: z.array(intakeResult) }).meta({ id: "IntakeAnswer" }),
      description: "One result for each item, in the order sent.",
    },
    problems: ["none_accepted", "revision_conflict", "over_quota", "too_large"],
  }),
  score: defineRoute({
    name: "score",
    method: "POST",
    path: "/v1/score",
    callers: ["platform"],
    summary:
      "Score one item now. With store=true the verdict is stored and published as if the item had been handed in.",
    params: nothing,
    query: z.strictObject({ store: z.enum(["true", "false"]).default("false") }),
    body: z.strictObject({ item }),
    answer: { status: 200, schema: explainedVerdict, description: "The verdict." },
    problems: ["revision_conflict", "over_quota", "too_large"],
  }),
  "get-verdict": defineRoute({
    name: "get-verdict",
    method: "GET",
    path: "/v1/verdicts/{kind}/{id}",
    callers: ["platform", "moderator", "brand", "admin"],
    summary: "The verdicts of an item, newest first, or of one revision.",
    params: z.strictObject({ kind: z.enum(["post", "review", "follow", "audience"]), id: opaqueId }),
    query: z.strictObject({ revision: opaqueId.optional() }),
    answer: {
      status: 200,
      schema: z.strictObject({
        verdicts: z.array(explainedVerdict),
        /** Revisions that were accepted and are not scored yet. */
        pending: z.array(opaqueId),
        /** Revisions of follow and audience messages that are reflected in their account's audience verdict. */
        reflected: z.array(opaqueId),
      }),
      description: "Verdicts, and revisions that still wait for theirs.",
    },
    problems: ["not_found"],
  }),
  "get-target": defineRoute({
    name: "get-target",
    method: "GET",
    path: "/v1/targets/{id}",
    callers: ["platform", "moderator", "brand", "admin"],
    summary: "What is known of a target: its ratings with and without reviews that are consistent with fakery.",
    params: z.strictObject({ id: opaqueId }),
    query: nothing,
    answer: { status: 200, schema: targetView, description: "The target, as of the reviews scored so far." },
    problems: ["not_found"],
  }),
  "get-audience": defineRoute({
    name: "get-audience",
    method: "GET",
    path: "/v1/accounts/{id}/audience",
    callers: ["platform", "moderator", "brand", "admin"],
    summary: "The newest verdict on an account's following, with its version and what its pictures are drawn from.",
    params: z.strictObject({ id: opaqueId }),
    query: nothing,
    answer: {
      status: 200,
      schema: z
        .strictObject({
          version: z.int().min(1),
          assessment: audienceAssessment,
          verdict: explainedVerdict,
          /** What was missing or odd, in words. */
          notes: z.array(z.string()),
          /** Left out where the counts were forgotten before the verdict was. */
          history: audienceHistory.optional(),
        })
        .meta({ id: "AudienceView" }),
      description: "The audience, as of the follow events reflected so far.",
    },
    problems: ["not_found"],
  }),
  "list-cases": defineRoute({
    name: "list-cases",
    method: "GET",
    path: "/v1/cases",
    callers: ["moderator", "admin"],
    summary: "Open cases of a queue in fair order: severe safety first, then by severity class, longest waiting first.",
    params: nothing,
    query: z.strictObject({
      queue: verdict.shape.queue.default("default"),
      lane: lane.optional(),
      limit: z
        .string()
        .regex(/^([1-9]|[1-9]\d|1\d\d|200)$/, "a number from 1 to 200")
        .default("50"),
      cursor: z.string().max(2_000).optional(),
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
    callers: ["moderator", "admin"],
    summary:
      "One case with its verdict, its reasons in words, its content where policy lets us keep it, and its decision.",
    params: z.strictObject({ id: caseId }),
    query: nothing,
    answer: {
      status: 200,
      schema: moderationCase
        .omit({ tenant: true, verdict: true, decision: true, reversed: true })
        .extend({
          reversed: reversalView.optional(),
          verdict: explainedVerdict.omit({ ref: true, queue: true, lane: true, reversed: true }),
          content: z
            .strictObject({
              text: z.string(),
              title: z.string().optional(),
              /** The text is a shortened excerpt; spans of the verdict do not point into it. */
              excerpt: z.boolean(),
            })
            .optional(),
          contentWithheld: z.enum(["no_text", "private", "expired", "erased"]).optional(),
          decision: decisionView.optional(),
        })
        .meta({ id: "CaseView" }),
      description: "The case.",
    },
    problems: ["not_found"],
  }),
  decide: defineRoute({
    name: "decide",
    method: "POST",
    path: "/v1/cases/{id}/decisions",
    callers: ["moderator", "admin"],
    summary:
      "Uphold or overturn what the policy did. Losing a race is an answer (409) with the case's state, never an error.",
    params: z.strictObject({ id: caseId }),
    query: nothing,
    body: z.strictObject({
      /** Made up by the caller; sending the same id again repeats no decision. */
      id: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, "8-64 letters, digits, _ or -"),
      outcome,
      reason: z.enum(DECISION_REASONS),
      version: z.int().min(1),
      note: z.string().max(2_000, "at most 2,000 characters").optional(),
    }),
    answer: {
      status: 200,
      schema: z.strictObject({
        id: caseId,
        state: moderationCase.shape.state,
        version: z.int(),
        decision: decisionView,
      }),
      description: "The case as decided.",
    },
    problems: ["not_found", "case_decided", "case_changed"],
  }),
  "erase-author": defineRoute({
    name: "erase-author",
    method: "POST",
    path: "/v1/authors/{id}/erasures",
    callers: ["admin"],
    summary:
      "Forget an author: their verdicts, words and scoring state go, their content key is destroyed, cases keep a pseudonym. Call again with the cursor until done.",
    params: z.strictObject({ id: opaqueId }),
    query: nothing,
    body: z.strictObject({ cursor: z.string().max(2_000).optional() }),
    answer: {
      status: 200,
      schema: z
        .strictObject({
          /** Items forgotten, and items under legal hold (child_safety), in this call. */
          erased: z.int(),
          held: z.int(),
          done: z.boolean(),
          cursor: z.string().optional(),
        })
        .meta({ id: "Erasure" }),
      description: "How far the erasure has come.",
    },
    problems: [],
  }),
  ...policyRoutes,
  ...jobRoutes,
  ...watchRoutes,
  health: defineRoute({
    name: "health",
    method: "GET",
    path: "/v1/health",
    callers: "public",
    summary: "Whether the API and its directory answer.",
    params: nothing,
    query: nothing,
    answer: {
      status: 200,
      schema: z.strictObject({ status: z.literal("ok"), version: z.string() }),
      description: "Everything that a request needs answers.",
    },
    problems: ["unavailable"],
  }),
} as const;

export type RouteName = keyof typeof routes;
