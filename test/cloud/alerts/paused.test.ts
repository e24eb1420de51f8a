import { afterAll, beforeAll, expect, it } from "vitest";
import { replayDeliveries } from "../../../functions/deliveries/replay-deliveries.ts";
import { tellSubscriber } from "../../../functions/match-alerts/tell-subscriber.ts";
import { sweepAlerts } from "../../../shared/alerts/sweep-alerts.ts";
import type { DeliveryMessage } from "../../../shared/contracts/delivery-message.ts";
import { attemptDelivery } from "../../../shared/delivery/attempt-delivery.ts";
import type { Sending } from "../../../shared/delivery/channel-sender.ts";
import { deliveries } from "../../../shared/delivery/deliveries.ts";
import { endpointSlots } from "../../../shared/delivery/endpoint-slots.ts";
import type { PAUSES } from "../../../shared/domain/subscription.ts";
import { allowanceStore } from "../../../shared/store/allowances.ts";
import { deliveryStore } from "../../../shared/store/deliveries.ts";
import { endpointStore } from "../../../shared/store/endpoints.ts";
import { later, reviewEvent } from "../../unit/alerts/alert-examples.ts";
import { exampleKeys } from "../../unit/domain/examples.ts";
import { createTables, startDynalite, type Tables } from "../conformance/tables.ts";
import { alertsWorld } from "./alerts-world.ts";

// What comes while a subscription stands still, from the event to the receiver, on the embedded DynamoDB.

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

/** A storm of forty reviews while a subscription stands still for a reason, then the mending and a replay of the window. */
async function stormWhilePaused(why: (typeof PAUSES)[number]) {
  const world = alertsWorld(tables);
  const { tenant, subscriptions, ports } = world;
  const mine = await world.subscribe();
  await subscriptions.pause(tenant, mine.id, mine.version, { why, at: later(0).toISOString() });
  const paused = await subscriptions.get(tenant, mine.id);
  if (!paused) throw new Error("no subscription");
  const queued: DeliveryMessage[] = [];
  const received: Sending["outgoing"][] = [];
  const queue = {
    send: async (messages: readonly DeliveryMessage[]) => {
      queued.push(...messages);
    },
  };
  const store = deliveryStore(tables.deliveries);
  const keys = exampleKeys();
  let now = later(0);
  const handedOver = { ...ports, deliveries: deliveries({ store, keys, queue }) };
  const tell = tellSubscriber(handedOver);
  const sweep = sweepAlerts(handedOver);
  const attempt = attemptDelivery({
    deliveries: store,
    endpoints: endpointStore(tables.deliveries),
    subscriptions,
    keys,
    senders: {
      webhook: async ({ outgoing }) => {
        received.push(outgoing);
        return { kind: "answered", status: 204 };
      },
    },
    retries: queue,
    tellOwner: async () => undefined,
    notePaused: async () => undefined,
    lane: "again",
    slots: endpointSlots(10),
    clock: () => now,
    random: () => 0.5,
  });
  const deliver = async () => {
    for (const message of queued.splice(0)) if (message.tenant === tenant) await attempt(message);
  };
  for (let n = 0; n < 40; n += 1) {
    now = later(n);
    await tell(paused, reviewEvent(n, { tenant, scoredAt: now.toISOString() }), now);
    await deliver();
  }
  for (let minute = 40; minute <= 120; minute += 4) {
    now = later(minute);
    await sweep(now);
    await deliver();
  }
  const [alert] = await world.inbox();
  expect(received).toHaveLength(0);
  const { paused: _, ...resumed } = paused;
  await subscriptions.save({ ...resumed, version: paused.version + 1 });
  const replay = replayDeliveries({
    deliveries: store,
    retries: queue,
    subscriptions,
    audit: { append: async () => undefined },
    allowances: allowanceStore(tables.deliveries),
  } as never);
  const caller = { tenant, actor: "key:1", role: "admin" } as const;
  const body = { since: later(-1).toISOString(), states: ["failed", "cancelled"] };
  const answer = await replay({ caller, params: { id: mine.id }, query: {}, body, now } as never);
  await deliver();
  return { alert, answer, received };
}

it.each(["failing", "gone", "bounced", "owner_gone"] as const)(
  "what comes while it stands still as %s says that nobody was told, and is replayed once that is mended",
  async (why) => {
    const { alert, answer, received } = await stormWhilePaused(why);
    expect(alert?.record).toMatchObject([
      { what: "opened" },
      { what: "in_inbox", why: "paused" },
      { what: "grown", to: "inbox", why: "paused", count: 40 },
      { what: "ended" },
    ]);
    expect(answer).toMatchObject({ value: { replayed: 2 } });
    expect(received.map(({ type }) => type).sort()).toEqual(["alert.grown", "alert.opened"]);
    const grown = received.find(({ type }) => type === "alert.grown");
    expect(grown?.data).toMatchObject({ alert: { id: alert?.id, tally: { count: 40 } } });
  },
);

it.each(["by_hand", "unsubscribed", "unconfirmed"] as const)(
  "what comes while nobody wants it, %s, is in the inbox only",
  async (why) => {
    const { alert, answer, received } = await stormWhilePaused(why);
    expect(alert?.tally.count).toBe(40);
    expect(alert?.record[1]).toMatchObject({ what: "in_inbox", why: "paused" });
    expect(answer).toMatchObject({ value: { replayed: 0 } });
    expect(received).toEqual([]);
  },
);
