import * as z from "zod";
import { cloudEvent } from "../delivery/cloud-event.ts";
import { timestamp } from "../domain/id.ts";
import { tenantSettings } from "../domain/tenant.ts";
import { defineRoute } from "./route.ts";

const nothing = z.strictObject({});

/** Whether there is a feed, and the kinds of which it also holds verdicts that allowed. */
const feedSettings = z
  .strictObject({ enabled: z.boolean(), allowed: tenantSettings.shape.feedAllowed.unwrap() })
  .meta({ id: "EventFeedSettings" });

/** The feed of events: what webhooks push, to be fetched. */
export const feedRoutes = {
  "list-events": defineRoute({
    name: "list-events",
    served: "events",
    method: "GET",
    path: "/v1/events",
    callers: ["platform", "admin"],
    summary:
      "Events in the order in which they came: verdicts, cases, decisions, targets, audiences, floods. Keep `after` with what you did and send it with the next request, until `more` is false and then whenever you like: nothing is skipped, not even what was written late. An event can come twice: its `id` tells. A place from before the 7 days that the feed holds is answered with 410: begin anew with `since`.",
    params: nothing,
    query: z.strictObject({
      /** The `after` of the answer before. */
      after: z.string().max(4_000).optional(),
      /** Without `after`: from this time on, up to 7 days back; without both, from a day ago. */
      since: timestamp.optional(),
      limit: z
        .string()
        .regex(/^([1-9]|[1-9]\d|1\d\d|200)$/, "a number from 1 to 200")
        .default("100"),
    }),
    answer: {
      status: 200,
      schema: z
        .strictObject({ events: z.array(cloudEvent), after: z.string(), more: z.boolean() })
        .meta({ id: "EventPage" }),
      description: "A page of events, in the form in which webhooks carry them.",
    },
    problems: ["feed_off", "cursor_expired"],
  }),
  "get-event-feed": defineRoute({
    name: "get-event-feed",
    served: "events",
    method: "GET",
    path: "/v1/events/feed",
    callers: ["platform", "admin"],
    summary: "Whether the feed of events is on, and of which kinds it also holds verdicts that allowed.",
    params: nothing,
    query: nothing,
    answer: { status: 200, schema: feedSettings, description: "How it stands." },
    problems: [],
  }),
  "set-event-feed": defineRoute({
    name: "set-event-feed",
    served: "events",
    method: "POST",
    path: "/v1/events/feed",
    callers: ["admin"],
    summary:
      "Turn the feed of events on or off. It holds what happens from half a minute later on; turned off, it keeps what it holds for its 7 days. `allowed` names the kinds of which verdicts that allowed leave the topic and are in the feed, too; left out, that stays as it was, at first none.",
    params: nothing,
    query: nothing,
    body: z.strictObject({ enabled: z.boolean(), allowed: feedSettings.shape.allowed.optional() }),
    answer: { status: 200, schema: feedSettings, description: "How it stands now." },
    problems: [],
  }),
} as const;
