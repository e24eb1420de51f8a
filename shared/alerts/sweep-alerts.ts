import type { Alert } from "../domain/alert.ts";
import type { Subscription } from "../domain/subscription.ts";
import type { AlertCounts } from "../store/alert-counts.ts";
import type { AlertKey, Alerts } from "../store/alerts.ts";
import type { GatheringKey, Gatherings } from "../store/gatherings.ts";
import type { Subscriptions } from "../store/subscriptions.ts";
import {
  endOf,
  type Gathered,
  grown,
  growthOf,
  isOverdue,
  lookAfterJoining,
  nextLook,
  passedOn,
} from "./alert-life.ts";
import type { Deliveries } from "./deliveries-port.ts";
import { gatheredBy } from "./gathered-by.ts";
import { brandsOf } from "./match-subscriptions.ts";
import { type Notice, noticeOf } from "./notice.ts";
import { alertMessage, gatheredMessage } from "./told-facts.ts";

export interface SweepAlerts {
  readonly alerts: Pick<Alerts, "due" | "get" | "several" | "replace" | "countSent">;
  readonly counts: Pick<AlertCounts, "minutes">;
  readonly gatherings: Gatherings;
  readonly subscriptions: Pick<Subscriptions, "get">;
  readonly deliveries: Deliveries;
}

/** What one sweep did. */
export interface Swept {
  readonly grown: number;
  readonly ended: number;
  readonly escalated: number;
  readonly gathered: number;
}

/** Rows of one kind that are looked up at once. */
const MOST = 200;
/** Look-ups of one sweep: what is left over is the next one's, within a minute. */
const ROUNDS = 10;
/** Worked on at the same time. */
const AT_ONCE = 10;

async function each<Of, Result>(of: readonly Of[], work: (one: Of) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < of.length; from += AT_ONCE)
    results.push(...(await Promise.all(of.slice(from, from + AT_ONCE).map(work))));
  return results;
}

/** Works on all that is due, a page at a time. One that fails keeps none of the others from being worked on. */
async function sweepAll<Of>(
  due: () => Promise<readonly Of[]>,
  work: (one: Of) => Promise<Partial<Swept>>,
): Promise<readonly PromiseSettledResult<Partial<Swept>>[]> {
  const done: PromiseSettledResult<Partial<Swept>>[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const page = await due();
    const ofPage = (await each(page, (one) => Promise.allSettled([work(one)]))).flat();
    done.push(...ofPage);
    // What failed is found again, and would be again.
    if (page.length < MOST || ofPage.some(({ status }) => status === "rejected")) break;
  }
  return done;
}

/** One that is limited to brands hears of no others, whoever passes an alert on to it. */
function mayHear(to: Subscription, { brands }: Pick<Alert, "brands">): boolean {
  const limits = brandsOf(to);
  return !limits || brands?.every((brand) => limits.has(brand)) === true;
}

/**
 * What time brings: alerts that grew or ended, duties that nobody acknowledged, digests and summaries that are due. Each
 * step hands its messages over before it writes that it did, under ids that a repeat gives again: after a crash something
 * may be handed over twice, and is delivered once.
 */
