import { ConditionalCheckFailedException, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  BatchWriteCommand,
  DynamoDBDocumentClient,
  QueryCommand,
  type QueryCommandInput,
} from "@aws-sdk/lib-dynamodb";

/** A DynamoDB table: the client, shared by all tables of a function, and the table's name. */
export interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
}

/** One document client; where DynamoDB is comes from the environment (`AWS_ENDPOINT_URL_DYNAMODB` on one machine). */
export const documentClient = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient({ maxAttempts: 4 }), {
    marshallOptions: { removeUndefinedValues: true },
  });

/**
 * Runs a conditional write.
 * @returns false where its condition did not hold: a lost race is an answer, not an error.
 */
export async function held(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** Joins the parts of a key. `#` is in no id that we accept, so no part can reach into another. */
export const key = (...parts: readonly string[]): string => parts.join("#");

/** Seconds since 1970, the unit of DynamoDB's time to live. */
export const epochSeconds = (date: Date): number => Math.floor(date.getTime() / 1000);

export const daysAfter = (date: Date, days: number): number => epochSeconds(date) + days * 86_400;

/** Expired rows may linger for days before DynamoDB removes them: when reading, treat them as absent. */
export const alive = (row: Record<string, unknown>, now: Date): boolean =>
  typeof row.expiresAt !== "number" || row.expiresAt > epochSeconds(now);

export type Row = Record<string, unknown>;

/** Waits longer after each attempt, each time for another part of it. */
const pause = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.min(1_000, 20 * 2 ** attempt) * (0.5 + Math.random() / 2)));

/** Times that a batch is asked for, with what is left of it, over about four seconds: a table that is busier needs longer. */
const MOST_ROUNDS = 10;

/** DynamoDB left a part of a batch unprocessed each time. */
class BatchThroughputExceeded extends Error {
  override readonly name = "BatchThroughputExceeded";
}

/** Before a batch is asked for again what is left of it. @throws BatchThroughputExceeded where it was often enough */
async function beforeRound(round: number): Promise<void> {
  if (round === 0) return;
  if (round === MOST_ROUNDS) throw new BatchThroughputExceeded("a part of a batch was left unprocessed each time");
  await pause(round);
}

/** DynamoDB's own bounds of one batch. */
const MOST_READ = 100;
const MOST_WRITTEN = 25;

/** Rows of different keys, in no order; asks again, some times, for what DynamoDB left unprocessed. */
export async function batchGet(table: Table, keys: readonly Row[], consistent = false): Promise<Row[]> {
  const pages = Array.from({ length: Math.ceil(keys.length / MOST_READ) }, (_, page) =>
    getPage(table, keys.slice(page * MOST_READ, (page + 1) * MOST_READ), consistent),
  );
  return (await Promise.all(pages)).flat();
}

async function getPage({ client, name }: Table, keys: readonly Row[], consistent: boolean): Promise<Row[]> {
  const rows: Row[] = [];
  let Keys: Row[] = [...keys];
  for (let round = 0; Keys.length > 0; round += 1) {
    await beforeRound(round);
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetCommand({ RequestItems: { [name]: { Keys, ConsistentRead: consistent } } }),
    );
    rows.push(...(Responses?.[name] ?? []));
    Keys = UnprocessedKeys?.[name]?.Keys ?? [];
  }
  return rows;
}

/** Puts rows of different keys over whatever stands there; asks again, some times, for what DynamoDB left unprocessed. */
export async function batchPut({ client, name }: Table, rows: readonly Row[]): Promise<void> {
  for (let from = 0; from < rows.length; from += MOST_WRITTEN) {
    let left = rows.slice(from, from + MOST_WRITTEN).map((Item) => ({ PutRequest: { Item } }));
    for (let round = 0; left.length > 0; round += 1) {
      await beforeRound(round);
      const { UnprocessedItems } = await client.send(new BatchWriteCommand({ RequestItems: { [name]: left } }));
      left = (UnprocessedItems?.[name] ?? []) as typeof left;
    }
  }
}

/** Rows of a query, page after page (one answer ends at 1 MB), up to `Limit` of them. */
export async function queryAll({ client, name }: Table, query: Omit<QueryCommandInput, "TableName">): Promise<Row[]> {
  const rows: Row[] = [];
  const most = query.Limit ?? Number.POSITIVE_INFINITY;
  let from: Row | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: name,
        ...query,
        ...(query.Limit === undefined ? {} : { Limit: most - rows.length }),
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
    rows.push(...Items);
    from = LastEvaluatedKey;
  } while (from && rows.length < most);
  return rows;
}

/** Pages of `Limit` rows each, one request a page, for as long as the caller asks on. */
export async function* queryPages(
  { client, name }: Table,
  query: Omit<QueryCommandInput, "TableName">,
): AsyncGenerator<readonly Row[]> {
  let from: Row | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({ TableName: name, ...query, ...(from ? { ExclusiveStartKey: from } : {}) }),
    );
    yield Items;
    from = LastEvaluatedKey;
  } while (from);
}
