import { setTimeout as pause } from "node:timers/promises";
import { type AlertEvent, isDuty, isUrgent } from "../../shared/alerts/alert-event.ts";
import {
  alertIdOf,
  endOf,
  isLive,
  lookAfterJoining,
  mayEndSoon,
  nextLook,
  openAlert,
  seenBy,
} from "../../shared/alerts/alert-life.ts";
import type { Deliveries } from "../../shared/alerts/deliveries-port.ts";
import { groupKeysOf } from "../../shared/alerts/group-keys.ts";
import { limitsOf } from "../../shared/alerts/may-hear.ts";
import { type Notice, noticeOf } from "../../shared/alerts/notice.ts";
import { tallyOf } from "../../shared/alerts/tally.ts";
import { alertMessage, eventMessage } from "../../shared/alerts/told-facts.ts";
import { lastingRef } from "../../shared/domain/case.ts";
import type { Subscription } from "../../shared/domain/subscription.ts";
import type { AlertCounts } from "../../shared/store/alert-counts.ts";
import type { AlertGroup, Alerts, OpenAlert } from "../../shared/store/alerts.ts";
import type { Gatherings } from "../../shared/store/gatherings.ts";
import { countingTogether } from "./counting-together.ts";
import { type Found, type Opened, openAlerts } from "./open-alerts.ts";

export interface TellSubscriber {
  readonly alerts: Pick<Alerts, "opened" | "lead" | "letIn" | "lookAt" | "came" | "add" | "get" | "countSent">;
  readonly counts: Pick<AlertCounts, "count" | "knows">;
  readonly gatherings: Pick<Gatherings, "add">;
  readonly deliveries: Deliveries;
}

const MOST_TRIES = 6;
const MINUTE_MS = 60_000;
/** Milliseconds between looks for an alert that somebody is about to write: 1.5 s together. */
const PATIENCE = [25, 50, 100, 200, 400, 800];
/** Whoever has not written an alert after this time has failed. */
const YOUNG_MS = 5_000;
/** Whoever died before it gathered an alert is repeated sooner than this after that was due. */
const LONG_DUE_MS = 2 * 60 * MINUTE_MS;

type Groups = readonly [AlertGroup, ...AlertGroup[]];

function groupsOf(to: Subscription, event: AlertEvent): Groups {
  const visibility = event.facts.item?.visibility ?? "public";
  const [own, ...others] = groupKeysOf(event);
  const group = { tenant: to.tenant, subscription: to.id, visibility, limits: limitsOf(to) };
  return [{ ...group, subject: own }, ...others.map((subject) => ({ ...group, subject }))];
}

/**
 * Tells one subscription of one event: by itself, with the alert that it begins, or as one more of an alert that is open.
 * Keep it for as long as the execution environment lives: it remembers what is open.
 */
