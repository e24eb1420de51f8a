import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tellSubscriber } from "../../../functions/match-alerts/tell-subscriber.ts";
import { sweepAlerts } from "../../../shared/alerts/sweep-alerts.ts";
import { together } from "../../../shared/alerts/tally.ts";
import { deliveries } from "../../../shared/delivery/deliveries.ts";
import { alertCountStore } from "../../../shared/store/alert-counts.ts";
import { alertStore } from "../../../shared/store/alerts.ts";
import { deliveryStore } from "../../../shared/store/deliveries.ts";
import { gatheringStore } from "../../../shared/store/gatherings.ts";
import { exampleSubscription, labelled, later, reviewEvent } from "../../unit/alerts/alert-examples.ts";
import { exampleKeys } from "../../unit/domain/examples.ts";
import { createTables, startDynalite, type Tables } from "../conformance/tables.ts";
import { countedRequests, type Spent } from "./counted-requests.ts";

// What telling a subscription costs, counted on the embedded DynamoDB; docs/alerts.md has the figures.

let tables: Tables;
let stop: () => Promise<void>;
beforeAll(async () => {
  const { config, stop: end } = await startDynalite();
  tables = await createTables(config);
  stop = end;
});
afterAll(async () => {
  await tables?.remove();
  await stop?.();
});

function counted(document: Record<string, unknown> = {}) {
  const tenant = `t${randomBytes(8).toString("hex")}`;
  const { table, take } = countedRequests(tables.deliveries);
  let queued = 0;
  const queue = {
    send: async () => {
      queued += 1;
    },
  };
  const to = exampleSubscription(document, { tenant });
  const ports = {
    alerts: alertStore(table),
    counts: alertCountStore(table, together),
    gatherings: gatheringStore(table),
    deliveries: deliveries({ store: deliveryStore(table), keys: exampleKeys(), queue }),
    subscriptions: { get: async () => to },
  };
  const tell = tellSubscriber(ports);
  const event = (n: number, minute: number) =>
    reviewEvent(n, { tenant, scoredAt: later(minute).toISOString() }, `words-${n}`);
  return {
    ports,
    take,
    queued: () => queued,
    /** Tells of some events as one batch of messages. */
    batch: (numbers: readonly number[], minute: number) =>
      Promise.all(numbers.map((n) => tell(to, event(n, minute), later(minute)))),
    /** The same with reviews that must be acknowledged and read alike. */
    duties: (numbers: readonly number[], minute: number) =>
      Promise.all(
        numbers.map((n) => {
          const labels = [labelled("adverse_event")];
          return tell(
            to,
            reviewEvent(n, { tenant, labels, scoredAt: later(minute).toISOString() }, "same"),
            later(minute),
          );
        }),
      ),
    sweep: sweepAlerts(ports),
  };
}

const shown = ({ requests, reads, writes }: Spent): string =>
  `${requests} requests, ${reads} read and ${writes} write units`;
const note = (what: string, spent: Spent): void => console.log(`${what.padEnd(46)} ${shown(spent)}`);

describe("DynamoDB's part in telling one subscription by webhook", () => {
  it("is a bounded number of requests", async () => {
    const it = counted();
    await it.batch([0], 0);
    const opening = it.take();
    note("an event that begins an alert", opening);
    await it.batch([1], 0.1);
    const second = it.take();
    note("the second event", second);
    await it.batch([2], 0.2);
    const joining = it.take();
    note("one more in the same minute", joining);
    await it.batch([3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 0.3);
    const ten = it.take();
    note("a batch of ten", ten);
    await it.batch([13], 2);
    const noted = it.take();
    note("the first after some minutes", noted);
    // A row of 500 events is the largest that is written.
    for (let n = 20; n < 470; n += 50)
      await it.batch(
        Array.from({ length: 50 }, (_, m) => n + m),
        2,
      );
    it.take();
    await it.batch([600], 2);
    const full = it.take();
    note("one more in a minute of 450", full);

    expect({ opening, second, joining, ten, noted, full }).toEqual({
      opening: { requests: 6, reads: 2, writes: 10 },
      second: { requests: 4, reads: 1, writes: 6 },
      joining: { requests: 2, reads: 1, writes: 1 },
      ten: { requests: 2, reads: 1, writes: 1 },
      noted: { requests: 5, reads: 3, writes: 3 },
      full: { requests: 2, reads: 2, writes: 5 },
    });
    expect(it.queued()).toBe(1);
  });

  it("is some requests more where it must be acknowledged", async () => {
    const it = counted();
    await it.duties([0], 0);
    const opening = it.take();
    note("an event that begins a duty", opening);
    await it.duties([1], 1);
    it.take();
    await it.duties([2], 1.1);
    const joining = it.take();
    note("a near-duplicate that joins it", joining);
    expect({ opening, joining }).toEqual({
      opening: { requests: 7, reads: 2, writes: 11 },
      joining: { requests: 3, reads: 1, writes: 3 },
    });
  });

  it("is one write for each event of a stream", async () => {
    const it = counted({ channel: { type: "webhook", url: "https://platform.example/in", stream: true } });
    await it.batch([0], 0);
    const one = it.take();
    note("an event of a stream", one);
    expect(one).toEqual({ requests: 1, reads: 0, writes: 3 });
    await it.batch([1, 2, 3, 4], 0);
    expect(it.take().requests).toBe(4);
  });
});

describe("looking at an alert that has grown for a day", () => {
  it("reads hours that are over as one: no more than in its first hour, but for those", async () => {
    const it = counted();
    let first = 0;
    for (let minute = 0; minute < 8 * 60; minute += 4) {
      await it.batch([3 * minute, 3 * minute + 1, 3 * minute + 2], minute);
      it.take();
      if (minute % 60 !== 56) continue;
      await it.sweep(later(minute + 1));
      const spent = it.take();
      if (minute === 56) {
        first = spent.reads;
        note("a sweep after an hour, its indexes included", spent);
      } else if (minute === 8 * 60 - 4) note("after eight hours", spent);
      else continue;
      expect(spent.reads).toBeLessThanOrEqual(first + 8);
    }
  });
});
