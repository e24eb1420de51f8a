import { SendMessageBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { DeliveryMessage } from "../contracts/delivery-message.ts";
import { sendEntries } from "../queue/send-entries.ts";

/** Seconds that SQS can hold a message back at most. */
export const LONGEST_DELAY = 900;

export interface DeliveryQueue {
  /**
   * Resolves once the queue has taken all messages; rejects where it did not.
   * @param delay seconds until they come out, at most 900
   */
  send(messages: readonly DeliveryMessage[], delay?: number): Promise<void>;
}

const BATCH = 10;

/**
 * A queue of deliveries to be tried. `MessageGroupId` is the endpoint: one that has many messages on their way, because it
 * is slow, lets the others go first.
 */
export function deliveryQueue(sqs: SQSClient, QueueUrl: string): DeliveryQueue {
  return {
    async send(messages, delay = 0) {
      for (let from = 0; from < messages.length; from += BATCH) {
        const entries = messages.slice(from, from + BATCH).map((message, index) => ({
          Id: String(index),
          MessageBody: JSON.stringify(message),
          MessageGroupId: `${message.tenant}.${message.subscription}`,
          ...(delay > 0 && { DelaySeconds: Math.min(LONGEST_DELAY, Math.ceil(delay)) }),
        }));
        const lost = await sendEntries(entries, async (left) => {
          const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: left }));
          return Failed;
        });
        if (lost.size > 0) throw new Error("the queue of deliveries did not take a message");
      }
    },
  };
}
