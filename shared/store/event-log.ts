import { DeleteCommand, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { pack, unpack } from "./state-row.ts";
import { epochSeconds, held, queryAll, type Row, type Table } from "./table.ts";

/** An event on its way into a state. */
export interface Logged {
  readonly mark: string;
  /** JSON. */
  readonly event: unknown;
}

/** A stretch of a log: its entries' events in order, and the number of its last entry. */
interface Stretch {
  readonly events: readonly Logged[];
  readonly head: number;
}

export interface EventLog {
  /** Number of the last entry; 0 of a log that is empty. */
  head(log: string): Promise<number>;
  /** What stands after an entry. */
  after(log: string, seen: number): Promise<Stretch>;
  /** Marks of the events logged since a time, and the log's head. */
  marksSince(log: string, since: Date): Promise<{ readonly marks: ReadonlySet<string>; readonly head: number }>;
  /**
   * Adds events as one entry after `head`, as far as nobody added them since `head` was read.
   * @throws where others were faster too often
   */
  append(log: string, head: number, events: readonly Logged[], now: Date, expiresAt: number): Promise<void>;
  /** Removes all entries. */
  remove(log: string): Promise<void>;
}

const ATTEMPTS = 12;
const DIGITS = 10;
const PAGE = 100;
/** Seconds by which clocks may differ. */
const SKEW = 60;

const numbered = (entry: number): string => String(entry).padStart(DIGITS, "0");
const eventsIn = (row: Row): Logged[] =>
  (unpack(row.events as Uint8Array) as [string, unknown][]).map(([mark, event]) => ({ mark, event }));

/**
 * Logs in DynamoDB: one row an entry, numbered without gaps. Who adds an entry claims its number by a conditional put;
 * whoever loses reads what was added and looks there for its own events, so that no event gets in twice.
 */
export function eventLog({ client, name: TableName }: Table): EventLog {
  const after = async (log: string, seen: number): Promise<Stretch> => {
    const rows = await queryAll(
      { client, name: TableName },
      {
        KeyConditionExpression: "pk = :pk AND sk > :seen",
        ExpressionAttributeValues: { ":pk": log, ":seen": numbered(seen) },
        ConsistentRead: true,
      },
    );
    return { events: rows.flatMap(eventsIn), head: Math.max(seen, Number(rows.at(-1)?.sk ?? 0)) };
  };
  const newest = (log: string, Limit: number, from?: Row) =>
    client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": log },
        ConsistentRead: true,
        ScanIndexForward: false,
        Limit,
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
  return {
    after,
    async head(log) {
      const { Items = [] } = await newest(log, 1);
      return Number(Items[0]?.sk ?? 0);
    },
    async marksSince(log, since) {
      const from = epochSeconds(since) - SKEW;
      const marks = new Set<string>();
      let head = 0;
      let next: Row | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await newest(log, PAGE, next);
        head = Math.max(head, Number(Items[0]?.sk ?? 0));
        for (const { mark } of Items.flatMap(eventsIn)) marks.add(mark);
        next = Items.some(({ at }) => Number(at) < from) ? undefined : LastEvaluatedKey;
      } while (next);
      return { marks, head };
    },
    async append(log, known, events, now, expiresAt) {
      let head = known;
      let left = events;
      for (let attempt = 1; left.length > 0; attempt += 1) {
        if (attempt > ATTEMPTS) throw new Error("the log was contended too long");
        const put = new PutCommand({
          TableName,
          Item: {
            pk: log,
            sk: numbered(head + 1),
            events: pack(left.map(({ mark, event }) => [mark, event])),
            at: epochSeconds(now),
            expiresAt,
          },
          ConditionExpression: "attribute_not_exists(pk)",
        });
        if (await held(client.send(put))) return;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 5 * 2 ** Math.min(attempt, 6)));
        const added = await after(log, head);
        const marks = new Set(added.events.map(({ mark }) => mark));
        left = left.filter(({ mark }) => !marks.has(mark));
        head = added.head;
      }
    },
    async remove(log) {
      const rows = await queryAll(
        { client, name: TableName },
        {
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": log },
          ProjectionExpression: "pk, sk",
          ConsistentRead: true,
        },
      );
      for (const { pk, sk } of rows) await client.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
    },
  };
}
