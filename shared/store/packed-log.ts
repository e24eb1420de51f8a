import { PutCommand, QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import type * as z from "zod";
import { markOf, pack, unpack } from "./state-row.ts";
import { alive, daysAfter, key, type Row, type Table } from "./table.ts";

/** What a log knows of its entries. */
export interface LogOf<Entry> {
  readonly schema: z.ZodType<Entry>;
  /** When it happened: the same for a repeat. */
  readonly at: (entry: Entry) => string;
  /** Names what it is about: entries of one minute with the same name are one. */
  readonly name: (entry: Entry) => string;
  /** Days after which an entry is gone. */
  readonly days: number;
}

export interface Range {
  /** Counts. */
  readonly from: Date;
  /** Does not count. */
  readonly to: Date;
}

export interface LogPage<Entry> {
  readonly entries: readonly Entry[];
  /** Goes on after this page. */
  readonly after: string;
  readonly readUnits: number;
}

/** An entry and the position of its row. */
export interface LogEntry<Entry> {
  readonly entry: Entry;
  readonly position: string;
}

/** `last`: the position of the last row that was read. */
export interface PageBefore<Entry> {
  readonly entries: readonly LogEntry<Entry>[];
  readonly last?: string;
  readonly isMore: boolean;
}

export interface PackedLog<Entry> {
  /** Adds entries to a partition, at least once: a repeat of some of them is dropped by whoever reads. */
  append(partition: string, entries: readonly Entry[]): Promise<void>;
  /** Entries of a range, by the minutes in which they happened, each once; pages of up to 400 rows. */
  read(partition: string, range: Range, after?: string): AsyncGenerator<LogPage<Entry>>;
  /** Entries of up to `rows` rows before a position, those of the newest row first. */
  before(partition: string, rows: number, now: Date, position?: string | undefined): Promise<PageBefore<Entry>>;
  /** Entries of the newest rows, newest first, each once: about `most` of them. */
  newest(partition: string, most: number, now: Date): Promise<readonly Entry[]>;
}

/** A row of this many entries is a few KB, far from DynamoDB's 400. */
const MOST_IN_ROW = 50;
const ROWS_OF_PAGE = 400;

const isoOf = (time: string): string => new Date(time).toISOString();
const MINUTE = "2026-11-22T12:00".length;
const minuteOf = (time: string): string => time.slice(0, MINUTE);

/**
 * Logs of small entries in DynamoDB, several to a row and deflated, so that ten cost what one would. Rows are named by
 * the first of their entries' times, and hold entries of one minute: two entries of one happening lie in the same minute
 * of the log, however much later the second was written, and a reader has to remember the names of one minute only.
 */
export function packedLog<Entry>({ client, name: TableName }: Table, of: LogOf<Entry>): PackedLog<Entry> {
  const entriesIn = (row: Row): Entry[] =>
    (unpack(row.entries as Uint8Array) as unknown[]).map((one) => of.schema.parse(one));

  const put = async (partition: string, entries: readonly Entry[]): Promise<void> => {
    const times = entries.map((entry) => isoOf(of.at(entry))).sort();
    const [first = "", last = ""] = [times[0], times.at(-1)];
    await client.send(
      new PutCommand({
        TableName,
        Item: {
          pk: partition,
          // The same entries again, such as by a repeat of the same batch, are the same row.
          sk: key(first, markOf(entries.map(of.name).join("\n"))),
          entries: pack(entries),
          expiresAt: daysAfter(new Date(last), of.days),
        },
      }),
    );
  };

  const query = (partition: string, more: Partial<QueryCommandInput>) =>
    client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: "pk = :pk",
        ReturnConsumedCapacity: "TOTAL",
        ...more,
        ExpressionAttributeValues: { ":pk": partition, ...more.ExpressionAttributeValues },
      }),
    );

  return {
    async append(partition, entries) {
      const rows = Map.groupBy(entries, (entry) => minuteOf(isoOf(of.at(entry))))
        .values()
        .flatMap((minute) =>
          Array.from({ length: Math.ceil(minute.length / MOST_IN_ROW) }, (_, part) =>
            minute.slice(part * MOST_IN_ROW, (part + 1) * MOST_IN_ROW),
          ),
        );
      await Promise.all(rows.map((row) => put(partition, row)));
    },

    async *read(partition, { from, to }, after = "") {
      const [first, end] = [from.toISOString(), to.toISOString()];
      // Whoever goes on in the middle of a minute reads its beginning once more, for the names.
      const start = minuteOf(after > first ? after : first);
      let minute = "";
      let names = new Set<string>();
      let next: Row | undefined;
      do {
        const {
          Items = [],
          LastEvaluatedKey,
          ConsumedCapacity,
        } = await query(partition, {
          KeyConditionExpression: "pk = :pk AND sk BETWEEN :start AND :end",
          ExpressionAttributeValues: { ":start": start, ":end": end },
          Limit: ROWS_OF_PAGE,
          ...(next ? { ExclusiveStartKey: next } : {}),
        });
        const entries: Entry[] = [];
        for (const row of Items) {
          const sk = String(row.sk);
          if (minuteOf(sk) !== minute) names = new Set();
          minute = minuteOf(sk);
          for (const entry of entriesIn(row)) {
            const name = of.name(entry);
            if (names.has(name)) continue;
            names.add(name);
            const at = isoOf(of.at(entry));
            if (sk > after && at >= first && at < end) entries.push(entry);
          }
        }
        const last = Items.at(-1);
        if (last && String(last.sk) > after)
          yield { entries, after: String(last.sk), readUnits: ConsumedCapacity?.CapacityUnits ?? 0 };
        next = LastEvaluatedKey;
      } while (next);
    },

    async before(partition, rows, now, position) {
      const { Items = [], LastEvaluatedKey } = await query(partition, {
        ...(position === undefined
          ? {}
          : {
              KeyConditionExpression: "pk = :pk AND sk < :position",
              ExpressionAttributeValues: { ":position": position },
            }),
        ScanIndexForward: false,
        Limit: rows,
      });
      const entries = Items.filter((row) => alive(row, now)).flatMap((row) =>
        entriesIn(row).map((entry) => ({ entry, position: String(row.sk) })),
      );
      const last = Items.at(-1);
      return { entries, ...(last ? { last: String(last.sk) } : {}), isMore: LastEvaluatedKey !== undefined };
    },

    async newest(partition, most, now) {
      const found: Entry[] = [];
      const names = new Set<string>();
      let next: Row | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await query(partition, {
          ScanIndexForward: false,
          Limit: most,
          ...(next ? { ExclusiveStartKey: next } : {}),
        });
        for (const entry of Items.filter((row) => alive(row, now)).flatMap(entriesIn)) {
          if (names.has(of.name(entry))) continue;
          names.add(of.name(entry));
          found.push(entry);
        }
        next = LastEvaluatedKey;
      } while (next && found.length < most);
      return found.sort((a, b) => (isoOf(of.at(a)) < isoOf(of.at(b)) ? 1 : -1)).slice(0, most);
    },
  };
}
