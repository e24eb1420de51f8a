import { randomBytes, randomUUID } from "node:crypto";
import { replay } from "../../../functions/deliveries/replay.ts";
import { hideAddress } from "../../../shared/alerts/check-receiver.ts";
import { notePaused } from "../../../shared/alerts/note-paused.ts";
import { outgoingOf } from "../../../shared/alerts/told-facts.ts";
import type { DeliveryMessage } from "../../../shared/contracts/delivery-message.ts";
import { type AttemptPorts, attemptDelivery } from "../../../shared/delivery/attempt-delivery.ts";
import { chatBody } from "../../../shared/delivery/chat-body.ts";
import { chatSender } from "../../../shared/delivery/chat-sender.ts";
import { deliveries as handingOver } from "../../../shared/delivery/deliveries.ts";
import type { DeliveryQueue } from "../../../shared/delivery/delivery-queue.ts";
import { endpointSlots } from "../../../shared/delivery/endpoint-slots.ts";
import { readAllowedHosts } from "../../../shared/delivery/endpoint-url.ts";
import { type Guard, guardedPost } from "../../../shared/delivery/guarded-post.ts";
import type { DeliveryLane } from "../../../shared/delivery/plan-attempt.ts";
import { requeueDue } from "../../../shared/delivery/requeue-due.ts";
import { rotateSecret } from "../../../shared/delivery/signing-secrets.ts";
import { tellOwner } from "../../../shared/delivery/tell-owner.ts";
import { webhookSender } from "../../../shared/delivery/webhook-sender.ts";
import type { Delivery } from "../../../shared/domain/delivery.ts";
import type { Outgoing } from "../../../shared/domain/outgoing.ts";
import type { Channel, Subscription } from "../../../shared/domain/subscription.ts";
import { openAddress, sealAddress } from "../../../shared/keys/addresses.ts";
import { tenantKeys } from "../../../shared/keys/keys.ts";
import { alertStore } from "../../../shared/store/alerts.ts";
import { type DeliveryStore, deliveryStore } from "../../../shared/store/deliveries.ts";
import { endpointStore } from "../../../shared/store/endpoints.ts";
import { subscriptionStore } from "../../../shared/store/subscriptions.ts";
import { createTables, startDynalite } from "../conformance/tables.ts";
import type { Certificate } from "./certificate.ts";
import { openReceiver, type Receiver } from "./receiver.ts";

/** Requests of one lane at one endpoint, as the functions have it. */
export const SLOTS = 2;
const DATA_KEY = randomBytes(32);
export const keys = tenantKeys(
  async () => DATA_KEY,
  () => new Date(),
);

const CONSOLE = "https://console.example.com";
/** Channels that lead to an address. */
type Addressed = "webhook" | "slack" | "teams";
const channelTo = (url: string, type: Addressed): Channel =>
  type === "webhook" ? { type, url, stream: false } : { type, url };

interface Waiting {
  readonly lane: DeliveryLane;
  readonly at: number;
  readonly message: DeliveryMessage;
}

interface RunOptions {
  readonly untilMs?: number;
  /** By how much the functions' clock differs from the receiver's. */
  readonly skewMs?: number;
  /** Minutes between two sweeps: 1 as deployed, more where a test spans days. */
  readonly sweepMinutes?: number;
}

