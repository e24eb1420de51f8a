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
  readonly authors: Table;
  readonly remove: () => Promise<void>;
}

const KEYS = { pk: "pk", sk: "sk" };
const schemaOf = ({ pk, sk }: typeof KEYS) => [
  { AttributeName: pk, KeyType: "HASH" as const },
  { AttributeName: sk, KeyType: "RANGE" as const },
];
const LANES = { pk: "lanePk", sk: "laneSk" };
const OWES = { pk: "owesPk", sk: "owesSk" };

function definition(name: string, indexed: boolean): CreateTableCommandInput {
  const names = [KEYS, ...(indexed ? [LANES, OWES] : [])].flatMap(({ pk, sk }) => [pk, sk]);
  return {
    TableName: name,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: "S" as const })),
    KeySchema: schemaOf(KEYS),
    ...(indexed
      ? {
          GlobalSecondaryIndexes: [
            { IndexName: "lanes", KeySchema: schemaOf(LANES), Projection: { ProjectionType: "ALL" as const } },
            { IndexName: "owes", KeySchema: schemaOf(OWES), Projection: { ProjectionType: "KEYS_ONLY" as const } },
          ],
        }
      : {}),
  };
}

/** Tables of the system's shape under names of their own, on the DynamoDB that `config` leads to. */
export async function createTables(config: DynamoDBClientConfig): Promise<Tables> {
  const plain = new DynamoDBClient(config);
  const client = DynamoDBDocumentClient.from(plain, { marshallOptions: { removeUndefinedValues: true } });
  const prefix = `touchstone-test-${randomBytes(4).toString("hex")}`;
  const create = async (room: string): Promise<Table> => {
    const name = `${prefix}-${room}`;
    await plain.send(new CreateTableCommand(definition(name, room === "cases")));
    await waitUntilTableExists({ client: plain, maxWaitTime: 60, minDelay: 0.1, maxDelay: 2 }, { TableName: name });
    return { client, name };
  };
  const [verdicts, content, cases, directory, authors] = await Promise.all([
    create("verdicts"),
    create("content"),
    create("cases"),
    create("directory"),
    create("authors"),
  ]);
  const remove = async () => {
    for (const { name } of [verdicts, content, cases, directory, authors])
      await plain.send(new DeleteTableCommand({ TableName: name }));
    plain.destroy();
  };
  return { verdicts, content, cases, directory, authors, remove };
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