export function tellSubscriber({ alerts, counts, gatherings, deliveries }: TellSubscriber) {
  const count = countingTogether(counts);
  const open = openAlerts();
  const touching = new Map<string, Promise<void>>();

  const noticeNow = async (to: Subscription, event: AlertEvent, now: Date): Promise<Notice> => {
    const urgent = isUrgent(event);
    const notice = noticeOf(to, { urgent, sent: 0 }, now);
    if (notice.kind !== "now") return notice;
    return noticeOf(to, { urgent, sent: await alerts.countSent(to.tenant, to.id, now) }, now);
  };

  const lookAt = ({ open: of, group: { tenant } }: Opened, now: Date, mayEnd = mayEndSoon(of, now)): Promise<void> => {
    const look = Math.max(lookAfterJoining(of.openedAt, now).getTime(), now.getTime() + MINUTE_MS);
    return alerts.lookAt({ tenant, id: of.alert }, new Date(look), now, mayEnd);
  };

  /** Notes that something came, which may be news by now; one note stands for all who want it at the same time. */
  const touch = async (to: Opened, now: Date, mayEnd: boolean): Promise<void> => {
    const name = `${to.group.tenant}#${to.open.alert}#${mayEnd}`;
    // In this order: what came is noted once a minute, and whoever finds that done trusts that somebody will look.
    const noting = touching.get(name) ?? lookAt(to, now, mayEnd).then(() => alerts.came(to.group, to.open, now));
    touching.set(name, noting);
    try {
      await noting;
      open.seen(to, now);
    } finally {
      if (touching.get(name) === noting) touching.delete(name);
    }
  };

  /** @returns false where it is a duty that lets nothing in any more: somebody has acknowledged it, or it is full */
  const add = async (event: AlertEvent, to: Opened, now: Date): Promise<boolean> => {
    const { id, at, item } = event.facts;
    const { tenant } = to.group;
    // Before it is counted: a repeat must find out on which side of an acknowledgement it is.
    const duty = isDuty(event) && (await alerts.letIn({ tenant, id: to.open.alert }, id));
    if (duty === undefined) return false;
    const ref = item && lastingRef(tenant, item.ref);
    await count({ tenant, id: to.open.alert }, { id, at, tally: tallyOf(event), ref }, now);
    const { openedAt, lastAt } = to.open;
    const noted = lastAt !== openedAt && now.getTime() - Date.parse(lastAt) < MINUTE_MS;
    // After it was counted: whoever looks then finds it, were the alert to end in this moment.
    const mayEnd = duty === "acknowledged" || mayEndSoon(to.open, now);
    if (!noted || mayEnd) await touch(to, now, mayEnd);
    return true;
  };

  /** Writes the alert that an event begins. @returns what stands there then */
  const write = async (
    to: Subscription,
    event: AlertEvent,
    { open: { alert: id, openedAt }, group }: Opened,
    now: Date,
  ) => {
    const notice = await noticeNow(to, event, now);
    const made = openAlert(to, event, { id, subject: group.subject, notice }, new Date(openedAt));
    const look = nextLook(made, endOf(openedAt, openedAt), now);
    const stored = (await alerts.add(made, look)) ? made : await alerts.get({ tenant: to.tenant, id });
    if (!stored) throw new Error("an alert that stands there already was not found");
    return stored;
  };

  /** The alert's beginning; a repeat of the event that began it does again what the stored alert says. */
  const begin = async (to: Subscription, event: AlertEvent, as: Opened, now: Date, isRepeat = false): Promise<void> => {
    const known = isRepeat ? await alerts.get({ tenant: to.tenant, id: as.open.alert }) : undefined;
    const stored = known ?? (await write(to, event, as, now));
    const isFirst = stored.first.id === event.facts.id;
    // Somebody else began it with another event meanwhile: this one is another.
    if (!isFirst && !(await add(event, as, now))) throw new Error("a duty was acknowledged while it began");
    if (stored.notice.kind === "now") {
      const { item } = event.facts;
      const own = { first: seenBy(to, event.facts), samples: item ? [item.ref] : [] };
      const told = isFirst ? { ...stored, ...own } : stored;
      await deliveries.enqueue(alertMessage(to, "alert.opened", told, { at: stored.openedAt, sequence: 0 }), now);
    }
    if (stored.notice.kind === "gather") {
      const { reason, due } = stored.notice;
      // What was due long ago was told long ago: a repeat would be a second message of it.
      if (isRepeat && now.getTime() - Date.parse(due) > LONG_DUE_MS) return;
      await gatherings.add({ tenant: to.tenant, subscription: to.id, reason, due }, stored.id);
    }
  };

  /** Is the alert written that stands under a subject? Whoever put it there may be about to, or may have died. */
  const isWritten = async ({ open: { alert: id, openedAt }, group: { tenant } }: Opened, now: Date) => {
    for (const wait of PATIENCE) {
      if (await alerts.get({ tenant, id })) return true;
      if (now.getTime() - Date.parse(openedAt) > YOUNG_MS) return false;
      await pause(wait);
    }
    return (await alerts.get({ tenant, id })) !== undefined;
  };

  /** @returns false where it lets nothing in any more */
  const join = async (to: Subscription, event: AlertEvent, as: Opened, now: Date): Promise<boolean> => {
    const { opener, lastAt, openedAt } = as.open;
    const isJoined = as.written || lastAt !== openedAt;
    const isRepeat = opener === event.facts.id;
    // Nobody joined it yet. What is counted in an alert that is never written would be lost: begin it instead.
    if (!isRepeat && (isJoined || (await isWritten(as, now)))) return add(event, as, now);
    await begin(to, event, as, now, isRepeat);
    return true;
  };

  /** Was the event told with an alert that has ended since? */
  const wasTold = async (to: Subscription, event: AlertEvent, ended: Opened, now: Date): Promise<boolean> => {
    if (ended.open.opener === event.facts.id) {
      await begin(to, event, ended, now, true);
      return true;
    }
    const known = await counts.knows({ tenant: to.tenant, id: ended.open.alert }, event.facts);
    // Whoever counted it may have died before it was noted.
    if (known) await lookAt(ended, now);
    return known;
  };

  const find = async (to: Subscription, event: AlertEvent, groups: Groups, now: Date): Promise<Found> => {
    for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
      const opened = await alerts.opened(groups);
      const at = opened.findIndex((one) => one !== undefined && isLive(one, now) && !open.isClosed(one));
      const [live, group] = [opened[at], groups[at]];
      if (live && group) return { kind: "open", open: live, group };
      const ended = opened.flatMap((one, index) => {
        const of = groups[index];
        return one && of ? [{ open: one, group: of }] : [];
      });
      for (const one of new Map(ended.map((each) => [each.open.alert, each])).values())
        if (await wasTold(to, event, one, now)) return { kind: "told" };
      const time = now.toISOString();
      const alert = alertIdOf(to.id, groups[0].subject, event.facts.id, now);
      const made: OpenAlert = { alert, opener: event.facts.id, openedAt: time, lastAt: time };
      if (!(await alerts.lead(groups[0], made, opened[0]))) continue;
      const as = { open: made, group: groups[0], written: true };
      // Where somebody else opened one under another of its subjects meanwhile, theirs stays there.
      const others = groups.slice(1).map((each, index) => alerts.lead(each, made, opened[index + 1]));
      await Promise.all([begin(to, event, as, now), ...others]);
      return { kind: "told", opened: as };
    }
    throw new Error("an alert was always opened by somebody else, and never found");
  };

  return async (to: Subscription, event: AlertEvent, now: Date): Promise<void> => {
    const { channel } = to.document;
    if (channel.type === "webhook" && channel.stream)
      return deliveries.enqueue(eventMessage(to, seenBy(to, event.facts)), now);
    const groups = groupsOf(to, event);
    for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
      const found = await open.of(groups[0], now, () => find(to, event, groups, now));
      if (found.kind === "told" || (await join(to, event, found, now))) return;
      open.close(found);
    }
    throw new Error("each duty that was open was acknowledged before it could be joined");
  };
}