export function sweepAlerts({ alerts, counts, gatherings, subscriptions, deliveries }: SweepAlerts) {
  const gathered = async (alert: Alert): Promise<Gathered> => gatheredBy(alert, await counts.minutes(alert));

  const noticeNow = async (alert: Alert, to: Subscription, now: Date): Promise<Notice> => {
    const severe = alert.lane === "severe_safety";
    const notice = noticeOf(to, { severe, sent: 0 }, now);
    if (notice.kind !== "now") return notice;
    return noticeOf(to, { severe, sent: await alerts.countSent(alert.tenant, to.id, now) }, now);
  };

  /** Tells the subscriber what the alert has become, if that is news. */
  const grow = async (alert: Alert, now: Date): Promise<{ next: Alert; lastAt: string; what?: "grown" | "ended" }> => {
    const all = await gathered(alert);
    const { ends, news } = growthOf(alert, all, now);
    const to = news ? await subscriptions.get(alert.tenant, alert.subscription) : undefined;
    const notice = to && (await noticeNow(alert, to, now));
    const next = grown(alert, all, { ends, notice }, now);
    if (to && notice?.kind === "now") {
      const type = ends ? "alert.ended" : "alert.grown";
      await deliveries.enqueue(
        alertMessage(to, type, next, { at: now.toISOString(), sequence: next.told.sequence }),
        now,
      );
    }
    if (notice?.kind === "gather")
      await gatherings.add({ tenant: alert.tenant, subscription: alert.subscription, ...notice }, alert.id);
    const what = ends ? "ended" : notice ? "grown" : undefined;
    return { next, lastAt: all.lastAt, ...(what ? { what } : {}) };
  };

  /** Tells the next one of a duty that nobody acknowledged. */
  const escalate = async (alert: Alert, now: Date): Promise<Alert> => {
    const { tenant, duty } = alert;
    const [named, from] = await Promise.all([
      subscriptions.get(tenant, duty?.escalateTo ?? ""),
      subscriptions.get(tenant, alert.subscription),
    ]);
    const to = named && mayHear(named, alert) ? named : undefined;
    const next = passedOn(alert, to, now);
    // Quiet hours, digests and rates are for what can wait. A duty cannot.
    if (to && !to.paused && to.document.channel.type !== "inbox")
      await deliveries.enqueue(
        alertMessage(to, "alert.escalated", next, {
          at: now.toISOString(),
          sequence: next.duty?.escalated ?? 0,
          from: from ?? undefined,
        }),
        now,
      );
    return next;
  };

  const sweepAlert = async (of: AlertKey, now: Date): Promise<Partial<Swept>> => {
    const alert = await alerts.get(of);
    if (!alert) return {};
    const overdue = isOverdue(alert, now);
    const passed = overdue ? await escalate(alert, now) : alert;
    const done = overdue ? { escalated: 1 } : {};
    const version = alert.version + 1;
    // Until ten minutes after a word what came since need not be counted: there will be no other.
    const silent = lookAfterJoining(alert.told.at, now);
    if (alert.state === "ended" || silent > now) {
      await alerts.replace({ ...passed, version }, nextLook(passed, silent, now));
      return done;
    }
    const { next, lastAt, what } = await grow(passed, now);
    const written = await alerts.replace({ ...next, version }, nextLook(next, endOf(next.openedAt, lastAt), now));
    return written && what ? { ...done, [what]: 1 } : done;
  };

  const sweepGathering = async (of: GatheringKey, now: Date): Promise<Partial<Swept>> => {
    const [ids, to] = await Promise.all([gatherings.alerts(of), subscriptions.get(of.tenant, of.subscription)]);
    const told = await alerts.several(ids.map((id) => ({ tenant: of.tenant, id })));
    if (to && to.document.channel.type !== "inbox" && told.length > 0) {
      const fresh = await each(told, async (one) =>
        one.state === "open" ? { ...one, tally: (await gathered(one)).tally } : one,
      );
      await deliveries.enqueue(gatheredMessage(to, of.reason, fresh, of.due), now);
    }
    await gatherings.take(of, ids);
    return { gathered: 1 };
  };

  return async (now: Date): Promise<Swept> => {
    const done = [
      ...(await sweepAll(
        () => alerts.due(now, MOST),
        (of) => sweepAlert(of, now),
      )),
      ...(await sweepAll(
        () => gatherings.due(now, MOST),
        (of) => sweepGathering(of, now),
      )),
    ];
    const failed = done.find((one) => one.status === "rejected");
    if (failed) throw failed.reason;
    const sum = (of: keyof Swept): number =>
      done.reduce((total, one) => total + (one.status === "fulfilled" ? (one.value[of] ?? 0) : 0), 0);
    return { grown: sum("grown"), ended: sum("ended"), escalated: sum("escalated"), gathered: sum("gathered") };
  };
}
