import { createHash } from "node:crypto";
import type { Alert, RecordLine, Subject, Tally } from "../domain/alert.ts";
import type { EventFacts } from "../domain/alert-event.ts";
import { lastingRef } from "../domain/case.ts";
import type { ItemRef } from "../domain/id.ts";
import type { Subscription } from "../domain/subscription.ts";
import { type AlertEvent, isDuty } from "./alert-event.ts";
import { brandsOf } from "./match-subscriptions.ts";
import type { Notice } from "./notice.ts";
import { tallyOf } from "./tally.ts";

const MINUTE_MS = 60_000;
/** An alert ends when nothing came for this long, or when it is this old: what comes then is another. */
export const IDLE_MS = 60 * MINUTE_MS;
export const LONGEST_MS = 24 * 60 * MINUTE_MS;
/** Between two messages of one alert. */
const PAUSE_MS = 10 * MINUTE_MS;
/** How often a duty that nobody acknowledges is passed on. */
export const MOST_ESCALATIONS = 5;
/** Minutes in which a duty must be acknowledged whose subscription does not say. */
export const ACK_MINUTES = 60;
const MOST_RECORDED = 60;
/** What joins an alert this long before its time is over may find it ended: clocks differ, and counting takes a moment. */
const END_MARGIN_MS = 5 * MINUTE_MS;
/** Between two looks at an alert that grows, but not so much that it were news. */
const LOOK_MS = 3 * MINUTE_MS;
export const MOST_SAMPLES = 20;

const at = (time: string): number => Date.parse(time);
const iso = (time: number): string => new Date(time).toISOString();

/** A day and time that sort, then what tells it from others of that time: the same opening has the same id. */
export function alertIdOf(subscription: string, subject: Subject, opener: string, now: Date): string {
  const time = now.toISOString().replaceAll(/[-:.Z]/g, "");
  const rest = createHash("sha256")
    .update(JSON.stringify([subscription, subject, opener]))
    .digest("base64url");
  return `alr_${time}_${rest.slice(0, 16)}`;
}

/** Does what comes now still belong to it? */
export const isLive = (
  { openedAt, lastAt }: { readonly openedAt: string; readonly lastAt: string },
  now: Date,
): boolean => now.getTime() - at(openedAt) < LONGEST_MS && now.getTime() - at(lastAt) <= IDLE_MS;

/** May somebody end an open alert while it is joined now? */
export const mayEndSoon = (
  { openedAt, lastAt }: { readonly openedAt: string; readonly lastAt: string },
  now: Date,
): boolean =>
  now.getTime() - at(openedAt) > LONGEST_MS - END_MARGIN_MS || now.getTime() - at(lastAt) > IDLE_MS - END_MARGIN_MS;

/** An event as a subscription may know it: of brands only those that it is limited to. */
export function seenBy(subscription: Subscription, facts: EventFacts): EventFacts {
  const limits = brandsOf(subscription);
  if (!limits || !facts.item) return facts;
  return { ...facts, item: { ...facts.item, brands: facts.item.brands.filter((brand) => limits.has(brand)) } };
}

/**
 * An event as an alert keeps it, which an erasure does not reach: without its author, and an account whose audience it is
 * about by its case's id. Whoever is told at once is told of the event itself.
 */
function lasting(facts: EventFacts): EventFacts {
  if (!facts.item) return facts;
  const { account: _, ...item } = facts.item;
  return { ...facts, item: { ...item, ref: lastingRef(facts.tenant, item.ref) } };
}

const recorded = (alert: Alert, line: RecordLine): Alert["record"] =>
  // The opening and what was done about it last are what somebody will ask for.
  alert.record.length < MOST_RECORDED
    ? [...alert.record, line]
    : [...alert.record.slice(0, 1), ...alert.record.slice(2), line];

/** How its first message went, as the record says it: where the subscription stands still the message is cancelled. */
function howTold({ paused }: Subscription, notice: Notice): Omit<RecordLine, "at"> {
  if (paused) return { what: "in_inbox", why: "paused" };
  if (notice.kind === "inbox") return { what: "in_inbox" };
  return notice.kind === "gather" ? { what: "gathered", to: notice.reason } : { what: "told", count: 1 };
}