/** Everything behind delivering on the embedded DynamoDB, with queues and a clock that the test moves. */
export interface DeliveryWorld {
  readonly receiver: Receiver;
  readonly store: ReturnType<typeof deliveryStore>;
  readonly endpoints: ReturnType<typeof endpointStore>;
  readonly subscriptions: ReturnType<typeof subscriptionStore>;
  readonly alerts: ReturnType<typeof alertStore>;
  readonly tenant: string;
  now(): Date;
  /** Makes a subscription with a signing secret; answers its id and the secret. */
  subscribe(url: string, type?: Addressed): Promise<{ readonly id: string; readonly secret: string }>;
  /** Lets a subscription lead to another address. */
  move(subscription: string, url: string): Promise<void>;
  /** Hands a message over to a subscription. */
  tell(subscription: string): Promise<Outgoing>;
  /** Hands the same message over once more. */
  repeat(message: Outgoing): Promise<void>;
  /** Sends again what a subscription was told, as the API does; answers what waits now. */
  replay(subscription: string, some: readonly Delivery[]): Promise<readonly Delivery[]>;
  get(id: string): Promise<Delivery>;
  /** Runs queues and sweeps until a time of the clock; without one, what is to be done now. */
  run(options?: RunOptions): Promise<void>;
  /** What a queue would deliver twice. */
  readonly queued: Waiting[];
  over(ports: Partial<AttemptPorts>): void;
  /** From now on names lead elsewhere. */
  guard(over: Partial<Guard>): void;
}

export interface WorldRig {
  readonly receiver: Receiver;
  /** A tenant of its own, and a name that the receiver knows no requests of. */
  fresh(): { readonly world: DeliveryWorld; readonly name: string };
  close(): Promise<void>;
}

const MINUTE = 60_000;

/**
 * Opens tables and a receiver, whose clock is the test's.
 * @param certificates of the receiver's ports that speak TLS, by their names
 */
