import { SendMessageBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { JobMessage } from "../contracts/messages.ts";
import { sendEntries } from "./send-entries.ts";

export interface JobQueue {
  /** Resolves once the queue has taken all messages; rejects where it did not. */
  send(messages: readonly JobMessage[]): Promise<void>;
}

const BATCH = 10;

/** The queue of long work. `MessageGroupId` is the tenant: one tenant's backtest delays no other's. */
export function jobQueue(sqs: SQSClient, QueueUrl: string): JobQueue {
  return {
    async send(messages) {
      for (let from = 0; from < messages.length; from += BATCH) {
        const entries = messages.slice(from, from + BATCH).map((message, index) => ({
          Id: String(index),
          MessageBody: JSON.stringify(message),
          MessageGroupId: message.tenant,
        }));
        const lost = await sendEntries(entries, async (left) => {
          const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: left }));
          return Failed;
        });
        if (lost.size > 0) throw new Error("the queue of jobs did not take a message");
      }
    },
  };
}