/** The alert that an event begins, told as `notice` says. */
export function openAlert(
  subscription: Subscription,
  event: AlertEvent,
  { id, subject, notice }: { readonly id: string; readonly subject: Subject; readonly notice: Notice },
  now: Date,
): Alert {
  const { document, tenant } = subscription;
  const { place } = event.facts;
  const first = lasting(seenBy(subscription, event.facts));
  const { item } = first;
  const brands = brandsOf(subscription);
  const openedAt = now.toISOString();
  const heard = notice.kind === "gather" ? Math.max(at(notice.due), now.getTime()) : now.getTime();
  const { ackMinutes = ACK_MINUTES, escalateTo } = document.duty ?? {};
  const duty = isDuty(event)
    ? { due: iso(heard + ackMinutes * MINUTE_MS), ...(escalateTo ? { escalateTo } : {}), escalated: 0 }
    : undefined;
  return {
    id,
    tenant,
    subscription: subscription.id,
    place,
    subject,
    ...(brands ? { brands: [...brands].slice(0, 20) } : {}),
    state: "open",
    ...(item ? { lane: item.lane } : {}),
    openedAt,
    first,
    tally: tallyOf(event),
    samples: item ? [item.ref] : [],
    told: { at: openedAt, count: 1, sequence: 0 },
    notice,
    ...(duty ? { duty } : {}),
    record: [
      { at: openedAt, what: "opened", count: 1 },
      { at: openedAt, ...howTold(subscription, notice) },
    ],
    version: 1,
  };
}

/** The number of events at which the next word is due: 10, 30, 100, 300 and so on. */
export function nextStep(told: number): number {
  for (let power = 10; ; power *= 10) {
    if (power > told) return power;
    if (3 * power > told) return 3 * power;
  }
}

/** An alert with all that it has gathered by now. */
export interface Gathered {
  readonly tally: Tally;
  readonly samples: readonly ItemRef[];
  /** When something came last, by our clock. */
  readonly lastAt: string;
}

/** Nothing joins a duty that somebody has acknowledged; what did before is counted by now. */
const isClosed = ({ duty, acknowledged }: Pick<Alert, "duty" | "acknowledged">, now: Date): boolean =>
  duty !== undefined && acknowledged !== undefined && now.getTime() - at(acknowledged.at) >= END_MARGIN_MS;

/** What has become of an open alert, and whether its subscriber should hear of that. */
export function growthOf(
  alert: Pick<Alert, "told" | "openedAt" | "notice" | "duty" | "acknowledged">,
  { tally, lastAt }: Gathered,
  now: Date,
): { readonly ends: boolean; readonly news: boolean } {
  const { told, openedAt, notice } = alert;
  const ends = !isLive({ openedAt, lastAt }, now) || isClosed(alert, now);
  const more = tally.count > told.count;
  if (ends || !more) return { ends, news: more };
  if (now.getTime() - at(told.at) < PAUSE_MS) return { ends, news: false };
  // A digest tells of all that came since the last one; other messages have to be worth one.
  const digest = notice.kind === "gather" && notice.reason === "digest";
  return { ends, news: digest || tally.count >= nextStep(told.count) };
}

/** The alert after its subscriber was told of what it has become, or need not be. */
export function grown(
  alert: Alert,
  { tally, samples }: Gathered,
  {
    ends,
    notice,
    paused = false,
  }: {
    readonly ends: boolean;
    readonly notice?: Notice | undefined;
    /** Does the subscription stand still, so that the message is cancelled? */
    readonly paused?: boolean;
  },
  now: Date,
): Alert {
  const next: Alert = {
    ...alert,
    tally,
    samples: samples.slice(0, MOST_SAMPLES),
    state: ends ? "ended" : "open",
    version: alert.version + 1,
  };
  const time = now.toISOString();
  if (!notice)
    return ends ? { ...next, record: recorded(alert, { at: time, what: "ended", count: tally.count }) } : next;
  const what = ends ? ("ended" as const) : ("grown" as const);
  const silent = paused ? { to: "inbox", why: "paused" as const } : { to: "inbox" };
  const how = paused || notice.kind === "inbox" ? silent : notice.kind === "gather" ? { to: notice.reason } : undefined;
  return {
    ...next,
    told: { at: time, count: tally.count, sequence: alert.told.sequence + 1 },
    record: recorded(alert, { at: time, what, count: tally.count, ...how }),
  };
}

