import type { SqsQueue, SqsStore } from "../../node_modules/fauxqs/dist/sqs/sqsStore.js";
import type { Call } from "../gate/call.ts";
import { groupsOf } from "./message-groups.ts";

type Message = SqsQueue["messages"][number];

/** A message without a group is a tenant of its own, as SQS has it. */
const groupOf = ({ messageId, messageGroupId }: Message): string => messageGroupId ?? messageId;

/**
 * Which messages go out next: each time one of the group that has the fewest in flight, of equal ones the group that
 * waits longest; the oldest of its group first.
 * @param waiting oldest first
 * @param inFlight by group, how many messages are received and not yet deleted
 */
export function nextInFairOrder<M>(
  waiting: readonly M[],
  most: number,
  group: (message: M) => string,
  inFlight: ReadonlyMap<string, number>,
): M[] {
  const lines = new Map<string, M[]>();
  for (const message of waiting) {
    const name = group(message);
    const line = lines.get(name);
    if (line === undefined) lines.set(name, [message]);
    else if (line.length < most) line.push(message);
  }
  const busy = new Map(inFlight);
  const next: M[] = [];
  while (next.length < most && lines.size > 0) {
    let chosen = "";
    let fewest = Number.POSITIVE_INFINITY;
    for (const name of lines.keys()) {
      const count = busy.get(name) ?? 0;
      if (count >= fewest) continue;
      [chosen, fewest] = [name, count];
      if (fewest === 0) break;
    }
    const [message, ...left] = lines.get(chosen) ?? [];
    if (message !== undefined) next.push(message);
    if (left.length > 0) lines.set(chosen, left);
    else lines.delete(chosen);
    busy.set(chosen, fewest + 1);
  }
  return next;
}

/** Puts what goes out next to the head of the queue. */
function lineUp(queue: SqsQueue, most: number): void {
  if (queue.messages.length <= most) return;
  const inFlight = new Map<string, number>();
  for (const { message } of queue.inflightMessages.values()) {
    const name = groupOf(message);
    inFlight.set(name, (inFlight.get(name) ?? 0) + 1);
  }
  const next = nextInFairOrder(queue.messages, most, groupOf, inFlight);
  const chosen = new Set(next);
  queue.messages = [...next, ...queue.messages.filter((message) => !chosen.has(message))];
}

/**
 * Makes every queue of the store deliver as SQS's fair queues do: a tenant's flood does not hold up its neighbours.
 * An approximation: SQS calls a tenant noisy once it has 30 messages and a tenth of all in flight, or a tenth of the
 * consumers' time, and only then lets others go first; here whoever has fewer in flight always does.
 * @returns what to carry out each call through: fauxqs drops the group on the way into a queue that is not FIFO.
 */
export function deliverFairly(store: SqsStore): <T>(call: Call, carryOut: () => Promise<T>) => Promise<T> {
  /** By body, of the messages that are being sent. */
  const groups = new Map<string, string>();
  const createQueue = store.createQueue.bind(store);
  store.createQueue = (...input) => {
    const queue = createQueue(...input);
    const enqueue = queue.enqueue.bind(queue);
    queue.enqueue = (message) => {
      const group = message.messageGroupId ?? groups.get(message.body);
      if (group !== undefined) message.messageGroupId = group;
      enqueue(message);
    };
    const dequeue = queue.dequeue.bind(queue);
    queue.dequeue = (most, ...rest) => {
      // What is due again takes its place before anybody is chosen.
      queue.processTimers();
      lineUp(queue, most);
      return dequeue(most, ...rest);
    };
    return queue;
  };
  return async (call, carryOut) => {
    const own = groupsOf(call);
    for (const [body, group] of own) groups.set(body, group);
    try {
      return await carryOut();
    } finally {
      for (const [body] of own) groups.delete(body);
    }
  };
}
