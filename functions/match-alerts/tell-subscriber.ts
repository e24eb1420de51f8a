import { type AlertEvent, isSevere } from "../../shared/alerts/alert-event.ts";
import {
  alertIdOf,
  endOf,
  isLive,
  lookAfterJoining,
  nextLook,
  openAlert,
  seenBy,
} from "../../shared/alerts/alert-life.ts";
import type { Deliveries } from "../../shared/alerts/deliveries-port.ts";
import { groupKeysOf } from "../../shared/alerts/group-keys.ts";
import { type Notice, noticeOf } from "../../shared/alerts/notice.ts";
import { tallyOf } from "../../shared/alerts/tally.ts";
import { alertMessage, eventMessage } from "../../shared/alerts/told-facts.ts";
import { lastingRef } from "../../shared/domain/case.ts";
import type { Subscription } from "../../shared/domain/subscription.ts";
import type { AlertCounts, Counted } from "../../shared/store/alert-counts.ts";
import type { AlertGroup, AlertKey, Alerts, OpenAlert } from "../../shared/store/alerts.ts";
import type { Gatherings } from "../../shared/store/gatherings.ts";

export interface TellSubscriber {
  readonly alerts: Pick<Alerts, "opened" | "lead" | "touch" | "add" | "get" | "countSent">;
  readonly counts: Pick<AlertCounts, "count">;
  readonly gatherings: Pick<Gatherings, "add">;
  readonly deliveries: Deliveries;
}

const MOST_TRIES = 6;
const MINUTE_MS = 60_000;

type Groups = readonly [AlertGroup, ...AlertGroup[]];

/** Puts what several messages of a batch count in one alert into one write: what waits while one is written goes with the next. */
function countingTogether(counts: Pick<AlertCounts, "count">) {
  const waiting = new Map<string, Counted[]>();
  const writing = new Map<string, Promise<void>>();
  return async (of: AlertKey, event: Counted, now: Date): Promise<void> => {
    const name = `${of.tenant}#${of.id}`;
    const mine = waiting.get(name) ?? [];
    mine.push(event);
    waiting.set(name, mine);
    await writing.get(name)?.catch(() => undefined);
    // Whoever comes first after a write takes all that waits; the others find their events taken.
    if (waiting.get(name) !== mine) return writing.get(name);
    waiting.delete(name);
    const write = counts.count(of, mine, now);
    writing.set(name, write);
    try {
      await write;
    } finally {
      if (writing.get(name) === write) writing.delete(name);
    }
  };
}

/** Tells one subscription of one event: by itself, with the alert that it begins, or as one more of an alert that is open. */
export function tellSubscriber({ alerts, counts, gatherings, deliveries }: TellSubscriber) {
  const count = countingTogether(counts);

  const noticeNow = async (to: Subscription, event: AlertEvent, now: Date): Promise<Notice> => {
    const severe = isSevere(event);
    const notice = noticeOf(to, { severe, sent: 0 }, now);
    if (notice.kind !== "now") return notice;
    return noticeOf(to, { severe, sent: await alerts.countSent(to.tenant, to.id, now) }, now);
  };

  /** The alert's beginning; a repeat of the event that began it does again what the stored alert says. */
  const begin = async (to: Subscription, event: AlertEvent, [group]: Groups, open: OpenAlert, now: Date) => {
    const of = { tenant: to.tenant, id: open.alert };
    const notice = await noticeNow(to, event, now);
    const made = openAlert(to, event, { id: open.alert, subject: group.subject, notice }, new Date(open.openedAt));
    const look = nextLook(made, endOf(made.openedAt, made.openedAt), now);
    const stored = (await alerts.add(made, look)) ? made : await alerts.get(of);
    if (stored?.notice.kind === "now") {
      const told = {
        ...stored,
        first: seenBy(to, event.facts),
        samples: event.facts.item ? [event.facts.item.ref] : [],
      };
      await deliveries.enqueue(alertMessage(to, "alert.opened", told, { at: stored.openedAt, sequence: 0 }), now);
    }
    if (stored?.notice.kind === "gather") {
      const { reason, due } = stored.notice;
      await gatherings.add({ tenant: to.tenant, subscription: to.id, reason, due }, stored.id);
    }
  };

  const join = async (event: AlertEvent, group: AlertGroup, open: OpenAlert, now: Date) => {
    const { id, at, item } = event.facts;
    const { tenant } = group;
    const ref = item && lastingRef(tenant, item.ref);
    await count({ tenant, id: open.alert }, { id, at, tally: tallyOf(event), ref }, now);
    const idle = now.getTime() - Date.parse(open.lastAt);
    if (open.lastAt !== open.openedAt && idle < MINUTE_MS) return;
    // The second event, or one a minute after the last note: somebody has to look whether that is news by now.
    const look = Math.max(lookAfterJoining(open.openedAt, now).getTime(), now.getTime() + MINUTE_MS);
    await alerts.touch(group, open, now, new Date(look));
  };

  return async (to: Subscription, event: AlertEvent, now: Date): Promise<void> => {
    const { tenant, id: subscription } = to;
    const { channel } = to.document;
    if (channel.type === "webhook" && channel.stream)
      return deliveries.enqueue(eventMessage(to, seenBy(to, event.facts)), now);
    const [own, ...others] = groupKeysOf(event);
    const groups: Groups = [
      { tenant, subscription, subject: own },
      ...others.map((subject) => ({ tenant, subscription, subject })),
    ];
    for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
      const opened = await alerts.opened(groups);
      const at = opened.findIndex((one) => one !== undefined && isLive(one, now));
      const [live, group] = [opened[at], groups[at]];
      if (live && group) {
        if (live.opener === event.facts.id) return begin(to, event, groups, live, now);
        return join(event, group, live, now);
      }
      const time = now.toISOString();
      const alert = alertIdOf(subscription, own, event.facts.id, now);
      const made: OpenAlert = { alert, opener: event.facts.id, openedAt: time, lastAt: time };
      if (!(await alerts.lead(groups[0], made, opened[0]))) continue;
      // Where somebody else opened one under another of its subjects meanwhile, theirs stays there.
      await Promise.all(groups.slice(1).map((each, index) => alerts.lead(each, made, opened[index + 1])));
      return begin(to, event, groups, made, now);
    }
    throw new Error("an alert was always opened by somebody else, and never found");
  };
}
