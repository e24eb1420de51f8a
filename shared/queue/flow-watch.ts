import { randomUUID } from "node:crypto";
import { MetricUnit } from "@aws-lambda-powertools/metrics";
import { type FlowSlot, SLOT_MS } from "../domain/flow-slot.ts";
import type { Verdict } from "../domain/verdict.ts";
import { afterTrips, tripsOf } from "../policy/breaker.ts";
import { BAND_DAYS, type Usual, usualOf } from "../policy/breaker-bands.ts";
import { countersOf } from "../policy/flow.ts";
import type { Clock } from "../runtime/clock.ts";
import { expiringCache } from "../runtime/expiring-cache.ts";
import { describeError, logger, metrics } from "../runtime/logger.ts";
import type { BreakerStates } from "../store/breaker-states.ts";
import type { FlowCounts } from "../store/flow-counts.ts";
import { leftOwing, publishOwed } from "./breaker-events.ts";
import type { Topic } from "./topic.ts";

export interface FlowWatchPorts {
  readonly flows: FlowCounts;
  readonly breakers: BreakerStates;
  readonly events: Topic;
  readonly clock: Clock;
}

export interface FlowWatch {
  /**
   * Counts verdicts, and looks whether a share has left its band where it is time to. It never fails: what it could not
   * write is lost from the counts, which are no promise to anybody.
   * @param factor how many times its usual odds make a flood
   */
  count(tenant: string, made: readonly Verdict[], epoch: number, factor: number): Promise<void>;
}

/** Counts are written every ten seconds while they come fast, and every minute at least while anything comes. */
const FAST_MS = 10_000;
const SLOW_MS = 60_000;
const FAST_ITEMS = 20;
/** Counters that one execution environment keeps of a tenant: rules by the names in its policies, labels, actions. */
const MOST_COUNTERS = 600;
/** Seconds that what was read is good for: the usual, and the breaker's state. */
const USUAL_SECONDS = 600;
const STATE_SECONDS = 30;
/** Milliseconds after which the stored usual is made anew, by whoever needs it. */
const DIGEST_MS = 3_600_000;
const BAND_MS = BAND_DAYS * 86_400_000;

/** What was counted here and is not written yet. */
interface Pending {
  readonly counts: Map<string, number>;
  items: number;
  epoch: number;
  /** When the first of them was counted, and when counts were last written. */
  since: number;
  written: number;
}

function addTo(pending: Pending, made: readonly Verdict[]): void {
  for (const one of made) {
    pending.items += 1;
    for (const counter of countersOf(one)) {
      const known = pending.counts.get(counter);
      if (known === undefined && pending.counts.size >= MOST_COUNTERS) continue;
      pending.counts.set(counter, (known ?? 0) + 1);
    }
  }
}

/** Watches the flow of each tenant's verdicts, and holds a rule or label whose share leaves its usual band. */
export function flowWatch({ flows, breakers, events, clock }: FlowWatchPorts): FlowWatch {
  const pendingOf = new Map<string, Pending>();
  const stateOf = expiringCache((tenant) => breakers.read(tenant), STATE_SECONDS, clock);

  const usualFor = expiringCache(
    async (tenant): Promise<Usual> => {
      const now = clock();
      const stored = await flows.digest(tenant);
      if (stored && now.getTime() - stored.at.getTime() < DIGEST_MS) return stored.value as Usual;
      const [slots, { relearning }] = await Promise.all([
        // The running slot is what is held against the others.
        flows.between(tenant, new Date(now.getTime() - BAND_MS), new Date(now.getTime() - SLOT_MS)),
        breakers.read(tenant),
      ]);
      const usual = usualOf(slots, relearning);
      await flows.putDigest(tenant, { at: now, value: usual });
      return usual;
    },
    USUAL_SECONDS,
    clock,
  );

  const look = async (tenant: string, slot: FlowSlot, factor: number, now: Date): Promise<void> => {
    const [usual, known] = await Promise.all([usualFor(tenant), stateOf(tenant)]);
    const trips = tripsOf(slot, usual, factor);
    if (afterTrips(known, trips, now, randomUUID) === known && leftOwing(known, now).length === 0) return;
    const state = await breakers.read(tenant, true);
    const next = afterTrips(state, trips, now, randomUUID);
    // Whoever was faster publishes; what is still true then is seen again in ten seconds.
    if (next !== state && !(await breakers.change(tenant, next))) return;
    const made = next.owed.filter(({ id }) => !state.owed.some((one) => one.id === id));
    for (const { type, quarantine } of made) {
      logger.warn(type, { subject: quarantine.subject, kind: quarantine.kind, effect: quarantine.effect });
      metrics.addMetric(type === "breaker.opened" ? "BreakerOpened" : "BreakerClosed", MetricUnit.Count, 1);
    }
    const due = [...leftOwing(state, now), ...made];
    if (due.length > 0) await publishOwed({ breakers, events }, tenant, next, due);
  };

  return {
    async count(tenant, made, epoch, factor) {
      const now = clock();
      const time = now.getTime();
      const known = pendingOf.get(tenant);
      const pending: Pending = known ?? { counts: new Map(), items: 0, epoch, since: time, written: 0 };
      pendingOf.set(tenant, pending);
      addTo(pending, made);
      const isFast = pending.items >= FAST_ITEMS && time - pending.written >= FAST_MS;
      if (pending.items === 0 || (!isFast && time - pending.since < SLOW_MS)) return;
      pendingOf.set(tenant, { counts: new Map(), items: 0, epoch, since: time, written: time });
      try {
        await look(tenant, await flows.add(tenant, Object.fromEntries(pending.counts), epoch, now), factor, now);
      } catch (error) {
        logger.warn("the flow was not watched", { items: pending.items, ...describeError(error) });
        metrics.addMetric("FlowUnwatched", MetricUnit.Count, 1);
      }
    },
  };
}
