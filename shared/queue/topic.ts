import { PublishBatchCommand, type PublishBatchRequestEntry, SNSClient } from "@aws-sdk/client-sns";
import { toAsciiJson } from "../runtime/read-json.ts";
import { gatherEntries } from "./gather-entries.ts";

/** Attributes carry routing, never text. */
export type Routing = Readonly<Record<string, string>>;

export interface Topic {
  /** Resolves once the topic has taken the message; rejects where it did not. */
  publish(message: unknown, routing: Routing): Promise<void>;
}

export const snsClient = (): SNSClient => new SNSClient({ maxAttempts: 4 });

/** A topic that gathers what is published within a few milliseconds into requests of up to ten messages. */
export function topic(sns: SNSClient, TopicArn: string): Topic {
  const publishOne = gatherEntries<Omit<PublishBatchRequestEntry, "Id">>(async (entries) => {
    const { Failed = [] } = await sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: entries }));
    return Failed;
  });
  return {
    async publish(message, routing) {
      const attributes = Object.entries(routing).map(
        ([name, StringValue]) => [name, { DataType: "String", StringValue }] as const,
      );
      return publishOne({
        Message: toAsciiJson(message),
        MessageAttributes: Object.fromEntries(attributes),
        // Handed on to the queues that subscribe: a flood of one tenant delays no other.
        ...(routing.tenant !== undefined && { MessageGroupId: routing.tenant }),
      });
    },
  };
}
