import { type AlertEvent, eventsOfVerdict } from "../../../shared/alerts/alert-event.ts";
import { type Subscription, subscriptionDocument } from "../../../shared/domain/subscription.ts";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import { exampleVerdict, NOW } from "../domain/examples.ts";

/** A subscription of an admin to flagged posts and reviews, by webhook, unless `document` says otherwise. */
export const exampleSubscription = (
  document: Record<string, unknown> = {},
  more: Partial<Subscription> = {},
): Subscription => ({
  id: "sub_aaaaaaaaaaaa",
  tenant: "acme",
  version: 1,
  document: subscriptionDocument.parse({
    name: "Mine",
    places: ["verdict"],
    channel: { type: "webhook", url: "https://receiver.example/hook" },
    ...document,
  }),
  owner: { actor: "key:1", role: "admin" },
  createdAt: NOW.toISOString(),
  changedAt: NOW.toISOString(),
  changedBy: "key:1",
  ...more,
});

/** Ids of subscriptions by number. */
export const subscriptionNo = (n: number): string => `sub_${n.toString(36).padStart(12, "0")}`;

/** The first event of a verdict. */
export function verdictEvent(more: Partial<Verdict> = {}, cluster?: string): AlertEvent {
  const [event] = eventsOfVerdict(exampleVerdict({ ...more, ...(cluster === undefined ? {} : { cluster }) }));
  if (!event) throw new Error("no event");
  return event;
}

/** A one-star review of a target among many. */
export const reviewEvent = (n: number, more: Partial<Verdict> = {}, cluster?: string): AlertEvent =>
  verdictEvent(
    {
      ref: { kind: "review", id: `review-${n}`, revision: "r1" },
      surface: "review",
      targetId: "hotel-1",
      features: { rating: 1 },
      labels: [],
      ...more,
    },
    cluster,
  );

export const later = (minutes: number, from = NOW): Date => new Date(from.getTime() + minutes * 60_000);

export const labelled = (label: Verdict["labels"][number]["label"], severity = 4): Verdict["labels"][number] => ({
  label,
  score: 0.9,
  probability: 0.9,
  severity,
  spans: [],
  reasons: [],
  source: "test",
  version: "1",
});
