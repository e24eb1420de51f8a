import { isDeepStrictEqual } from "node:util";
import type { Declared } from "../template/kind.ts";
import { queue, subscription, topic } from "../template/kinds/queues.ts";
import { globalTable, table } from "../template/kinds/tables.ts";
import type { Declarations } from "../template/read.ts";
import type { PartClient } from "./client.ts";
import { PartRefused } from "./client.ts";

type TableProperties = Declared<(typeof table | typeof globalTable)["properties"]>["properties"];
type QueueProperties = Declared<(typeof queue)["properties"]>["properties"];
type SubscriptionProperties = Declared<(typeof subscription)["properties"]>["properties"];

/**
 * Makes the declared tables, queues, topics and subscriptions exist with the declared attributes; what a former start
 * left, with its data, is kept and brought up to date.
 * @throws Error where a kept table's keys or indexes differ from the template's: its data cannot be carried over
 */
export async function provision(declarations: Declarations, client: PartClient): Promise<void> {
  for (const { name, properties } of [...declarations.of(table), ...declarations.of(globalTable)]) {
    await makeTable(client, name, properties);
  }
  for (const { name, ref, properties } of declarations.of(queue)) await makeQueue(client, name, ref, properties);
  for (const { name, ref } of declarations.of(topic)) {
    await client.callTopics("CreateTopic", { Name: name });
    await dropSubscriptions(client, ref);
  }
  for (const { properties } of declarations.of(subscription)) await makeSubscription(client, properties);
}

interface TableShape {
  KeySchema: unknown;
  GlobalSecondaryIndexes?: { IndexName: string; KeySchema: unknown; Projection: unknown }[];
}

async function makeTable(client: PartClient, name: string, properties: TableProperties): Promise<void> {
  const input = {
    TableName: name,
    AttributeDefinitions: properties.AttributeDefinitions,
    KeySchema: properties.KeySchema,
    BillingMode: properties.BillingMode,
    ...(properties.GlobalSecondaryIndexes && {
      GlobalSecondaryIndexes: properties.GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }) => ({
        IndexName,
        KeySchema,
        Projection,
      })),
    }),
  };
  try {
    await client.call("dynamodb", "CreateTable", input);
  } catch (error) {
    if (!(error instanceof PartRefused) || error.code !== "ResourceInUseException") throw error;
    const { Table } = await client.call("dynamodb", "DescribeTable", { TableName: name });
    if (isDeepStrictEqual(shape(Table as TableShape), shape(input))) return;
    throw new Error(`the table ${name} on disk has other keys or indexes than the template: start with a fresh folder`);
  }
}

function shape({ KeySchema, GlobalSecondaryIndexes = [] }: TableShape): unknown {
  const indexes = GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }) => ({
    IndexName,
    KeySchema,
    Projection,
  }));
  return { KeySchema, indexes: indexes.sort((a, b) => (a.IndexName < b.IndexName ? -1 : 1)) };
}

const queueNumbers = [
  "VisibilityTimeout",
  "DelaySeconds",
  "MaximumMessageSize",
  "MessageRetentionPeriod",
  "ReceiveMessageWaitTimeSeconds",
] as const;

async function makeQueue(client: PartClient, name: string, url: string, properties: QueueProperties): Promise<void> {
  const attributes: Record<string, string> = {};
  for (const attribute of queueNumbers) {
    const value = properties[attribute];
    if (value !== undefined) attributes[attribute] = String(value);
  }
  if (properties.RedrivePolicy !== undefined) attributes.RedrivePolicy = JSON.stringify(properties.RedrivePolicy);
  await client.call("sqs", "CreateQueue", { QueueName: name });
  if (Object.keys(attributes).length === 0) return;
  await client.call("sqs", "SetQueueAttributes", { QueueUrl: url, Attributes: attributes });
}

/** A kept subscription may have another filter than the template's now, or be gone from it. */
async function dropSubscriptions(client: PartClient, topicArn: string): Promise<void> {
  const listed = await client.callTopics("ListSubscriptionsByTopic", { TopicArn: topicArn });
  for (const [, arn = ""] of listed.matchAll(/<SubscriptionArn>([^<]+)<\/SubscriptionArn>/g)) {
    await client.callTopics("Unsubscribe", { SubscriptionArn: arn });
  }
}

async function makeSubscription(client: PartClient, properties: SubscriptionProperties): Promise<void> {
  const { TopicArn, Protocol, Endpoint, RawMessageDelivery, FilterPolicy, FilterPolicyScope } = properties;
  const attributes = Object.entries({
    RawMessageDelivery: String(RawMessageDelivery ?? false),
    ...(FilterPolicy && { FilterPolicy: JSON.stringify(FilterPolicy) }),
    ...(FilterPolicyScope && { FilterPolicyScope }),
  });
  const entries = attributes.flatMap(([name, value], index) => [
    [`Attributes.entry.${index + 1}.key`, name],
    [`Attributes.entry.${index + 1}.value`, value],
  ]);
  await client.callTopics("Subscribe", { TopicArn, Protocol, Endpoint, ...Object.fromEntries(entries) });
}
