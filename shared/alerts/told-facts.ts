import { createHash } from "node:crypto";
import type { Alert, AlertFacts, GatheredFacts, GatherReason } from "../domain/alert.ts";
import type { EventFacts } from "../domain/alert-event.ts";
import type { MessageType, Outgoing, OutgoingData } from "../domain/outgoing.ts";
import type { Subscription } from "../domain/subscription.ts";
import { toAsciiJson } from "../runtime/read-json.ts";
import { gatheredHeadline, headlineOf, minutesOfTally } from "./headline.ts";
import { oneStarOf } from "./tally.ts";

interface Named {
  readonly id: string;
  readonly document: Pick<Subscription["document"], "name">;
}

/** Most alerts that a summary shows, and of each of them most items and brands. */
const MOST_SHOWN = 50;
const MOST_OF_SHOWN = 3;
/** Bytes of JSON of what a summary shows: a row of DynamoDB holds 400 KB, and what it tells is stored in one. */
const MOST_BYTES = 250_000;

const namedOf = ({ id, document }: Named): { id: string; name: string } => ({ id, name: document.name });

/** What receivers are told of an alert. */
export function alertFactsOf(alert: Alert, subscription: Named, from?: Named): AlertFacts {
  const { id, tenant, state, place, subject, openedAt, first, tally, samples, duty, acknowledged } = alert;
  const oneStar = oneStarOf(tally);
  const open = duty !== undefined && !acknowledged;
  return {
    id,
    tenant,
    subscription: namedOf(subscription),
    state,
    place,
    subject,
    openedAt,
    first,
    tally,
    minutes: minutesOfTally(tally),
    ...(oneStar === undefined ? {} : { oneStar: Math.round(oneStar * 1_000) / 1_000 }),
    samples,
    headline: headlineOf(alert),
    mustAcknowledge: open,
    ...(open && duty.due !== undefined ? { acknowledgeBy: duty.due } : {}),
    ...(from ? { escalatedFrom: namedOf(from) } : {}),
  };
}

/** The gravest first, then the largest, then the latest. */
const gravest = (one: Alert, other: Alert): number =>
  Number(other.lane === "severe_safety") - Number(one.lane === "severe_safety") ||
  other.tally.worst - one.tally.worst ||
  other.tally.count - one.tally.count ||
  (one.id < other.id ? 1 : -1);

/** An alert as one of many. */
function briefly(facts: AlertFacts): AlertFacts {
  const { first, samples } = facts;
  const { item } = first;
  return {
    ...facts,
    first: item ? { ...first, item: { ...item, brands: item.brands.slice(0, MOST_OF_SHOWN) } } : first,
    samples: samples.slice(0, MOST_OF_SHOWN),
  };
}

/** As many of them, from the first, as one message can hold. */
function thatFit(all: readonly AlertFacts[]): AlertFacts[] {
  let bytes = 0;
  const tooMany = all.findIndex((one) => {
    bytes += toAsciiJson(one).length + 1;
    return bytes > MOST_BYTES;
  });
  return all.slice(0, tooMany === -1 ? all.length : tooMany);
}

/**
 * Several alerts as one message; all are counted, the gravest are shown, with some of their items.
 * @param unfound alerts of which nothing is left but that they were: each began with one event
 */
export function gatheredFactsOf(
  reason: GatherReason,
  alerts: readonly Alert[],
  subscription: Named & Pick<Subscription, "tenant">,
  to: Date,
  unfound = 0,
): GatheredFacts {
  const events = alerts.reduce((sum, { tally }) => sum + tally.count, unfound);
  const count = alerts.length + unfound;
  const from = alerts.map(({ openedAt }) => openedAt).sort()[0] ?? to.toISOString();
  return {
    reason,
    tenant: subscription.tenant,
    subscription: namedOf(subscription),
    from,
    to: to.toISOString(),
    events,
    alerts: count,
    shown: thatFit(
      [...alerts]
        .sort(gravest)
        .slice(0, MOST_SHOWN)
        .map((one) => briefly(alertFactsOf(one, subscription))),
    ),
    headline: gatheredHeadline(reason, count, events),
  };
}

/** The same message is the same id: parts say which of its subscription's messages it is. */
export const messageIdOf = (...parts: readonly (string | number)[]): string =>
  `msg_${createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 22)}`;

/** A message to a subscription, ready to be handed over. */
export const outgoingOf = (
  subscription: Pick<Subscription, "id" | "tenant">,
  type: MessageType,
  {
    at,
    data,
    parts,
  }: { readonly at: string; readonly data: OutgoingData; readonly parts: readonly (string | number)[] },
): Outgoing => ({
  id: messageIdOf(subscription.tenant, subscription.id, type, ...parts),
  tenant: subscription.tenant,
  subscription: subscription.id,
  type,
  at,
  data,
});

/** One event by itself, as platforms want it. */
export const eventMessage = (subscription: Pick<Subscription, "id" | "tenant">, event: EventFacts): Outgoing =>
  outgoingOf(subscription, event.type, { at: event.at, data: { about: "event", event }, parts: [event.id] });

/** A word of an alert: that it began, grew, ended, or was passed on. */
export function alertMessage(
  subscription: Subscription,
  type: "alert.opened" | "alert.grown" | "alert.ended" | "alert.escalated",
  alert: Alert,
  { at, sequence, from }: { readonly at: string; readonly sequence: number; readonly from?: Named | undefined },
): Outgoing {
  const data: OutgoingData = { about: "alert", alert: alertFactsOf(alert, subscription, from) };
  // A word that is said again after a crash, when more had come, is another word.
  const counted = type === "alert.grown" || type === "alert.ended" ? [alert.tally.count] : [];
  return outgoingOf(subscription, type, { at, data, parts: [alert.id, sequence, ...counted] });
}

const GATHERED_TYPES = {
  digest: "alerts.digest",
  quiet: "alerts.after_quiet",
  rate: "alerts.held_back",
} as const satisfies Record<GatherReason, MessageType>;

export const gatheredMessage = (
  subscription: Subscription,
  reason: GatherReason,
  alerts: readonly Alert[],
  due: string,
  unfound: readonly string[] = [],
): Outgoing =>
  outgoingOf(subscription, GATHERED_TYPES[reason], {
    at: due,
    data: { about: "alerts", alerts: gatheredFactsOf(reason, alerts, subscription, new Date(due), unfound.length) },
    // What comes too late for one message goes into another.
    parts: [reason, due, ...[...unfound, ...alerts.map(({ id }) => id)].sort()],
  });
