import * as z from "zod";
import { endpointHealth } from "../delivery/endpoint-health.ts";
import { subscriptionId } from "../domain/alert.ts";
import { attempt, DELIVERY_STATES, delivery, deliveryId } from "../domain/delivery.ts";
import { timestamp } from "../domain/id.ts";
import { defineRoute } from "./route.ts";

/** Most deliveries that one request replays; a window of more is replayed page by page. */
export const MOST_REPLAYED = 100;

const nothing = z.strictObject({});
const ofSubscription = z.strictObject({ id: subscriptionId });
const ofDelivery = z.strictObject({ id: deliveryId });
const READERS = ["moderator", "senior", "lead", "brand", "auditor", "admin", "platform"] as const;
const OWNERS = ["moderator", "senior", "lead", "brand", "admin", "platform"] as const;

const cursor = z
  .string()
  .regex(/^[0-9TZ:.-]{20,30}_msg_[A-Za-z0-9_-]{22}$/, "the cursor of the page before")
  .optional();

/** A delivery in the log; `means` says in words what became of it. Never what it told. */
export const deliveryView = delivery
  .omit({ tenant: true, attempts: true, version: true, round: true })
  .extend({
    attempts: z.array(attempt.extend({ means: z.string() })),
    means: z.string().optional(),
  })
  .meta({ id: "DeliveryView" });
export type DeliveryView = z.infer<typeof deliveryView>;

/** A signing secret, as far as it is ever shown again: from when to when it signs. */
const secretSpan = z.strictObject({ since: timestamp, until: timestamp.optional() });

const endpointView = z
  .strictObject({
    /** `well`, `failing` (some failures in a row), `open` (nothing is sent until `openUntil`), `slow`. */
    state: z.enum(["well", "slow", "failing", "open"]),
    ...endpointHealth.pick({ failures: true, failingSince: true, openUntil: true }).shape,
    /** The newest first; those with `until` sign beside it until then. */
    secrets: z.array(secretSpan),
  })
  .meta({ id: "EndpointView" });

/** The log of what was sent to subscribers, and what can be done about it. */
export const deliveryRoutes = {
  "list-deliveries": defineRoute({
    name: "list-deliveries",
    served: "deliveries",
    method: "GET",
    path: "/v1/subscriptions/{id}/deliveries",
    callers: READERS,
    summary:
      "What was sent to a subscription in the last 30 days, newest first, with every attempt and the reason of each failure. With a state a page may be short, or empty, and still have a cursor.",
    params: ofSubscription,
    query: z.strictObject({
      state: z.enum(DELIVERY_STATES).optional(),
      since: timestamp.optional(),
      /** Made before then. */
      until: timestamp.optional(),
      limit: z
        .string()
        .regex(/^([1-9]|[1-9]\d|100)$/, "a number from 1 to 100")
        .default("50"),
      cursor,
    }),
    answer: {
      status: 200,
      schema: z.strictObject({ deliveries: z.array(deliveryView), cursor: z.string().optional() }),
      description: "A page of deliveries; cursor leads to the next.",
    },
    problems: ["not_found"],
  }),
  "get-delivery": defineRoute({
    name: "get-delivery",
    served: "deliveries",
    method: "GET",
    path: "/v1/deliveries/{id}",
    callers: READERS,
    summary: "One delivery with its attempts and the reason of each failure. What it told is not shown.",
    params: ofDelivery,
    query: nothing,
    answer: { status: 200, schema: deliveryView, description: "The delivery." },
    problems: ["not_found"],
  }),
  "replay-delivery": defineRoute({
    name: "replay-delivery",
    served: "deliveries",
    method: "POST",
    path: "/v1/deliveries/{id}/replays",
    callers: OWNERS,
    summary:
      "Send a delivery again, with the same webhook-id and ten new attempts. Harmless where it waits to be tried anyway.",
    params: ofDelivery,
    query: nothing,
    body: nothing,
    answer: { status: 202, schema: deliveryView, description: "The delivery as it stands now." },
    problems: ["not_found", "nothing_to_deliver_to", "subscription_paused", "replayed_too_often"],
  }),
  "replay-deliveries": defineRoute({
    name: "replay-deliveries",
    served: "deliveries",
    method: "POST",
    path: "/v1/subscriptions/{id}/replays",
    callers: OWNERS,
    summary: `Send again what was made for a subscription in a window, the newest first, up to ${MOST_REPLAYED} of them; the cursor of the answer goes on from there. Without states: what failed or was cancelled.`,
    params: ofSubscription,
    query: nothing,
    body: z.strictObject({
      since: timestamp,
      until: timestamp.optional(),
      states: z
        .array(z.enum(["failed", "cancelled", "delivered"]))
        .min(1, "at least one, or leave it out")
        .max(3, "at most 3")
        .default(["failed", "cancelled"]),
      cursor,
    }),
    answer: {
      status: 202,
      schema: z.strictObject({ replayed: z.int().min(0), cursor: z.string().optional() }).meta({ id: "Replayed" }),
      description: "How many are on their way again; a cursor where the window holds more.",
    },
    problems: ["not_found", "subscription_paused", "replayed_too_often"],
  }),
  "test-subscription": defineRoute({
    name: "test-subscription",
    served: "deliveries",
    method: "POST",
    path: "/v1/subscriptions/{id}/tests",
    callers: OWNERS,
    summary:
      "Send a test message to a subscription's receiver, once, paused or not, but to no address that is unconfirmed or unsubscribed. Ask for the delivery by its id to see how it went.",
    params: ofSubscription,
    query: nothing,
    body: nothing,
    answer: { status: 202, schema: deliveryView, description: "The test's delivery, on its way." },
    problems: ["not_found", "nothing_to_deliver_to", "subscription_paused", "tested_too_often"],
  }),
  "get-endpoint": defineRoute({
    name: "get-endpoint",
    served: "deliveries",
    method: "GET",
    path: "/v1/subscriptions/{id}/endpoint",
    callers: READERS,
    summary: "How the receiver of a subscription is doing, and since when its signing secrets hold.",
    params: ofSubscription,
    query: nothing,
    answer: { status: 200, schema: endpointView, description: "The endpoint." },
    problems: ["not_found"],
  }),
  "rotate-secret": defineRoute({
    name: "rotate-secret",
    served: "deliveries",
    method: "POST",
    path: "/v1/subscriptions/{id}/secrets",
    callers: OWNERS,
    summary:
      "Give a webhook subscription a new signing secret. It is shown this once; the one before signs beside it for 24 hours.",
    params: ofSubscription,
    query: nothing,
    body: nothing,
    answer: {
      status: 201,
      schema: z
        .strictObject({ secret: z.string(), since: timestamp, former: z.array(secretSpan) })
        .meta({ id: "SigningSecret" }),
      description: "The secret, and those that still sign beside it.",
    },
    problems: ["not_found", "nothing_to_deliver_to", "secret_limit"],
  }),
} as const;
