import { inflateRawSync } from "node:zlib";
import { GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { Connection } from "../../../local/connection.ts";
import { unpackVerdict } from "../../../shared/store/packed-verdict.ts";
import { documentClient, type Row, type Table } from "../../../shared/store/table.ts";

const DEPTHS = [
  "ApproximateNumberOfMessages",
  "ApproximateNumberOfMessagesNotVisible",
  "ApproximateNumberOfMessagesDelayed",
] as const;

/** What an operator can look at in a running Touchstone: every row of every table, and every queue. */
export function operatorOf({ outputs, environment }: Connection) {
  Object.assign(process.env, environment);
  const client = documentClient();
  // A queue's URL names a host that only the embedded part knows.
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  const named = (prefix: string) => Object.entries(outputs).filter(([name]) => name.startsWith(prefix));
  const output = (name: string): string => {
    const value = outputs[name];
    if (value === undefined) throw new Error(`no output ${name}`);
    return value;
  };

  const rowsOf = async (TableName: string): Promise<Row[]> => {
    const rows: Row[] = [];
    let from: Row | undefined;
    do {
      const page = await client.send(new ScanCommand({ TableName, ...(from ? { ExclusiveStartKey: from } : {}) }));
      rows.push(...(page.Items ?? []));
      from = page.LastEvaluatedKey;
    } while (from);
    return rows;
  };
  const depth = async (QueueUrl: string): Promise<number> => {
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...DEPTHS] }));
    return DEPTHS.reduce((sum, name) => sum + Number(Attributes?.[name] ?? 0), 0);
  };

  return {
    sqs,
    output,
    table: (room: string): Table => ({ client, name: output(`Table${room}`) }),
    rows: (room: string) => rowsOf(output(`Table${room}`)),
    /** Every row of every table, with the name of its table. */
    async allRows(): Promise<{ readonly room: string; readonly row: Row }[]> {
      const all = await Promise.all(
        named("Table").map(async ([name, table]) =>
          (await rowsOf(table)).map((row) => ({ room: name.slice("Table".length), row })),
        ),
      );
      return all.flat();
    },
    /** Messages in each queue and dead-letter queue, by output. */
    async depths(): Promise<Record<string, number>> {
      const all = await Promise.all(named("Queue").map(async ([name, url]) => [name, await depth(url)] as const));
      return Object.fromEntries(all);
    },
    /** The bodies of up to ten messages of each queue; they come back a second later. */
    async peekAll(): Promise<string[]> {
      const all = await Promise.all(
        named("Queue").map(([, QueueUrl]) =>
          sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 1 })),
        ),
      );
      return all.flatMap(({ Messages = [] }) => Messages.map(({ Body }) => Body ?? ""));
    },
  };
}

/** Sets and bytes of a row as text, bytes also as what they might say, deflated ones among them. */
export const readable = (row: Row): string =>
  JSON.stringify(row, (_, value) => {
    if (value instanceof Set) return [...value];
    if (value instanceof Uint8Array) return `${Buffer.from(value).toString("latin1")} ${inflated(value)}`;
    return value;
  });

function inflated(bytes: Uint8Array): string {
  try {
    return inflateRawSync(bytes).toString();
  } catch {
    return unpacked(bytes);
  }
}

function unpacked(bytes: Uint8Array): string {
  try {
    return JSON.stringify(unpackVerdict(bytes));
  } catch {
    return "";
  }
}
