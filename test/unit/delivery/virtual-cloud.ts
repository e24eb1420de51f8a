import { randomUUID } from "node:crypto";
import { vi } from "vitest";
import { notePaused } from "../../../shared/alerts/note-paused.ts";
import { outgoingOf } from "../../../shared/alerts/told-facts.ts";
import type { DeliveryMessage } from "../../../shared/contracts/delivery-message.ts";
import { attemptDelivery } from "../../../shared/delivery/attempt-delivery.ts";
import type { ChannelSender, SendResult } from "../../../shared/delivery/channel-sender.ts";
import { deliveries as handingOver } from "../../../shared/delivery/deliveries.ts";
import { endpointSlots } from "../../../shared/delivery/endpoint-slots.ts";
import type { DeliveryLane } from "../../../shared/delivery/plan-attempt.ts";
import { requeueDue } from "../../../shared/delivery/requeue-due.ts";
import { tellOwner } from "../../../shared/delivery/tell-owner.ts";
import type { Outgoing } from "../../../shared/domain/outgoing.ts";
import { virtualQueue } from "./virtual-queue.ts";
import { virtualStore, wait } from "./virtual-store.ts";

// Deliveries on a clock that the test moves (vitest's fake timers): as many environments as Lambda has, each with the real
// step, fair queues and a sweep each minute. Nothing in it depends on how fast this machine is.

/** As infra's mappings and `deliverFrom` have it. */
const ENVIRONMENTS = 20;
const SLOTS = 2;
const MINUTE = 60_000;

/** How a receiver is: how long it takes for an answer and which, or how it fails. */
export type Manner =
  | { readonly answersIn: number; readonly status?: number }
  | { readonly fails: "answer_timed_out" | "connection_reset" | "tls_failed" | "connection_refused" };

/** One request as a receiver saw it. */
interface Seen {
  readonly id: string;
  readonly subscription: string;
  /** Milliseconds since its message was handed over. */
  readonly waited: number;
}

interface VirtualOptions {
  /** Put around everything that leaves a process: stores, queues, requests. */
  readonly wrap?: <Ports extends object>(ports: Ports) => Ports;
  /** Does a message whose attempt failed stay away, instead of coming again? */
  readonly isLost?: boolean;
  readonly environments?: number;
  /** Instead of the groups that SQS is told. */
  readonly groupOf?: (message: DeliveryMessage) => string;
}

async function behave(manner: Manner, totalMs: number): Promise<SendResult> {
  const late = { kind: "failed", reason: "answer_timed_out" } as const;
  if ("fails" in manner) {
    await wait(manner.fails === "answer_timed_out" ? totalMs : 20);
    return { kind: "failed", reason: manner.fails };
  }
  await wait(Math.min(manner.answersIn, totalMs));
  return manner.answersIn > totalMs ? late : { kind: "answered", status: manner.status ?? 200 };
}

/** To be opened after `vi.useFakeTimers()`. */
export function virtualCloud({
  wrap = (ports) => ports,
  isLost = false,
  environments = ENVIRONMENTS,
  groupOf,
}: VirtualOptions = {}) {
  const store = virtualStore();
  const ports = {
    deliveries: wrap(store.deliveries),
    endpoints: wrap(store.endpoints),
    subscriptions: wrap(store.subscriptions),
  };
  const manners = new Map<string, Manner>();
  const handed = new Map<string, number>();
  const seen: Seen[] = [];
  const alerts = new Set<string>();
  const queued = { sends: 0, receives: 0 };
  const queues = {
    first: virtualQueue(queued, () => isLost, groupOf),
    again: virtualQueue(queued, () => isLost, groupOf),
  };
  const retries = wrap({ send: queues.again.send });
  const clock = () => new Date();
  let seed = 1;
  /** The same numbers each time. */
  const random = (): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const keys = {
    seal: async (_: string, __: string, text: string) => Buffer.from(text),
    open: async (_: string, __: string, sealed: Uint8Array) => Buffer.from(sealed).toString(),
  };
  const outgoing = handingOver({ store: ports.deliveries, keys, queue: wrap({ send: queues.first.send }) });
  const webhook: ChannelSender = async ({ outgoing: { id, subscription }, patience }) => {
    seen.push({ id, subscription, waited: Date.now() - (handed.get(id) ?? Number.NaN) });
    return behave(manners.get(subscription) ?? { answersIn: 50 }, patience.totalMs);
  };
  const toInbox = notePaused({
    alerts: wrap({
      async add({ id }: { readonly id: string }) {
        await wait(5);
        alerts.add(id);
        return true;
      },
    }),
  });
  for (const lane of ["first", "again"] satisfies DeliveryLane[])
    for (let environment = 0; environment < environments; environment += 1)
      queues[lane].drainedBy(
        attemptDelivery({
          ...ports,
          keys,
          senders: wrap({ webhook }),
          retries,
          tellOwner: tellOwner({ ...ports, deliveries: outgoing, notePaused: toInbox }),
          notePaused: toInbox,
          lane,
          slots: endpointSlots(SLOTS),
          clock,
          random,
        }),
      );
  const sweep = () => requeueDue({ ...ports, retries, random }, clock());
  let made = 0;

  return {
    /** Requests as receivers saw them, in their order. */
    seen,
    /** Ids of what stands in the inbox. */
    alerts,
    /** Requests of SQS and writes to tables so far. */
    counted: () => ({ ...queued, ...store.counted }),
    store,
    sweep,
    subscribe(tenant: string, manner: Manner): string {
      made += 1;
      const id = `sub_${String(made).padStart(12, "0")}`;
      const channel = { type: "webhook", url: `https://hooks.example.com/${id}`, stream: false } as const;
      const at = clock().toISOString();
      store.keep({
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
      });
      manners.set(id, manner);
      return id;
    },
    turn: (subscription: string, manner: Manner) => void manners.set(subscription, manner),
    /** A message that nobody has handed over yet. */
    messageTo(tenant: string, id: string): Outgoing {
      const notice = { tenant, subscription: { id, name: "Of a test" } };
      const data = { about: "subscription", notice } as const;
      return outgoingOf({ id, tenant }, "subscription.paused", {
        at: clock().toISOString(),
        data,
        parts: [randomUUID()],
      });
    },
    async tell(message: Outgoing): Promise<void> {
      handed.set(message.id, Date.now());
      await outgoing.enqueue(message, clock());
    },
    /** Lets time pass, with a sweep each minute. */
    async pass(ms: number): Promise<void> {
      const until = Date.now() + ms;
      while (Date.now() < until) {
        const next = Math.min(until, (Math.floor(Date.now() / MINUTE) + 1) * MINUTE);
        await vi.advanceTimersByTimeAsync(next - Date.now());
        // One that fails is as if it had not been.
        if (next % MINUTE === 0) void sweep().catch(() => undefined);
      }
    },
  };
}
export type VirtualCloud = ReturnType<typeof virtualCloud>;
