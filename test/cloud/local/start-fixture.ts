import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient, GetItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import { KMSClient } from "@aws-sdk/client-kms";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { ReceiveMessageCommand, SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Cloud, CloudOptions } from "../../../local/cloud.ts";
import { startCloud } from "../../../local/cloud.ts";
import { synthesiseFixture } from "./fixture.ts";

/** The fixture's system, running, with what tests do to it as the operator. */
export interface Fixture {
  cloud: Cloud;
  dataDir: string;
  kms: KMSClient;
  publish(kind: string, body: object): Promise<void>;
  send(...bodies: object[]): Promise<void>;
  /** The item of the table, as DynamoDB writes it. */
  item(pk: string, sk?: string): Promise<Record<string, { S?: string; N?: string }> | undefined>;
  stored(): Promise<string[]>;
  deadLetters(): Promise<string[]>;
  log(name: string): string;
  /** Stops, and starts anew on the same folder. */
  restart(): Promise<void>;
  end(): Promise<void>;
}

export async function startFixture(options: Partial<CloudOptions> = {}): Promise<Fixture> {
  const dataDir = mkdtempSync(join(tmpdir(), "cloud-"));
  const { stacks = synthesiseFixture() } = options;
  const start = () => startCloud({ ...options, stacks, dataDir });
  let cloud = await start();

  /** The SDK as a user of it would set it up: endpoints, region and credentials from the environment given. */
  function clients() {
    const { operatorEnvironment: given } = cloud;
    const common = (service: string) => ({
      endpoint: given[`AWS_ENDPOINT_URL_${service}`] ?? "",
      region: given.AWS_REGION ?? "",
      credentials: {
        accessKeyId: given.AWS_ACCESS_KEY_ID ?? "",
        secretAccessKey: given.AWS_SECRET_ACCESS_KEY ?? "",
      },
    });
    return {
      tables: new DynamoDBClient(common("DYNAMODB")),
      queues: new SQSClient(common("SQS")),
      topics: new SNSClient(common("SNS")),
      kms: new KMSClient(common("KMS")),
    };
  }
  let sdk = clients();

  return {
    get cloud() {
      return cloud;
    },
    get kms() {
      return sdk.kms;
    },
    dataDir,
    async publish(kind, body) {
      await sdk.topics.send(
        new PublishCommand({
          TopicArn: cloud.outputs.TopicEvents,
          Message: JSON.stringify(body),
          MessageAttributes: { kind: { DataType: "String", StringValue: kind } },
        }),
      );
    },
    async send(...bodies) {
      const entries = bodies.map((body, index) => ({ Id: String(index), MessageBody: JSON.stringify(body) }));
      await sdk.queues.send(new SendMessageBatchCommand({ QueueUrl: cloud.outputs.QueueWork, Entries: entries }));
    },
    async item(pk, sk = "seen") {
      const TableName = cloud.outputs.TableThings;
      const { Item } = await sdk.tables.send(new GetItemCommand({ TableName, Key: { pk: { S: pk }, sk: { S: sk } } }));
      return Item as Record<string, { S?: string; N?: string }> | undefined;
    },
    async stored() {
      const { Items = [] } = await sdk.tables.send(
        new QueryCommand({
          TableName: cloud.outputs.TableThings,
          IndexName: "lanes",
          KeyConditionExpression: "laneIs = :all",
          ExpressionAttributeValues: { ":all": { S: "all" } },
        }),
      );
      return Items.map(({ pk }) => pk?.S ?? "");
    },
    async deadLetters() {
      const { Messages = [] } = await sdk.queues.send(
        new ReceiveMessageCommand({
          QueueUrl: cloud.outputs.QueueDead,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: 0,
        }),
      );
      return Messages.map(({ Body = "" }) => Body);
    },
    log: (name) => readFileSync(join(dataDir, "logs", `${name}.log`), "utf8"),
    async restart() {
      await cloud.close();
      cloud = await start();
      sdk = clients();
    },
    async end() {
      await cloud.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}
