import { randomBytes } from "node:crypto";
import { SendMessageBatchCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { BatchGetCommand, BatchWriteCommand, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HostileService, startHostileQueues, startHostileTables } from "./hostile-services.ts";
import { openQueues, type Queues } from "./queues.ts";
import { createTables, type Tables } from "./tables.ts";

// What AWS refuses or cuts for its size: code that passes here must not meet it on AWS for the first time.

const KB = 1024;
const range = (count: number) => Array.from({ length: count }, (_, index) => index);

describe("the embedded DynamoDB", () => {
  let service: HostileService;
  let tables: Tables;
  const pk = `limits-${randomBytes(4).toString("hex")}`;
  const rowOf = (sk: number, bytes: number) => ({ pk, sk: String(sk).padStart(4, "0"), filling: "x".repeat(bytes) });
  const put = (bytes: number) =>
    tables.signals.client.send(new PutCommand({ TableName: name(), Item: rowOf(0, bytes) }));
  const name = () => tables.signals.name;

  beforeAll(async () => {
    service = await startHostileTables({});
    tables = await createTables(service.config);
  });
  afterAll(async () => {
    await tables?.remove();
    await service?.stop();
  });

  it("takes items of up to 400 KB", async () => {
    const names = Buffer.byteLength(`pk${pk}sk0000filling`);
    await put(400 * KB - names);
    await expect(put(400 * KB - names + 1)).rejects.toMatchObject({ name: "ValidationException" });
  });

  it("ends a page of a query at 1 MB and says where", async () => {
    for (const sk of range(6))
      await tables.signals.client.send(new PutCommand({ TableName: name(), Item: rowOf(sk, 250 * KB) }));
    const query = { TableName: name(), KeyConditionExpression: "pk = :pk", ExpressionAttributeValues: { ":pk": pk } };
    const page = await tables.signals.client.send(new QueryCommand(query));
    expect(page.LastEvaluatedKey).toBeDefined();
    expect(page.Items?.length).toBeLessThan(6);
    const rest = await tables.signals.client.send(
      new QueryCommand({ ...query, ExclusiveStartKey: page.LastEvaluatedKey }),
    );
    expect((page.Items?.length ?? 0) + (rest.Items?.length ?? 0)).toBe(6);
  });

  it("takes 25 writes and 100 reads in a batch", async () => {
    const { client } = tables.signals;
    const write = (count: number) =>
      client.send(
        new BatchWriteCommand({
          RequestItems: { [name()]: range(count).map((sk) => ({ PutRequest: { Item: rowOf(sk, 1) } })) },
        }),
      );
    const read = (count: number) =>
      client.send(
        new BatchGetCommand({
          RequestItems: { [name()]: { Keys: range(count).map((sk) => ({ pk, sk: rowOf(sk, 0).sk })) } },
        }),
      );
    await write(25);
    await expect(write(26)).rejects.toMatchObject({ name: "ValidationException" });
    expect((await read(100)).Responses?.[name()]).toHaveLength(25);
    await expect(read(101)).rejects.toMatchObject({ name: "ValidationException" });
  });
});

describe("the embedded SQS", () => {
  let queues: Queues;
  let QueueUrl: string;
  const send = (bytes: number) => queues.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "x".repeat(bytes) }));
  const sendBatch = (count: number, bytes: number) => {
    const Entries = range(count).map((n) => ({ Id: String(n), MessageBody: "x".repeat(bytes) }));
    return queues.sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  };

  beforeAll(async () => {
    queues = openQueues(await startHostileQueues({}));
    QueueUrl = await queues.createQueue();
  });
  afterAll(() => queues?.remove());

  it("takes messages of up to 1 MiB", async () => {
    await send(KB * KB);
    await expect(send(KB * KB + 1)).rejects.toMatchObject({
      name: expect.stringContaining("InvalidParameterValue"),
    });
  });

  it("takes ten messages in a batch, 1 MiB together", async () => {
    expect((await sendBatch(10, 1)).Successful).toHaveLength(10);
    await expect(sendBatch(11, 1)).rejects.toMatchObject({ name: expect.stringContaining("TooManyEntriesInBatch") });
    await expect(sendBatch(2, (KB * KB) / 2 + 1)).rejects.toMatchObject({
      name: expect.stringContaining("BatchRequestTooLong"),
    });
  });
});
