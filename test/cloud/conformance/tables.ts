import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Table } from "../../../shared/store/table.ts";

export interface Tables {
  readonly verdicts: Table;
  readonly content: Table;
  readonly cases: Table;
  readonly directory: Table;
  readonly signals: Table;
  readonly authors: Table;
  readonly deliveries: Table;
  readonly remove: () => Promise<void>;
}

const KEYS = { pk: "pk", sk: "sk" };
const schemaOf = ({ pk, sk }: { readonly pk: string; readonly sk: string }) => [
  { AttributeName: pk, KeyType: "HASH" as const },
  { AttributeName: sk, KeyType: "RANGE" as const },
];
interface Index {
  readonly name: string;
  readonly pk: string;
  readonly sk: string;
  readonly projection: "ALL" | "KEYS_ONLY";
}
const INDEXES: Readonly<Record<string, readonly Index[]>> = {
  verdicts: [{ name: "author", pk: "authorPk", sk: "authorSk", projection: "KEYS_ONLY" }],
  cases: [
    { name: "lanes", pk: "lanePk", sk: "laneSk", projection: "ALL" },
    { name: "owes", pk: "owesPk", sk: "owesSk", projection: "KEYS_ONLY" },
  ],
  deliveries: [
    { name: "due", pk: "duePk", sk: "dueSk", projection: "KEYS_ONLY" },
    { name: "log", pk: "logPk", sk: "logSk", projection: "KEYS_ONLY" },
  ],
};

function definition(name: string, indexes: readonly Index[]): CreateTableCommandInput {
  const names = [KEYS, ...indexes].flatMap(({ pk, sk }) => [pk, sk]);
  const secondary = indexes.map((index) => ({
    IndexName: index.name,
    KeySchema: schemaOf(index),
    Projection: { ProjectionType: index.projection },
  }));
  return {
    TableName: name,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: "S" as const })),
    KeySchema: schemaOf(KEYS),
    ...(secondary.length > 0 ? { GlobalSecondaryIndexes: secondary } : {}),
  };
}

/** Tables of the system's shape under names of their own, on the DynamoDB that `config` leads to. */
export async function createTables(config: DynamoDBClientConfig): Promise<Tables> {
  const plain = new DynamoDBClient(config);
  const client = DynamoDBDocumentClient.from(plain, { marshallOptions: { removeUndefinedValues: true } });
  const prefix = `touchstone-test-${randomBytes(4).toString("hex")}`;
  const create = async (room: string): Promise<Table> => {
    const name = `${prefix}-${room}`;
    await plain.send(new CreateTableCommand(definition(name, INDEXES[room] ?? [])));
    await waitUntilTableExists({ client: plain, maxWaitTime: 60, minDelay: 0.1, maxDelay: 2 }, { TableName: name });
    return { client, name };
  };
  const [verdicts, content, cases, directory, signals, authors, deliveries] = await Promise.all([
    create("verdicts"),
    create("content"),
    create("cases"),
    create("directory"),
    create("signals"),
    create("authors"),
    create("deliveries"),
  ]);
  const remove = async () => {
    for (const { name } of [verdicts, content, cases, directory, signals, authors, deliveries])
      await plain.send(new DeleteTableCommand({ TableName: name }));
    plain.destroy();
  };
  return { verdicts, content, cases, directory, signals, authors, deliveries, remove };
}

/** Tables on an embedded DynamoDB of their own, which ends with them. */
export async function embeddedTables(): Promise<Tables> {
  const { config, stop } = await startDynalite();
  const tables = await createTables(config);
  return { ...tables, remove: () => tables.remove().then(stop) };
}

interface Dynalite {
  listen(port: number, host: string, done: () => void): void;
  address(): AddressInfo;
  close(done: () => void): void;
}

/** The embedded DynamoDB, in memory. */
export async function startDynalite(): Promise<{
  readonly config: DynamoDBClientConfig;
  readonly stop: () => Promise<void>;
}> {
  const dynalite = createRequire(import.meta.url)("dynalite") as (options: object) => Dynalite;
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    config: {
      endpoint: `http://127.0.0.1:${server.address().port}`,
      region: "eu-west-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    },
    stop: () => new Promise<void>((resolve) => server.close(resolve)),
  };
}
