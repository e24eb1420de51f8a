import * as z from "zod";
import { subscriptionId } from "../domain/alert.ts";
import { breakerEvent } from "../domain/breaker.ts";
import { decision, lastEvent, moderationCase } from "../domain/case.ts";
import { itemRef, tenantId, timestamp } from "../domain/id.ts";
import { item } from "../domain/item.ts";
import { JOB_KINDS, jobId } from "../domain/job.ts";
import { reversal } from "../domain/reversal.ts";
import { contentDigest, verdict } from "../domain/verdict.ts";

/** Largest body of one SQS message in bytes. */
export const MAX_MESSAGE_BYTES = 1_048_576;

/**
 * An item on its way to its scorer. A public item travels as it is; a private one only `sealed` (base64). `verdict` is
 * there when `POST /v1/score` made it already: the scorer then stores and publishes that one.
 */
export const itemMessage = z
  .strictObject({
    v: z.literal(1),
    tenant: tenantId,
    ref: itemRef,
    digest: contentDigest,
    receivedAt: timestamp,
    item: item.optional(),
    sealed: z.base64().optional(),
    verdict: verdict.optional(),
  })
  .refine((message) => (message.item === undefined) !== (message.sealed === undefined), {
    error: "either item or sealed",
  });
export type ItemMessage = z.infer<typeof itemMessage>;

/**
 * Of a message that was too much for one run and sent on: the subscriptions that it is still for, in the order of their
 * ids, `until` included. All else that it leads to is done.
 */
const subscriptions = z.strictObject({ after: subscriptionId.optional(), until: subscriptionId.optional() }).optional();
export type SubscriptionRange = NonNullable<z.infer<typeof subscriptions>>;

/** What leaves the topic `verdicts`: the verdict, which holds no words of the item. */
export const verdictMessage = z.strictObject({ v: z.literal(1), verdict, subscriptions });
export type VerdictMessage = z.infer<typeof verdictMessage>;

/**
 * What leaves the topic `decisions`: who decided what of which item; never the note. `event` says whether the decision was
 * made or no longer holds. Of a cluster each item has its own, with the same `caseId` and `version`. Events may come twice
 * and in another order: of those about an item the one with the greatest `version` holds.
 */
export const decisionMessage = z.strictObject({
  v: z.literal(1),
  event: lastEvent.shape.kind,
  tenant: tenantId,
  caseId: moderationCase.shape.id,
  ref: itemRef,
  action: verdict.shape.action,
  labels: z.array(z.string()),
  policy: verdict.shape.policy,
  decision: decision.omit({ note: true, exceptions: true }),
  /** Where an undo took the action back: what it was and what it is now. */
  reversal: reversal.pick({ from: true, to: true }).optional(),
  /** Of the item, where it may have no case that says so. */
  receivedAt: timestamp.optional(),
  version: z.int(),
  subscriptions,
});
export type DecisionMessage = z.infer<typeof decisionMessage>;

/** One stretch of a part of a backtest or an undo; where it begins is stored, not said. */
export const jobMessage = z.strictObject({
  v: z.literal(1),
  tenant: tenantId,
  kind: z.enum(JOB_KINDS),
  job: jobId,
  part: z.int().min(0).max(999),
  leg: z.int().min(0).max(9_999),
});
export type JobMessage = z.infer<typeof jobMessage>;

/** A case began to wait; published where the tenant has somebody who wants to hear of it. `at` is that of its verdict. */
const caseOpened = z.strictObject({
  type: z.literal("case.opened"),
  case: moderationCase.shape.id,
  at: timestamp,
});

/** What leaves the topic `events`: something that people should know of, in codes and numbers. */
export const eventMessage = z.strictObject({
  v: z.literal(1),
  tenant: tenantId,
  event: z.discriminatedUnion("type", [breakerEvent, caseOpened]),
  subscriptions,
});
export type EventMessage = z.infer<typeof eventMessage>;
