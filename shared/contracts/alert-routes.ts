import * as z from "zod";
import { alert, alertFacts, alertId, subscriptionId } from "../domain/alert.ts";
import { place } from "../domain/alert-event.ts";
import { caseId } from "../domain/case.ts";
import { itemRef, opaqueId } from "../domain/id.ts";
import { labelName } from "../domain/label.ts";
import { subscription, subscriptionDocument } from "../domain/subscription.ts";
import type { ProblemCode } from "./problem.ts";
import { defineRoute } from "./route.ts";

const nothing = z.strictObject({});
const ofSubscription = z.strictObject({ id: subscriptionId });
const ofAlert = z.strictObject({ id: alertId });
const READERS = ["moderator", "senior", "lead", "brand", "auditor", "admin", "platform"] as const;
const OWNERS = ["moderator", "senior", "lead", "brand", "admin", "platform"] as const;
const INBOX = ["moderator", "senior", "lead", "brand", "auditor", "admin"] as const;

/**
 * A subscription as it is shown. The address of a chat room ends with `/…`: whoever knows it whole can write there. So does
 * a webhook's with `?…` that has a query.
 */
export const subscriptionView = subscription
  .omit({ tenant: true })
  .extend({
    state: z.enum(["active", "paused"]),
    /** May the caller change it? */
    mayChange: z.boolean(),
  })
  .meta({ id: "SubscriptionView" });
export type SubscriptionView = z.infer<typeof subscriptionView>;

/** An alert of the inbox: what happened, in ids, codes, numbers and our own words. */
export const alertView = z
  .strictObject({
    ...alertFacts.omit({ tenant: true, samples: true, escalatedFrom: true }).shape,
    brands: alert.shape.brands,
    /** How its first message went: at once, gathered until then, or to the inbox only. */
    notice: alert.shape.notice,
    told: alert.shape.told,
    acknowledged: alert.shape.acknowledged,
    escalations: z.int().min(0),
    /** Some of the items, the earliest first, with their cases, which show them at the reader's level of access. */
    items: z.array(z.strictObject({ ref: itemRef, case: caseId })).max(20),
    record: alert.shape.record,
  })
  .meta({ id: "AlertView" });
export type AlertView = z.infer<typeof alertView>;

const seenVersion = z.strictObject({ version: z.int().min(1) });
const standing = { status: 200, schema: subscriptionView, description: "The subscription as it stands now." } as const;
const LOST = ["not_found", "subscription_changed"] as const;

const change = <Name extends string, Code extends ProblemCode>(
  name: Name,
  path: `/v1/${string}`,
  summary: string,
  also: Code,
) =>
  defineRoute({
    name,
    served: "edit-subscriptions",
    method: "POST",
    path,
    callers: OWNERS,
    summary,
    params: ofSubscription,
    query: nothing,
    body: seenVersion,
    answer: standing,
    problems: [...LOST, also],
  });

