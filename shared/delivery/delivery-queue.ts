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

/** SQS lets others go before a group that has much on its way: a group is an endpoint, since that is what keeps one waiting. */
export const groupOf = ({ tenant, subscription }: DeliveryMessage): string => `${tenant}.${subscription}`;

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
