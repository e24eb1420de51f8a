import { type LocalFunction, payloadLimit } from "../lambda/function.ts";
import type { PartClient } from "../parts/client.ts";
import { PartRefused } from "../parts/client.ts";
import type { MappedEvent, ReceivedMessage } from "./records.ts";
import { eventsOf, failuresIn, messagesOf } from "./records.ts";

export interface MappingPlan {
  queueUrl: string;
  queueArn: string;
  batchSize: number;
  windowSeconds: number;
  /** Invocations at the same time. */
  concurrency: number;
  reportsFailures: boolean;
}

/** What drains one queue into one function. */
export interface Mapping {
  plan: MappingPlan;
  /** Batches handed over and not yet settled, and whether one is being gathered. */
  busy(): boolean;
  /** Stops receiving and waits for the batches in flight. */
  close(): Promise<void>;
}

const receiveAtMost = 10;
const longPollSeconds = 20;
const deleteAttempts = 4;

/**
 * Receives from the queue with the function's own credentials, as Lambda does, and invokes it with batches. One loop
 * receives for all invocations: several would each gather a fragment of what one can gather whole.
 */
export function openMapping(
  plan: MappingPlan,
  target: LocalFunction,
  client: PartClient,
  log: (line: string) => void,
): Mapping {
  const stop = new AbortController();
  const running = new Set<Promise<void>>();
  const deleting = new Set<Promise<void>>();
  let gathering = false;
  const received = receiveAll();

  async function receiveAll(): Promise<void> {
    while (!stop.signal.aborted) {
      if (running.size >= plan.concurrency) {
        await Promise.race(running);
        continue;
      }
      try {
        const batch = await gather();
        if (batch.length === 0) continue;
        const invocation: Promise<void> = settle(batch)
          .catch((error: unknown) => log(`mapping of ${target.plan.name}: ${nameOf(error)}`))
          .finally(() => running.delete(invocation));
        running.add(invocation);
      } catch (error) {
        if (stop.signal.aborted) return;
        log(`mapping of ${target.plan.name}: ${nameOf(error)}`);
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      } finally {
        gathering = false;
      }
    }
  }

  /** Waits for a first message, then for more until the batch is full, the window is over or, without one, none is left. */
  async function gather(): Promise<ReceivedMessage[]> {
    const batch = await receive(plan.batchSize, longPollSeconds);
    const full = Date.now() + plan.windowSeconds * 1_000;
    while (batch.length > 0 && batch.length < plan.batchSize && !stop.signal.aborted) {
      const left = Math.ceil((full - Date.now()) / 1_000);
      if (left <= 0 && batch.length % receiveAtMost !== 0) break;
      const more = await receive(plan.batchSize - batch.length, Math.max(0, left));
      if (more.length === 0) break;
      batch.push(...more);
    }
    return batch;
  }

  async function receive(wanted: number, waitSeconds: number): Promise<ReceivedMessage[]> {
    const answer = await client.call(
      "sqs",
      "ReceiveMessage",
      {
        QueueUrl: plan.queueUrl,
        MaxNumberOfMessages: Math.min(wanted, receiveAtMost),
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ["All"],
        MessageAttributeNames: ["All"],
      },
      stop.signal,
    );
    const messages = messagesOf(answer);
    if (messages.length > 0) gathering = true;
    return messages;
  }

  /** Large messages may be more together than one invocation takes: then they are handed over in parts. */
  async function settle(batch: ReceivedMessage[]): Promise<void> {
    for (const part of eventsOf(batch, plan.queueArn, payloadLimit)) await handOver(part);
  }

  /**
   * What failed is left alone: it is visible again after the queue's visibility timeout. The rest is deleted while the
   * next batch is on its way already: only invocations count against the concurrency.
   */
  async function handOver({ messages, event }: MappedEvent): Promise<void> {
    const result = await target.invoke(event);
    if ("error" in result) return;
    const failed = failuresIn(result.payload, messages, plan.reportsFailures);
    const done = messages.filter(({ MessageId }) => !failed.has(MessageId));
    const deleted: Promise<void> = removeAll(done).finally(() => deleting.delete(deleted));
    deleting.add(deleted);
  }

  async function removeAll(done: readonly ReceivedMessage[]): Promise<void> {
    for (let from = 0; from < done.length; from += receiveAtMost) await remove(done.slice(from, from + receiveAtMost));
  }

  /** What cannot be deleted is delivered again. */
  async function remove(done: readonly ReceivedMessage[]): Promise<void> {
    let left = done.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    for (let attempt = 1; left.length > 0 && attempt <= deleteAttempts; attempt += 1) {
      if (attempt > 1) await new Promise((resolve) => setTimeout(resolve, 50 * 2 ** attempt));
      try {
        const answer = await client.call("sqs", "DeleteMessageBatch", { QueueUrl: plan.queueUrl, Entries: left });
        const failed = new Set((answer.Failed as { Id: string }[] | undefined)?.map(({ Id }) => Id));
        left = left.filter(({ Id }) => failed.has(Id));
      } catch (error) {
        log(`mapping of ${target.plan.name}: ${nameOf(error)}`);
      }
    }
  }

  return {
    plan,
    busy: () => gathering || running.size > 0 || deleting.size > 0,
    async close() {
      stop.abort();
      await received;
      await Promise.all(running);
      await Promise.all(deleting);
    },
  };
}

function nameOf(error: unknown): string {
  if (error instanceof PartRefused) return error.message;
  return error instanceof Error ? error.name : "unknown fault";
}