/** Subscriptions and the inbox of alerts. Brands' members see and change what is theirs alone. */
export const alertRoutes = {
  "list-subscriptions": defineRoute({
    name: "list-subscriptions",
    served: "subscriptions",
    method: "GET",
    path: "/v1/subscriptions",
    callers: READERS,
    summary: "Subscriptions: who hears of what, by which channel and when. Brands see theirs, platforms their own.",
    params: nothing,
    query: nothing,
    answer: {
      status: 200,
      schema: z.strictObject({ subscriptions: z.array(subscriptionView) }).meta({ id: "SubscriptionList" }),
      description: "All that the caller may see, by name.",
    },
    problems: [],
  }),
  "get-subscription": defineRoute({
    name: "get-subscription",
    served: "subscriptions",
    method: "GET",
    path: "/v1/subscriptions/{id}",
    callers: READERS,
    summary: "One subscription.",
    params: ofSubscription,
    query: nothing,
    answer: { status: 200, schema: subscriptionView, description: "The subscription." },
    problems: ["not_found"],
  }),
  "save-subscription": defineRoute({
    name: "save-subscription",
    served: "edit-subscriptions",
    method: "POST",
    path: "/v1/subscriptions/{id}",
    callers: OWNERS,
    summary:
      "Make a subscription (version 0, under an id that the caller makes up) or change one that was seen at that version. Sent twice it is done once. A chat address that ends with /…, and a webhook's that ends with ?…, stays as it is.",
    params: ofSubscription,
    query: nothing,
    body: z.strictObject({ version: z.int().min(0), document: subscriptionDocument }),
    answer: standing,
    problems: [...LOST, "too_many_subscriptions", "subscription_needed", "asked_too_often"],
  }),
  "enable-subscription": change(
    "enable-subscription",
    "/v1/subscriptions/{id}/enable",
    "Let a subscription that stands still go on. One by e-mail whose reader has not confirmed the address, or has unsubscribed, goes on waiting for them: the address is asked (again). One whose owner is gone (`owner_gone`) goes over to you.",
    "asked_too_often",
  ),
  "disable-subscription": change(
    "disable-subscription",
    "/v1/subscriptions/{id}/disable",
    "Let a subscription stand still: nothing is sent, and nothing new comes into the inbox by it. Refused while others pass their duties on to it.",
    "subscription_needed",
  ),
  "delete-subscription": change(
    "delete-subscription",
    "/v1/subscriptions/{id}/delete",
    "Remove a subscription. Its alerts stay in the inbox; what waits to be delivered is cancelled. Refused while others pass their duties on to it.",
    "subscription_needed",
  ),
  "list-alerts": defineRoute({
    name: "list-alerts",
    served: "alerts",
    method: "GET",
    path: "/v1/alerts",
    callers: INBOX,
    summary:
      "The inbox: alerts that began in the last days, the newest first; with duty=waiting those that wait to be acknowledged, whenever they began. With filters a page may be short, or empty, and still have a cursor.",
    params: nothing,
    query: z.strictObject({
      subscription: subscriptionId.optional(),
      place: place.optional(),
      label: labelName.optional(),
      brand: opaqueId.optional(),
      state: z.enum(["open", "ended"]).optional(),
      /** `waiting`: must be acknowledged and nobody has. */
      duty: z.enum(["waiting", "acknowledged"]).optional(),
      days: z
        .string()
        .regex(/^([1-9]|[12]\d|3[01])$/, "a number of days from 1 to 31")
        .default("7"),
      limit: z
        .string()
        .regex(/^([1-9]|[1-9]\d|100)$/, "a number from 1 to 100")
        .default("50"),
      /** Where the page before ended. */
      cursor: z
        .string()
        .regex(/^\d{4}-\d\d-\d\d(\.alr_[A-Za-z0-9_-]{10,50})?$/, "the cursor of the page before")
        .optional(),
    }),
    answer: {
      status: 200,
      schema: z.strictObject({ alerts: z.array(alertView), cursor: z.string().optional() }).meta({ id: "AlertList" }),
      description: "A page of alerts; cursor leads to the next.",
    },
    problems: [],
  }),
  "get-alert": defineRoute({
    name: "get-alert",
    served: "alerts",
    method: "GET",
    path: "/v1/alerts/{id}",
    callers: INBOX,
    summary:
      "One alert with what it has gathered by now, and its record: told to whom, acknowledged by whom, passed on.",
    params: ofAlert,
    query: nothing,
    answer: { status: 200, schema: alertView, description: "The alert." },
    problems: ["not_found"],
  }),
  "acknowledge-alert": defineRoute({
    name: "acknowledge-alert",
    served: "alerts",
    method: "POST",
    path: "/v1/alerts/{id}/acknowledge",
    callers: ["moderator", "senior", "lead", "brand", "admin"],
    summary: "Say that somebody has seen an alert and sees to it. The first who does so stays.",
    params: ofAlert,
    query: nothing,
    body: nothing,
    answer: { status: 200, schema: alertView, description: "The alert." },
    problems: ["not_found"],
  }),
} as const;
