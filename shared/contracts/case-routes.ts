import * as z from "zod";
import { clusterMember, caseId as idOfCase } from "../domain/case.ts";
import { LEASE_MINUTES } from "../domain/claim.ts";
import { opaqueId } from "../domain/id.ts";
import { languageTag } from "../domain/item.ts";
import { labelName } from "../domain/label.ts";
import { memberId } from "../domain/member.ts";
import { lane, verdict } from "../domain/verdict.ts";
import { actId, cursor, LOST, limitOf, ofCase, READERS, WORKERS } from "./case-request.ts";
import { caseSummary, caseView, changedCase, noteView } from "./case-view.ts";
import { defineRoute } from "./route.ts";

const nothing = z.strictObject({});
const minutes = z.int().min(1).max(60, "at most 60 minutes").default(LEASE_MINUTES);
const noteText = z.string().trim().min(1, "say something").max(2_000, "at most 2,000 characters");

/** Cases: reading them, who works them, and what is noted for others. */
export const caseRoutes = {
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
} as const;
