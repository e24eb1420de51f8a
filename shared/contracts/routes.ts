import * as z from "zod";
import { audienceAssessment, audienceHistory } from "../domain/audience.ts";
import { opaqueId } from "../domain/id.ts";
import { item } from "../domain/item.ts";
import { targetView } from "../domain/target.ts";
import { alertRoutes } from "./alert-routes.ts";
import { caseRoutes } from "./case-routes.ts";
import { decisionRoutes } from "./decision-routes.ts";
import { deliveryRoutes } from "./delivery-routes.ts";
import { deskRoutes } from "./desk-routes.ts";
import { explainedVerdict } from "./explained-verdict.ts";
import { feedRoutes } from "./feed-routes.ts";
import { identityRoutes } from "./identity-routes.ts";
import { jobRoutes } from "./job-routes.ts";
import { lookupRoutes } from "./lookup-routes.ts";
import { policyRoutes } from "./policy-routes.ts";
import { problem } from "./problem.ts";
import { defineRoute } from "./route.ts";
import { watchRoutes } from "./watch-routes.ts";

/** Most items in one intake request. */
export const MAX_ITEMS = 100;

const nothing = z.strictObject({});

const intakeResult = z.discriminatedUnion("status", [
  z.strictObject({ status: z.literal("accepted"), id: opaqueId, revision: opaqueId }),
  z.strictObject({ status: z.literal("refused"), index: z.int(), problem }),
]);

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
    callers: ["platform", "moderator", "senior", "lead", "brand", "auditor", "admin"],
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
    callers: ["platform", "moderator", "senior", "lead", "brand", "auditor", "admin"],
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
    callers: ["platform", "moderator", "senior", "lead", "brand", "auditor", "admin"],
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
  ...caseRoutes,
  ...decisionRoutes,
  ...deskRoutes,
  ...lookupRoutes,
  ...identityRoutes,
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
  ...alertRoutes,
  ...deliveryRoutes,
  ...feedRoutes,
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
