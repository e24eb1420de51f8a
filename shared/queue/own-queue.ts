import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { SQSRecord } from "aws-lambda";

/** Deliveries after which a message goes to the dead-letter queue; the template's redrive policy says the same. */
export const MAX_RECEIVES = 5;

export interface OwnQueue {
  /** Moves a message to the dead-letter queue with the reason (a code, never text of the message). */
  bury(record: SQSRecord, reason: string): Promise<void>;
  /** Lets a message come back after `seconds` (1 or more) instead of after the whole visibility timeout. */
  delay(record: SQSRecord, seconds: number): Promise<void>;
}

/** The consumer's side of a queue: what to do with a message that could not be handled. */
export function ownQueue(sqs: SQSClient, queueUrl: string, deadUrl: string): OwnQueue {
  return {
    async bury(record, reason) {
      const { MessageGroupId } = record.attributes;
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: deadUrl,
          MessageBody: record.body,
          ...(MessageGroupId !== undefined && { MessageGroupId }),
          MessageAttributes: {
            reason: { DataType: "String", StringValue: reason },
            receives: { DataType: "Number", StringValue: record.attributes.ApproximateReceiveCount },
            firstReceived: { DataType: "Number", StringValue: record.attributes.ApproximateFirstReceiveTimestamp },
          },
        }),
      );
    },
    async delay(record, seconds) {
      await sqs.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: queueUrl,
          ReceiptHandle: record.receiptHandle,
          VisibilityTimeout: Math.max(1, seconds),
        }),
      );
    },
  };
}