/** When an alert ends, if nothing comes any more. */
export const endOf = (openedAt: string, lastAt: string): Date =>
  new Date(Math.min(at(lastAt) + IDLE_MS + 1, at(openedAt) + LONGEST_MS));

/** When a duty is passed on, or told once more where its subscription names nobody; undefined where it never will be. */
const passedOnAt = ({ duty, acknowledged }: Pick<Alert, "duty" | "acknowledged">): number | undefined =>
  duty?.due !== undefined && !acknowledged && (duty.escalateTo !== undefined || duty.escalated === 0)
    ? at(duty.due)
    : undefined;

/** When an alert has to be looked at next; undefined where never again. While it is open, at `then` or before. */
export function nextLook(alert: Alert, then: Date, now: Date): Date | undefined {
  const due = passedOnAt(alert);
  const times = [...(alert.state === "open" ? [then.getTime()] : []), ...(due === undefined ? [] : [due])];
  return times.length === 0 ? undefined : new Date(Math.max(now.getTime(), Math.min(...times)));
}

/** When an open alert is looked at next: soon while it grows, else when it may have ended. */
export function lookAfterSweep(
  { openedAt }: Pick<Alert, "openedAt">,
  { lastAt }: Pick<Gathered, "lastAt">,
  { told, more }: { readonly told: boolean; readonly more: boolean },
  now: Date,
): Date {
  const end = endOf(openedAt, lastAt);
  const wait = told ? PAUSE_MS : LOOK_MS;
  return told || more ? new Date(Math.min(end.getTime(), now.getTime() + wait)) : end;
}

/** When an alert that something joined now has to be looked at: as soon as its subscriber may be told again. */
export const lookAfterJoining = (toldAt: string, now: Date): Date =>
  new Date(Math.max(now.getTime(), at(toldAt) + PAUSE_MS));

/** The alert, acknowledged; the first who did so stays. */
export function acknowledge(alert: Alert, by: string, now: Date): Alert {
  if (alert.acknowledged) return alert;
  const time = now.toISOString();
  return {
    ...alert,
    acknowledged: { by, at: time },
    record: recorded(alert, { at: time, what: "acknowledged", by }),
    version: alert.version + 1,
  };
}

/** Is it over the time in which somebody should have acknowledged it? */
export const isOverdue = (alert: Pick<Alert, "duty" | "acknowledged">, now: Date): boolean =>
  (passedOnAt(alert) ?? Number.POSITIVE_INFINITY) <= now.getTime();

/** Why a subscription could not be told of a duty. */
export interface NotReached {
  readonly id: string;
  readonly why: NonNullable<RecordLine["why"]>;
}

/**
 * The alert after it was passed on. From then on the duty of the subscription that it was passed to holds.
 * @param to undefined where nobody could be told but those who look into the inbox: then `own` duty goes on
 */
export function passedOn(
  alert: Alert,
  {
    to,
    notReached,
    own,
  }: {
    readonly to: Subscription | undefined;
    readonly notReached: readonly NotReached[];
    readonly own: Subscription | undefined;
  },
  now: Date,
): Alert {
  const { duty } = alert;
  if (!duty) return alert;
  const escalated = duty.escalated + 1;
  const next = escalated < MOST_ESCALATIONS ? (to ?? own)?.document.duty : undefined;
  const time = now.toISOString();
  const missed = notReached.map(({ id, why }): RecordLine => ({ at: time, what: "not_reached", to: id, why }));
  const done: RecordLine = { at: time, what: "escalated", to: to?.id ?? "inbox" };
  const passedTo = new Set([...(duty.passedTo ?? []), ...(to ? [to.id] : [])]);
  return {
    ...alert,
    duty: {
      escalated,
      ...(next
        ? { due: iso(now.getTime() + next.ackMinutes * MINUTE_MS), escalateTo: next.escalateTo }
        : { ...(duty.due === undefined ? {} : { due: duty.due }) }),
      ...(passedTo.size > 0 ? { passedTo: [...passedTo].slice(0, 10) } : {}),
    },
    record: [...missed, done].reduce((record, line) => recorded({ ...alert, record }, line), alert.record),
    version: alert.version + 1,
  };
}
