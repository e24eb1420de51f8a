import * as z from "zod";
import { breakerEvent, quarantine } from "../domain/breaker.ts";
import { policyVersion } from "../domain/policy-state.ts";
import { shadowDifference } from "../domain/shadow.ts";
import { action } from "../domain/verdict.ts";
import { policyId } from "../policy/policy-document.ts";
import { defineRoute } from "./route.ts";

const nothing = z.strictObject({});
const count = z.int().min(0);

/** A share with its 95% interval (Wilson); 0 to 1 where nothing was counted. */
const share = z.strictObject({ estimate: z.number(), low: z.number(), high: z.number() });

/** What a candidate that runs beside would have done otherwise. */
const shadowReport = z
  .strictObject({
    id: policyId,
    version: policyVersion,
    /** Whether it still runs beside. */
    isRunning: z.boolean(),
    /** When its first item was counted. */
    since: z.string().optional(),
    /** Items of which it was asked; each is counted at most once, whatever happens on its way. */
    evaluated: count,
    different: count,
    share,
    /** `from` and `to` are alike where only the queue would have been another. */
    moves: z.array(z.strictObject({ from: action, to: action, items: count, share })),
    /** The latest differing items whose verdicts are still there, newest first. */
    latest: z.array(shadowDifference),
  })
  .meta({ id: "ShadowReport" });

const breakerView = z
  .strictObject({
    quarantines: z.array(quarantine),
    /** Newest first; `note` is what the person wrote who ended one. */
    history: z.array(breakerEvent.extend({ note: z.string().optional() })),
  })
  .meta({ id: "Quarantines" });

/** Routes of what is watched while items flow: candidates in shadow, and the flood breaker. */
export const watchRoutes = {
  "get-shadow": defineRoute({
    name: "get-shadow",
    served: "shadows",
    method: "GET",
    path: "/v1/policies/{id}/shadows",
    callers: ["admin", "lead", "senior", "moderator", "auditor"],
    summary:
      "What a version of a policy that runs in shadow would have done otherwise; without `version` the one that was started last.",
    params: z.strictObject({ id: policyId }),
    query: z.strictObject({
      version: z
        .string()
        .regex(/^[1-9]\d{0,7}$/, "the number of a version, from 1 on")
        .optional(),
    }),
    answer: { status: 200, schema: shadowReport, description: "Counts, and the latest items that differ." },
    problems: ["not_found"],
  }),
  "list-quarantines": defineRoute({
    name: "list-quarantines",
    served: "quarantines",
    method: "GET",
    path: "/v1/quarantines",
    callers: ["admin", "lead", "senior", "moderator", "auditor"],
    summary: "Rules and labels that the flood breaker holds at `flag`, and what it did lately.",
    params: nothing,
    query: nothing,
    answer: { status: 200, schema: breakerView, description: "What is held now, and the latest events." },
    problems: [],
  }),
  "reset-quarantine": defineRoute({
    name: "reset-quarantine",
    served: "quarantines",
    method: "POST",
    path: "/v1/quarantines/resets",
    callers: ["admin", "lead"],
    summary:
      "Say that a rule's or label's share is right as it is: it is held no longer, and its usual band is learned anew.",
    params: nothing,
    query: nothing,
    body: z.strictObject({
      subject: quarantine.shape.subject,
      name: z.string().min(1, "the rule or label").max(60, "at most 60 characters"),
      note: z.string().min(1, "say why").max(500, "at most 500 characters"),
    }),
    answer: {
      status: 200,
      /** Nothing is closed where somebody else was faster. */
      schema: z.strictObject({ closed: z.array(quarantine) }).meta({ id: "QuarantineReset" }),
      description: "What was held and is not any more.",
    },
    problems: ["not_found"],
  }),
} as const;
