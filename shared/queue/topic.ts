import { PublishBatchCommand, type PublishBatchRequestEntry, SNSClient } from "@aws-sdk/client-sns";
import { toAsciiJson } from "../runtime/read-json.ts";
import { sendEntries } from "./send-entries.ts";

/** Attributes carry routing, never text. */
export type Routing = Readonly<Record<string, string>>;

export interface Topic {
  /** Resolves once the topic has taken the message; rejects where it did not. */
  publish(message: unknown, routing: Routing): Promise<void>;
}

export const snsClient = (): SNSClient => new SNSClient({ maxAttempts: 4 });

interface Waiting {
  readonly entry: Omit<PublishBatchRequestEntry, "Id">;
  readonly resolve: () => void;
  readonly reject: (reason: Error) => void;
}

const BATCH = 10;
/** Milliseconds that a message waits for others of its batch; a request for each would cost ten times as much. */
const LINGER = 3;

/** A topic that gathers what is published within a few milliseconds into requests of up to ten messages. */
export function topic(sns: SNSClient, TopicArn: string): Topic {
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;

  const flush = async () => {
    clearTimeout(timer);
    timer = undefined;
    const batch = waiting;
    waiting = [];
    try {
      const entries = batch.map(({ entry }, index) => ({ ...entry, Id: String(index) }));
      const failed = await sendEntries(entries, async (left) => {
        const { Failed = [] } = await sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: left }));
        return Failed;
      });
      batch.forEach(({ resolve, reject }, index) => {
        if (failed.has(String(index))) reject(new Error("the topic refused the message"));
        else resolve();
      });
    } catch (error) {
      for (const { reject } of batch) reject(error as Error);
    }
  };

  return {
    publish: (message, routing) =>
      new Promise((resolve, reject) => {
        const attributes = Object.entries(routing).map(
          ([name, StringValue]) => [name, { DataType: "String", StringValue }] as const,
        );
        const entry = {
          Message: toAsciiJson(message),
          MessageAttributes: Object.fromEntries(attributes),
          // Handed on to the queues that subscribe: a flood of one tenant delays no other.
          ...(routing.tenant !== undefined && { MessageGroupId: routing.tenant }),
        };
        waiting.push({ entry, resolve, reject });
        if (waiting.length === BATCH) void flush();
        else timer ??= setTimeout(flush, LINGER);
      }),
  };
}
