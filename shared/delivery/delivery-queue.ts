import { createHash } from "node:crypto";
import { SendMessageBatchCommand, type SendMessageBatchRequestEntry, type SQSClient } from "@aws-sdk/client-sqs";
import type { DeliveryMessage } from "../contracts/delivery-message.ts";
import { gatherEntries } from "../queue/gather-entries.ts";
import { allSettled } from "../runtime/all-settled.ts";

/** Seconds that SQS can hold a message back at most. */
export const LONGEST_DELAY = 900;

export interface DeliveryQueue {
  /**
   * Resolves once the queue has taken all messages; rejects where it did not.
   * @param delay seconds until they come out, at most 900; for all, or for each by its index
   */
  send(messages: readonly DeliveryMessage[], delay?: number | ((index: number) => number)): Promise<void>;
}

/** Groups of a tenant: few enough that a flood of many endpoints of one tenant shows as that of few groups. */
const GROUPS = 4;

/**
 * SQS lets others go before a group that has much on its way: 30 messages and a tenth of all. A group for each endpoint
 * would hide a tenant with a thousand of them, one for a tenant would hold all of its endpoints up for one; these do a
 * quarter of either.
 */
const groupOf = ({ tenant, subscription }: DeliveryMessage): string =>
  `${tenant}.${createHash("sha256").update(subscription).digest().readUInt8(0) % GROUPS}`;

/** A queue of deliveries to be tried. What is sent within a few milliseconds goes with one request. */
export function deliveryQueue(sqs: SQSClient, QueueUrl: string): DeliveryQueue {
  const put = gatherEntries<Omit<SendMessageBatchRequestEntry, "Id">>(async (Entries) => {
    const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    return Failed;
  });
  return {
    send: (messages, delay = 0) =>
      allSettled(
        messages.map((message, index) => {
          const seconds = Math.min(LONGEST_DELAY, Math.ceil(typeof delay === "number" ? delay : delay(index)));
          return put({
            MessageBody: JSON.stringify(message),
            MessageGroupId: groupOf(message),
            ...(seconds > 0 && { DelaySeconds: seconds }),
          });
        }),
      ),
  };
}
