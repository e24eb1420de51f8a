import { dealFairly } from "../delivery/deal-fairly.ts";
import type { Alert } from "../domain/alert.ts";
import type { Subscription } from "../domain/subscription.ts";
import { inTime } from "../runtime/in-time.ts";
import { describeError, logger } from "../runtime/logger.ts";
import type { AlertCounts } from "../store/alert-counts.ts";
import type { Alerts, DueAlert } from "../store/alerts.ts";
import type { Gatherings } from "../store/gatherings.ts";
import type { Subscriptions } from "../store/subscriptions.ts";
import { type Gathered, grown, growthOf, isOverdue, lookAfterJoining, lookAfterSweep, nextLook } from "./alert-life.ts";
import type { Deliveries } from "./deliveries-port.ts";
import { gatheredBy } from "./gathered-by.ts";
import { hearsMore } from "./may-hear.ts";
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

/**
 * Rows of one kind that are looked up at once: about as many as one sweep can work on, so that it chooses among nearly all
 * that is due.
 */
const MOST = 8_000;
/** Worked on at the same time. A message of what was gathered may be of 2,000 alerts. */
const ALERTS_AT_ONCE = 10;
const GATHERED_AT_ONCE = 2;

/** By turns of one tenant after the other: much that one of them has keeps nothing of the others waiting. */
function inTurn<Of extends { readonly tenant: string }>(of: readonly Of[]): Of[] {
  const lines = [...Map.groupBy(of, ({ tenant }) => tenant)].map(([tenant, waiting]) => ({ tenant, waiting }));
  return dealFairly(lines, of.length);
}

interface Sweeping<Row, Of> {
  readonly due: () => Promise<readonly Row[]>;
  /** The same row, as it was noted, has the same name. */
  readonly nameOf: (row: Row) => string;
  /** What is to be done about some rows, in its order. */
  readonly pieces: (rows: readonly Row[]) => readonly Of[];
  readonly atOnce: number;
  readonly work: (one: Of) => Promise<Partial<Swept>>;
}

/** Works on all that is due, for as long as there is time; on each row once, so that one that fails stands in nobody's way. */
async function sweepAll<Row, Of>(
  { due, nameOf, pieces, atOnce, work }: Sweeping<Row, Of>,
  hasTime: () => boolean,
): Promise<readonly PromiseSettledResult<Partial<Swept>>[]> {
  const done: PromiseSettledResult<Partial<Swept>>[] = [];
  const seen = new Set<string>();
  while (hasTime()) {
    const page = await due();
    // What failed is found again, and for a moment also what was done: the index is a little behind.
    const fresh = page.filter((row) => !seen.has(nameOf(row)));
    for (const row of fresh) seen.add(nameOf(row));
    done.push(...(await inTime(pieces(fresh), atOnce, hasTime, work)));
    if (fresh.length === 0 || page.length < MOST) break;
  }
  return done;
}

const isUrgent = ({ lane, duty, acknowledged }: Alert): boolean =>
  lane === "severe_safety" || (duty !== undefined && !acknowledged);

/**
 * What time brings: alerts that grew or ended, duties that nobody acknowledged, digests and summaries that are due. Each
 * step hands its messages over before it writes that it did, under ids that a repeat gives again: after a crash something
 * may be handed over twice, and is delivered once. What there is no time for is the next one's, within a minute. Throws at
 * the end where something failed, with all else done.
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
    const own = news ? await subscriptions.get(alert.tenant, alert.subscription) : undefined;
    const to = own && hearsMore(own, alert) ? own : undefined;
    const notice = to && (await noticeNow(alert, to, now));
    const next = grown(alert, all, { ends, notice, paused: to?.paused !== undefined }, now);
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

  return async (now: Date, hasTime: () => boolean = () => true): Promise<Swept> => {
    const kinds = await Promise.allSettled([
      sweepAll(
        {
          due: () => alerts.due(now, MOST),
          nameOf: ({ tenant, id, noted }) => [tenant, id, noted].join("#"),
          // Nobody's growth or end is as urgent as a duty that nobody has acknowledged.
          pieces: (rows) => [true, false].flatMap((duties) => inTurn(rows.filter(({ isDuty }) => isDuty === duties))),
          atOnce: ALERTS_AT_ONCE,
          work: (of) => sweepAlert(of, now),
        },
        hasTime,
      ),
      sweepAll(
        {
          due: () => gatherings.due(now, MOST),
          nameOf: ({ tenant, subscription, reason, due, part }) => [tenant, subscription, reason, due, part].join("#"),
          pieces: (rows) => inTurn(messagesOf(rows)),
          atOnce: GATHERED_AT_ONCE,
          work: async ({ parts }) => {
            await tell(parts, now);
            return { gathered: 1 };
          },
        },
        hasTime,
      ),
    ]);
    const done = kinds.flatMap((kind) => (kind.status === "fulfilled" ? kind.value : [kind]));
    const sum = (of: keyof Swept): number =>
      done.reduce((total, one) => total + (one.status === "fulfilled" ? (one.value[of] ?? 0) : 0), 0);
    const swept = { grown: sum("grown"), ended: sum("ended"), escalated: sum("escalated"), gathered: sum("gathered") };
    const failures = done.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    if (failures.length === 0) return swept;
    logger.error("some alerts were not swept", { failed: failures.length, ...swept, ...describeError(failures[0]) });
    throw failures[0];
  };
}
