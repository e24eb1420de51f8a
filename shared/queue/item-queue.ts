import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { type ItemMessage, MAX_MESSAGE_BYTES } from "../contracts/messages.ts";
import type { ItemKind } from "../domain/item.ts";
import { toAsciiJson } from "../runtime/read-json.ts";
import { sendEntries } from "./send-entries.ts";

/** `too_large`: over what one message holds; `unavailable`: the queue did not take it, send it again. */
export type Sent = "sent" | "too_large" | "unavailable";

export interface ItemQueue {
  /** Sends each message to the queue of its kind. @returns one result for each message, in order. */
  send(messages: readonly ItemMessage[]): Promise<readonly Sent[]>;
}

/** One SQS client; where SQS is comes from the environment, and queue URLs of one machine lead there too. */
export const sqsClient = (): SQSClient => new SQSClient({ maxAttempts: 4 });

const BATCH = 10;

interface Entry {
  readonly index: number;
  readonly body: string;
  readonly message: ItemMessage;
}

/** Cuts entries into batches that SQS takes: at most ten, at most 1 MiB together. */
function batches(entries: readonly Entry[]): Entry[][] {
  const cut: Entry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const last = cut.at(-1);
    if (!last || last.length === BATCH || bytes + entry.body.length > MAX_MESSAGE_BYTES) {
      cut.push([entry]);
      bytes = entry.body.length;
    } else {
      last.push(entry);
      bytes += entry.body.length;
    }
  }
  return cut;
}

/** The queues that scorers read, one for each kind. `MessageGroupId` is the tenant: a flood of one delays no other. */
export function itemQueue(sqs: SQSClient, urls: Readonly<Partial<Record<ItemKind, string>>>): ItemQueue {
  const sendBatch = async (url: string, batch: readonly Entry[], results: Sent[]) => {
    const entries = batch.map(({ index, body, message }) => ({
      Id: String(index),
      MessageBody: body,
      MessageGroupId: message.tenant,
    }));
    await sendEntries(entries, async (left) => {
      const { Successful = [], Failed = [] } = await sqs.send(
        new SendMessageBatchCommand({ QueueUrl: url, Entries: left }),
      );
      for (const { Id } of Successful) results[Number(Id)] = "sent";
      return Failed;
    });
  };
  return {
    async send(messages) {
      const results: Sent[] = messages.map(() => "unavailable");
      const byUrl = new Map<string, Entry[]>();
      for (const [index, message] of messages.entries()) {
        const url = urls[message.ref.kind];
        if (!url) throw new Error(`no queue for the kind ${message.ref.kind}`);
        const body = toAsciiJson(message);
        if (body.length > MAX_MESSAGE_BYTES) results[index] = "too_large";
        else byUrl.set(url, [...(byUrl.get(url) ?? []), { index, body, message }]);
      }
      const sends = [...byUrl].flatMap(([url, entries]) =>
        batches(entries).map((batch) => sendBatch(url, batch, results)),
      );
      // One failed batch must not hide which of the others were taken: what is not "sent" is refused one by one.
      await Promise.allSettled(sends);
      return results;
    },
  };
}
