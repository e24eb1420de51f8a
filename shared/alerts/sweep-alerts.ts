import type { Alert } from "../domain/alert.ts";
import type { Subscription } from "../domain/subscription.ts";
import type { AlertCounts } from "../store/alert-counts.ts";
import type { Alerts, DueAlert } from "../store/alerts.ts";
import type { Gatherings } from "../store/gatherings.ts";
import type { Subscriptions } from "../store/subscriptions.ts";
import { type Gathered, grown, growthOf, isOverdue, lookAfterJoining, lookAfterSweep, nextLook } from "./alert-life.ts";
import type { Deliveries } from "./deliveries-port.ts";
import { gatheredBy } from "./gathered-by.ts";
import { inTurns } from "./in-turns.ts";
import { type Notice, noticeOf } from "./notice.ts";
import { passOn } from "./pass-on.ts";
import { messagesOf, tellGathered } from "./tell-gathered.ts";
import { alertMessage } from "./told-facts.ts";

export interface SweepAlerts {
  readonly alerts: Pick<Alerts, "due" | "get" | "several" | "replace" | "countSent">;
  readonly counts: Pick<AlertCounts, "parts" | "sumUp">;
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

/** Works on all that is due, a page at a time. One that fails keeps none of the others from being worked on. */
async function sweepAll<Row, Of>(
  due: () => Promise<readonly Row[]>,
  pieces: (page: readonly Row[]) => readonly Of[],
  work: (one: Of) => Promise<Partial<Swept>>,
): Promise<readonly PromiseSettledResult<Partial<Swept>>[]> {
  const done: PromiseSettledResult<Partial<Swept>>[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const page = await due();
    const ofPage = (await inTurns(pieces(page), (one) => Promise.allSettled([work(one)]))).flat();
    done.push(...ofPage);
    // What failed is found again, and would be again.
    if (page.length < MOST || ofPage.some(({ status }) => status === "rejected")) break;
  }
  return done;
}

const isUrgent = ({ lane, duty, acknowledged }: Alert): boolean =>
  lane === "severe_safety" || (duty !== undefined && !acknowledged);

/**
 * What time brings: alerts that grew or ended, duties that nobody acknowledged, digests and summaries that are due. Each
 * step hands its messages over before it writes that it did, under ids that a repeat gives again: after a crash something
 * may be handed over twice, and is delivered once.
 */
export function sweepAlerts({ alerts, counts, gatherings, subscriptions, deliveries }: SweepAlerts) {
  const escalate = passOn({ subscriptions, deliveries });
  const tell = tellGathered({ alerts, counts, gatherings, subscriptions, deliveries });

  const noticeNow = async (alert: Alert, to: Subscription, now: Date): Promise<Notice> => {
    const urgent = isUrgent(alert);
    const notice = noticeOf(to, { urgent, sent: 0 }, now);
    if (notice.kind !== "now") return notice;
    return noticeOf(to, { urgent, sent: await alerts.countSent(alert.tenant, to.id, now) }, now);
  };

  /** Tells the subscriber what the alert has become, if that is news. */
  const grow = async (alert: Alert, all: Gathered, now: Date): Promise<{ next: Alert; what?: "grown" | "ended" }> => {
    const { ends, news } = growthOf(alert, all, now);
    const to = news ? await subscriptions.get(alert.tenant, alert.subscription) : undefined;
    const notice = to && (await noticeNow(alert, to, now));
    const next = grown(alert, all, { ends, notice }, now);
    if (to && notice?.kind === "now") {
      const word = { at: now.toISOString(), sequence: next.told.sequence };
      await deliveries.enqueue(alertMessage(to, ends ? "alert.ended" : "alert.grown", next, word), now);
    }
    if (notice?.kind === "gather")
      await gatherings.add({ tenant: alert.tenant, subscription: alert.subscription, ...notice }, alert.id);
    const what = ends ? "ended" : notice ? "grown" : undefined;
    return { next, ...(what ? { what } : {}) };
  };

  const sweepAlert = async (of: DueAlert, now: Date): Promise<Partial<Swept>> => {
    const alert = await alerts.get(of);
    if (!alert) return {};
    const write = async (next: Alert, then: Date): Promise<boolean> => {
      const one = { ...next, version: alert.version + 1 };
      if (await alerts.replace(one, { at: nextLook(one, then, now), noted: of.noted })) return true;
      // Somebody joined it meanwhile and wants it to be looked at. While it is open that is soon enough; one that ended is
      // looked at again before it is written that it did, so that its last word counts all.
      return one.state === "open" && alerts.replace(one);
    };
    const overdue = isOverdue(alert, now);
    const passed = overdue ? await escalate(alert, now) : alert;
    const done = overdue ? { escalated: 1 } : {};
    // Until ten minutes after a word what came since need not be counted: there will be no other.
    const silent = lookAfterJoining(alert.told.at, now);
    if (alert.state === "open" && silent > now) return (await write(passed, silent)) ? done : {};
    const all = gatheredBy(alert, await counts.sumUp(of, now));
    // Whoever joined an alert in the moment in which it ended is told of like all others.
    if (alert.state === "ended" && all.tally.count <= alert.tally.count)
      return (await write(passed, silent)) ? done : {};
    const { next, what } = await grow(passed, all, now);
    const change = { told: what === "grown", more: all.tally.count > alert.tally.count };
    if (!(await write(next, lookAfterSweep(next, all, change, now)))) return {};
    return what ? { ...done, [what]: 1 } : done;
  };

  return async (now: Date): Promise<Swept> => {
    const done = [
      ...(await sweepAll(
        () => alerts.due(now, MOST),
        (page) => page,
        (of) => sweepAlert(of, now),
      )),
      ...(await sweepAll(
        () => gatherings.due(now, MOST),
        messagesOf,
        async (parts) => {
          await tell(parts, now);
          return { gathered: 1 };
        },
      )),
    ];
    const failed = done.find((one) => one.status === "rejected");
    if (failed) throw failed.reason;
    const sum = (of: keyof Swept): number =>
      done.reduce((total, one) => total + (one.status === "fulfilled" ? (one.value[of] ?? 0) : 0), 0);
    return { grown: sum("grown"), ended: sum("ended"), escalated: sum("escalated"), gathered: sum("gathered") };
  };
}
