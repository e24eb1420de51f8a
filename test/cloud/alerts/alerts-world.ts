import { randomBytes } from "node:crypto";
import { tellSubscriber } from "../../../functions/match-alerts/tell-subscriber.ts";
import type { AlertEvent } from "../../../shared/alerts/alert-event.ts";
import { compileSubscriptions } from "../../../shared/alerts/match-subscriptions.ts";
import { sweepAlerts } from "../../../shared/alerts/sweep-alerts.ts";
import { together } from "../../../shared/alerts/tally.ts";
import type { Alert } from "../../../shared/domain/alert.ts";
import { type Outgoing, outgoing } from "../../../shared/domain/outgoing.ts";
import type { Subscription } from "../../../shared/domain/subscription.ts";
import { alertCountStore } from "../../../shared/store/alert-counts.ts";
import { alertStore } from "../../../shared/store/alerts.ts";
import { gatheringStore } from "../../../shared/store/gatherings.ts";
import { subscriptionStore } from "../../../shared/store/subscriptions.ts";
import { exampleSubscription, later } from "../../unit/alerts/alert-examples.ts";
import { NOW } from "../../unit/domain/examples.ts";
import type { Tables } from "../conformance/tables.ts";

/** Alerts on real tables, from an event to what is handed over, with a clock that the test moves. */
export function alertsWorld({ deliveries: table, directory }: Tables) {
  const tenant = `t${randomBytes(8).toString("hex")}`;
  const told = new Map<string, Outgoing>();
  const handedOver: Outgoing[] = [];
  let fails = (): boolean => false;
  const deliveries = {
    async enqueue(message: Outgoing) {
      if (fails()) throw new Error("the queue is down");
      // A sweep does what is due of all tenants, of other tests too.
      if (message.tenant !== tenant) return;
      handedOver.push(outgoing.parse(message));
      if (!told.has(message.id)) told.set(message.id, message);
    },
  };
  const alerts = alertStore(table);
  const counts = alertCountStore(table, together);
  const gatherings = gatheringStore(table);
  const subscriptions = subscriptionStore(directory);
  const ports = { alerts, counts, gatherings, deliveries };
  const sweep = sweepAlerts({ ...ports, subscriptions });
  // Each has its own memory, as execution environments do.
  const tellers = [1, 2, 3].map(() => tellSubscriber(ports));
  return {
    tenant,
    /** All that tellers and sweeps ask; a test may put something else in the place of a part. */
    ports: { ...ports, subscriptions },
    alerts,
    counts,
    gatherings,
    subscriptions,
    /** All that was handed over, and the same without repeats, in order. */
    handedOver,
    told: () => [...told.values()],
    fail: (when: () => boolean) => {
      fails = when;
    },
    async subscribe(document: Record<string, unknown> = {}, more: Partial<Subscription> = {}): Promise<Subscription> {
      const made = exampleSubscription(document, { tenant, ...more });
      await subscriptions.save(made);
      return made;
    },
    /** Tells all of a subscription's that fit, some at the same time, at a minute. */
    async happen(to: readonly Subscription[], events: readonly AlertEvent[], minute: number): Promise<void> {
      const set = compileSubscriptions(to);
      const all = events.flatMap((event) => set.match(event).map((one) => ({ one, event })));
      const done = await Promise.allSettled(
        all.map(({ one, event }, index) => tellers[index % tellers.length]?.(one, event, later(minute))),
      );
      for (const each of done) if (each.status === "rejected") throw each.reason;
    },
    sweep: (minute: number) => sweep(later(minute)),
    /** Sweeps from one minute to another, both included, every four minutes. */
    async pass(from: number, to: number): Promise<void> {
      for (let minute = from; minute < to; minute += 4) await sweep(later(minute));
      await sweep(later(to));
    },
    inbox: async (): Promise<readonly Alert[]> =>
      (
        await Promise.all(
          [0, 1].map((days) =>
            alerts.ofDay(
              tenant,
              later(days * 1_440, NOW)
                .toISOString()
                .slice(0, 10),
              100,
            ),
          ),
        )
      ).flat(),
  };
}
