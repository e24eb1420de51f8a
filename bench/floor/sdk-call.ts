import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { PublishBatchCommand, SNSClient } from "@aws-sdk/client-sns";
import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { TappedCall } from "../tap.ts";

/** Clients of the services that a replay calls. */
export interface Clients {
  readonly dynamodb: DynamoDBClient;
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
}

export const openClients = (): Clients => ({
  dynamodb: new DynamoDBClient(),
  // The part names its queues by a host that exists nowhere.
  sqs: new SQSClient({ useQueueUrlAsEndpoint: false }),
  sns: new SNSClient(),
});

export function closeClients({ dynamodb, sqs, sns }: Clients): void {
  for (const client of [dynamodb, sqs, sns]) client.destroy();
}

type Table = DynamoDBClient;

/** The operations that functions use on items, each as a bare call. */
const TABLE_CALLS: Readonly<Record<string, (client: Table, input: never) => Promise<unknown>>> = {
  GetItem: (client, input) => client.send(new GetItemCommand(input)),
  BatchGetItem: (client, input) => client.send(new BatchGetItemCommand(input)),
  BatchWriteItem: (client, input) => client.send(new BatchWriteItemCommand(input)),
  Query: (client, input) => client.send(new QueryCommand(input)),
  PutItem: (client, input) => client.send(new PutItemCommand(input)),
  UpdateItem: (client, input) => client.send(new UpdateItemCommand(input)),
};

/** Bytes are base64 on the wire and an array in the SDK. */
function revive(body: string): never {
  return JSON.parse(body, (name, value) => (name === "B" ? Buffer.from(value, "base64") : value)) as never;
}

interface Entry {
  Id?: string;
  Message?: string;
  readonly attributes: Map<string, { name?: string; DataType?: string; StringValue?: string }>;
}

const MEMBER = /^PublishBatchRequestEntries\.member\.(\d+)\.(.+)$/;
const ATTRIBUTE = /^MessageAttributes\.entry\.(\d+)\.(?:Value\.)?(\w+)$/;

/** The entries of a PublishBatch as its form has them. */
function entriesOf(form: URLSearchParams) {
  const entries = new Map<string, Entry>();
  for (const [name, value] of form) {
    const [, index, field = ""] = MEMBER.exec(name) ?? [];
    if (index === undefined) continue;
    const entry = entries.get(index) ?? { attributes: new Map() };
    entries.set(index, entry);
    const [, place, part = ""] = ATTRIBUTE.exec(field) ?? [];
    if (place === undefined) Object.assign(entry, { [field]: value });
    else entry.attributes.set(place, { ...entry.attributes.get(place), [part === "Name" ? "name" : part]: value });
  }
  return [...entries.values()].map(({ Id, Message, attributes }) => ({
    Id,
    Message,
    MessageAttributes: Object.fromEntries(
      [...attributes.values()].map(({ name = "", DataType, StringValue }) => [name, { DataType, StringValue }]),
    ),
  }));
}

/** A call that waits to be made; rejects where the service refuses it. */
export type SdkCall = (clients: Clients) => Promise<unknown>;

/**
 * A recorded call as a bare call of the SDK; everything but the sending is done now.
 * @param target where messages go: the queue or the topic that stands in for the recorded one
 */
export function sdkCall({ service, operation, body }: TappedCall, target: string): SdkCall | undefined {
  if (service === "dynamodb") {
    const make = TABLE_CALLS[operation];
    if (!make) throw new Error(`the floor does not know ${operation}`);
    const input = revive(body);
    return ({ dynamodb }) => make(dynamodb, input);
  }
  if (operation === "SendMessageBatch") {
    const input = { ...(JSON.parse(body) as { Entries: [] }), QueueUrl: target };
    return ({ sqs }) => sqs.send(new SendMessageBatchCommand(input));
  }
  if (operation === "PublishBatch") {
    const input = { TopicArn: target, PublishBatchRequestEntries: entriesOf(new URLSearchParams(body)) };
    return ({ sns }) => sns.send(new PublishBatchCommand(input));
  }
  // KMS is asked once for each environment and tenant: at no rate worth measuring.
  return undefined;
}
