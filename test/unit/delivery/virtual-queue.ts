import { nextInFairOrder } from "../../../local/parts/fair-delivery.ts";
import type { DeliveryMessage } from "../../../shared/contracts/delivery-message.ts";
import { type DeliveryQueue, groupOf } from "../../../shared/delivery/delivery-queue.ts";
import { STORE_MS, wait } from "./virtual-store.ts";

/** As infra's mappings have it. */
const BATCH = 10;
/** Milliseconds after which what failed comes again. */
const AGAIN_MS = 2_000;

type Attempt = (message: DeliveryMessage) => Promise<void>;

interface VirtualQueue extends DeliveryQueue {
  /** Adds an environment that handles a batch at a time. */
  drainedBy(attempt: Attempt): void;
}

/** Counted in requests: up to ten messages are sent, or received and deleted, with one. */
interface QueueCount {
  sends: number;
  receives: number;
}

/**
 * A fair queue.
 * @param isLost does a message whose attempt failed stay away, instead of coming again?
 * @param group of a message, as SQS is told
 */
export function virtualQueue(counted: QueueCount, isLost: () => boolean, group = groupOf): VirtualQueue {
  const waiting: DeliveryMessage[] = [];
  const inFlight = new Map<string, number>();
  const idle: Attempt[] = [];
  const count = (message: DeliveryMessage, by: number) =>
    inFlight.set(group(message), (inFlight.get(group(message)) ?? 0) + by);

  function pump(): void {
    while (waiting.length > 0) {
      const attempt = idle.pop();
      if (!attempt) return;
      const batch = nextInFairOrder(waiting, BATCH, group, inFlight);
      for (const one of batch) {
        waiting.splice(waiting.indexOf(one), 1);
        count(one, 1);
      }
      counted.receives += 1;
      void Promise.all(batch.map((message) => handle(attempt, message))).then(() => {
        idle.push(attempt);
        pump();
      });
    }
  }

  async function handle(attempt: Attempt, message: DeliveryMessage): Promise<void> {
    try {
      await attempt(message);
    } catch {
      if (!isLost()) bring(message, AGAIN_MS);
    } finally {
      count(message, -1);
    }
  }

  const bring = (message: DeliveryMessage, ms: number) =>
    setTimeout(() => {
      waiting.push(message);
      queueMicrotask(pump);
    }, ms);

  return {
    drainedBy(attempt) {
      idle.push(attempt);
    },
    async send(messages, delay = 0) {
      counted.sends += Math.ceil(messages.length / BATCH);
      await wait(STORE_MS);
      for (const [index, message] of messages.entries())
        bring(message, 1_000 * Math.ceil(typeof delay === "number" ? delay : delay(index)));
    },
  };
}