export async function openRig(certificates: Readonly<Record<string, Certificate>> = {}): Promise<WorldRig> {
  const { config, stop } = await startDynalite();
  const tables = await createTables(config);
  const receiver = await openReceiver(certificates);

  function world(): DeliveryWorld {
    const tenant = `t${randomBytes(6).toString("hex")}`;
    const store = deliveryStore(tables.deliveries);
    const endpoints = endpointStore(tables.deliveries);
    const subscriptions = subscriptionStore(tables.directory);
    const alerts = alertStore(tables.deliveries);
    const queued: Waiting[] = [];
    let clock = Date.now();
    let skew = 0;
    let guard: Guard = {
      resolve: async () => ["127.0.0.1"],
      allowed: readAllowedHosts(`127.0.0.1:${receiver.ports.http}`),
    };
    let over: Partial<AttemptPorts> = {};
    const queue = (lane: DeliveryLane): DeliveryQueue => ({
      async send(messages, delay = 0) {
        for (const [index, message] of messages.entries()) {
          const seconds = Math.ceil(typeof delay === "number" ? delay : delay(index));
          queued.push({ lane, message, at: clock + seconds * 1000 });
        }
      },
    });
    const outgoing = handingOver({ store, keys, queue: queue("first") });
    const slots = { first: endpointSlots(SLOTS), again: endpointSlots(SLOTS) };
    const addressOf = async (of: Subscription): Promise<string | undefined> => {
      const sealed = await subscriptions.sealedAddress(of.tenant, of.id);
      return sealed && openAddress(keys, of, sealed);
    };
    function senders(by: Guard): AttemptPorts["senders"] {
      const post = guardedPost(by);
      const bodyOf = (told: Outgoing, to: Subscription) => chatBody(told, to, CONSOLE);
      const chat = chatSender({ post, addressOf, bodyOf });
      return { webhook: webhookSender({ post, addressOf }), slack: chat, teams: chat };
    }
    const attempt = (lane: DeliveryLane, message: DeliveryMessage): Promise<void> =>
      attemptDelivery({
        deliveries: store,
        endpoints,
        subscriptions,
        keys,
        senders: senders(guard),
        retries: queue("again"),
        tellOwner: tellOwner({ subscriptions, deliveries: outgoing, notePaused: notePaused({ alerts }) }),
        notePaused: notePaused({ alerts }),
        lane,
        slots: slots[lane],
        clock: () => new Date(clock + skew),
        random: () => 0.5,
        ...over,
      })(message);

    async function run({ untilMs = 0, skewMs = 0, sweepMinutes = 1 }: RunOptions = {}): Promise<void> {
      const until = clock + untilMs;
      skew = skewMs;
      await receiver.clock(clock);
      const between = sweepMinutes * MINUTE;
      let swept = clock;
      for (;;) {
        const ready = queued.filter(({ at }) => at <= clock);
        if (ready.length > 0) {
          for (const one of ready) queued.splice(queued.indexOf(one), 1);
          const settled = await Promise.allSettled(ready.map(({ lane, message }) => attempt(lane, message)));
          // A queue brings back what was not handled.
          for (const [index, { status }] of settled.entries()) {
            const one = ready[index];
            if (status === "rejected" && one) queued.push({ ...one, at: clock + 2_000 });
          }
          continue;
        }
        if (clock >= until) return;
        clock = Math.min(until, swept + between, ...queued.map(({ at }) => at));
        await receiver.clock(clock);
        if (clock < swept + between) continue;
        swept = clock;
        const deliveries = ofTenant(store, tenant);
        const ports = { deliveries, endpoints, subscriptions, retries: queue("again"), random: () => 0.5 };
        await requeueDue(ports, new Date(clock));
      }
    }

    return {
      receiver,
      store,
      endpoints,
      subscriptions,
      alerts,
      tenant,
      queued,
      run,
      now: () => new Date(clock),
      async subscribe(url, type = "webhook") {
        const id = `sub_${randomBytes(6).toString("hex")}`;
        const at = new Date(clock).toISOString();
        const { shown: channel, address } = hideAddress(channelTo(url, type));
        const made: Subscription = {
          id,
          tenant,
          version: 1,
          document: {
            name: "Of a test",
            places: ["verdict"],
            filter: {},
            channel,
            timing: { kind: "immediate" },
            perHour: 60,
          },
          owner: { actor: "key:1", role: "admin" },
          createdAt: at,
          changedAt: at,
          changedBy: "key:1",
        };
        await subscriptions.save(made, address && (await sealAddress(keys, made, address)));
        const rotated = await rotateSecret({ endpoints, keys }, tenant, id, new Date(clock));
        if (!rotated) throw new Error("no secret was made");
        return { id, secret: rotated.secret };
      },
      async move(id, url) {
        const found = await subscriptions.get(tenant, id);
        if (!found) throw new Error("no such subscription");
        const channel: Channel = { type: "webhook", url, stream: false };
        await subscriptions.save({ ...found, version: found.version + 1, document: { ...found.document, channel } });
      },
      async tell(id) {
        const at = new Date(clock).toISOString();
        const notice = { tenant, subscription: { id, name: "Of a test" }, why: "told" };
        const message = outgoingOf({ id, tenant }, "subscription.paused", {
          at,
          data: { about: "subscription", notice },
          parts: [randomUUID()],
        });
        await outgoing.enqueue(message, new Date(clock));
        return message;
      },
      replay: (id, some) =>
        replay(
          { deliveries: store, retries: queue("again"), audit: { append: async () => undefined } },
          { tenant, actor: "key:1", role: "admin" },
          id,
          some,
          new Date(clock),
        ),
      repeat: (message) => outgoing.enqueue(message, new Date(clock)),
      async get(id) {
        const found = await store.get({ tenant, id }, new Date(clock));
        if (!found) throw new Error("no such delivery");
        return found.delivery;
      },
      over(ports) {
        over = { ...over, ...ports };
      },
      guard(more) {
        guard = { ...guard, ...more };
      },
    };
  }

  let count = 0;
  return {
    receiver,
    fresh() {
      count += 1;
      return { world: world(), name: `n${count}` };
    },
    async close() {
      receiver.close();
      await tables.remove();
      await stop();
    },
  };
}

/** Tests share the table, not the clock: one's sweep leaves the others' deliveries alone. */
const ofTenant = (store: DeliveryStore, tenant: string): DeliveryStore => ({
  ...store,
  dueEndpoints: async (now, start) => (await store.dueEndpoints(now, start)).filter((one) => one.tenant === tenant),
});
