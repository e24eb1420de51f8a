import { tallyOf, together } from "../../../shared/alerts/tally.ts";
import { alertMessage, eventMessage, gatheredMessage, outgoingOf } from "../../../shared/alerts/told-facts.ts";
import type { Alert } from "../../../shared/domain/alert.ts";
import type { EventFacts } from "../../../shared/domain/alert-event.ts";
import { type Outgoing, outgoing } from "../../../shared/domain/outgoing.ts";
import type { Subscription } from "../../../shared/domain/subscription.ts";
import { exampleSubscription, labelled, later, reviewEvent, verdictEvent } from "../alerts/alert-examples.ts";
import { NOW } from "../domain/examples.ts";

export const ORIGIN = "https://console.example";
export const LINKS = {
  origin: ORIGIN,
  unsubscribe: `${ORIGIN}/v1/mail/unsubscribe?token=u`,
  confirm: `${ORIGIN}/v1/mail/confirm?token=c`,
};

/** A subscription by e-mail. */
export const byMail = (document: Record<string, unknown> = {}, more: Partial<Subscription> = {}): Subscription =>
  exampleSubscription(
    { name: "Hotels of the north", channel: { type: "email", to: "team@brand.example" }, ...document },
    more,
  );

const flagged = (more: object = {}): EventFacts =>
  verdictEvent({ labels: [labelled("insult"), labelled("threat", 6)], brandIds: ["acme-shoes"], ...more }).facts;

/** An alert about one event. */
export function exampleAlert(more: Partial<Alert> = {}, first: EventFacts = flagged()): Alert {
  const tally = tallyOf({ facts: first });
  return {
    id: "alr_20261122T120000000_abcdefghij012345",
    tenant: "acme",
    subscription: "sub_aaaaaaaaaaaa",
    place: "verdict",
    subject: { by: "account", id: first.item?.account ?? "author-1" },
    state: "open",
    openedAt: NOW.toISOString(),
    first,
    tally,
    samples: first.item ? [first.item.ref] : [],
    told: { at: NOW.toISOString(), count: 1, sequence: 0 },
    notice: { kind: "now" },
    record: [{ at: NOW.toISOString(), what: "opened" }],
    version: 1,
    ...more,
  };
}

/** 214 reviews of one hotel in 40 minutes. */
export function exampleStorm(more: Partial<Alert> = {}): Alert {
  const events = Array.from({ length: 214 }, (_, n) =>
    reviewEvent(n, {
      labels: [labelled("fake_review.brigade", 5)],
      features: { rating: n % 5 < 3 ? 1 : 5 },
      brandIds: ["grand-hotel"],
      language: n % 3 === 0 ? "de" : "en",
      scoredAt: later((n * 40) / 213).toISOString(),
    }),
  );
  const [first] = events;
  if (!first) throw new Error("no event");
  return exampleAlert(
    {
      subject: { by: "target", id: "hotel-1" },
      tally: events.map((event) => tallyOf(event)).reduce(together),
      samples: events.slice(0, 20).flatMap(({ facts: { item } }) => (item ? [item.ref] : [])),
      ...more,
    },
    first.facts,
  );
}

const DUTY = { due: later(30).toISOString(), escalateTo: "sub_bbbbbbbbbbbb", escalated: 0 };
const BREAKER: EventFacts = {
  id: `evt_${"b".repeat(22)}`,
  type: "breaker.opened",
  tenant: "acme",
  place: "breaker",
  at: NOW.toISOString(),
  breaker: {
    id: "q-1",
    subject: "label",
    name: "insult",
    kind: "post",
    effect: "flag",
    at: NOW.toISOString(),
    until: later(60).toISOString(),
    usual: 0.02,
    factor: 5,
    seen: 0.31,
    hits: 310,
    items: 1_000,
  },
};

/** One message of every kind, by name. */
export function everyMessage(to: Subscription): Readonly<Record<string, Outgoing>> {
  const at = NOW.toISOString();
  const told = (type: Parameters<typeof alertMessage>[1], alert: Alert, from?: Subscription) =>
    alertMessage(to, type, alert, { at, sequence: 0, from });
  const severe = exampleAlert(
    { duty: DUTY, lane: "severe_safety" },
    flagged({ labels: [labelled("threat", 7)], severity: 7, action: "hold" }),
  );
  const many = Array.from({ length: 60 }, (_, n) =>
    n === 0
      ? severe
      : exampleAlert({
          id: `alr_20261122T120000000_${String(n).padStart(16, "0")}`,
          tally: { ...severe.tally, count: n },
        }),
  );
  const notice = { tenant: "acme", subscription: { id: "sub_cccccccccccc", name: "Webhook of the desk" } };
  const about = (type: Outgoing["type"], why?: string) =>
    outgoingOf(to, type, {
      at,
      data: { about: "subscription", notice: { ...notice, ...(why ? { why } : {}) } },
      parts: [type],
    });
  const all = {
    opened: told("alert.opened", exampleAlert()),
    duty: told("alert.opened", severe),
    storm: told("alert.grown", exampleStorm()),
    ended: told("alert.ended", exampleStorm({ state: "ended" })),
    escalated: told("alert.escalated", severe, byMail({ name: "Night shift" }, { id: "sub_dddddddddddd" })),
    breaker: told("alert.opened", exampleAlert({ place: "breaker", subject: { by: "breaker", id: "q-1" } }, BREAKER)),
    event: eventMessage(to, flagged()),
    digest: gatheredMessage(to, "digest", many, at),
    quiet: gatheredMessage(to, "quiet", many.slice(0, 2), at),
    rate: gatheredMessage(to, "rate", [exampleStorm()], at),
    test: about("subscription.test"),
    paused: about("subscription.paused", "failing"),
    confirmation: about("subscription.confirmation"),
  };
  for (const one of Object.values(all)) outgoing.parse(one);
  return all;
}
