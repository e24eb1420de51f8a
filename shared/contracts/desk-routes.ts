import * as z from "zod";
import { AUDIT_ACTIONS, auditEntry } from "../domain/audit.ts";
import { caseId } from "../domain/case.ts";
import { queue, routing } from "../domain/routing.ts";
import { lane } from "../domain/verdict.ts";
import { cursor, limitOf, WORKERS } from "./case-request.ts";
import { defineRoute } from "./route.ts";

const nothing = z.strictObject({});

/** Running the desk: its queues, and the log of all that is done there. */
export const deskRoutes = {
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
      case: caseId.optional(),
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
