import type { TappedCall } from "../tap.ts";
import { type WireItem, writeUnits } from "./item-size.ts";
import { type CountedTable, indexUnits, isNamedInIndex } from "./table-indexes.ts";

/** What one call is billed as. */
export interface CallUnits {
  readonly label: string;
  readonly readUnits: number;
  readonly writeUnits: number;
  /** Requests of SQS or SNS: one for each 64 KB begun of what is carried. */
  readonly requests: number;
  /** A conditional write that did not hold: billed, and nothing came of it. */
  readonly lost: boolean;
}

const CHUNK = 64 * 1024;
const READS = new Set(["GetItem", "BatchGetItem", "Query"]);

/** Requests of SQS or SNS that carrying so many bytes counts as. */
export const chunks = (bytes: number): number => Math.max(1, Math.ceil(bytes / CHUNK));

interface TableInput {
  readonly TableName?: string;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly Item?: WireItem;
  readonly UpdateExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
}

/**
 * Units that a write takes in indexes. Of an update the item is not known: one that no index holds anything of takes
 * none, and in an index that holds everything it is counted as though the row stood there, which is the most it can be.
 * Rows that stood before in an index are not looked at: nothing here moves a row within one.
 * @param own units of the write itself: a row of an index that holds everything is as large
 */
function unitsInIndexes(table: CountedTable, input: TableInput, own: number): number {
  if (input.Item) return indexUnits(table, input.Item);
  const words = input.UpdateExpression?.match(/#?\w+/g) ?? [];
  const changed = words.map((word) => input.ExpressionAttributeNames?.[word] ?? word);
  if (changed.some((attribute) => isNamedInIndex(table, attribute)))
    throw new Error(`what an update of ${table.name} takes in its indexes cannot be told from the call`);
  return changed.length === 0 ? 0 : own * table.indexes.filter(({ also }) => also === undefined).length;
}

function tableUnits(call: TappedCall, tables: ReadonlyMap<string, CountedTable>): CallUnits {
  const input = JSON.parse(call.body) as TableInput;
  const physical = input.TableName ?? Object.keys(input.RequestItems ?? {})[0] ?? "";
  const table = tables.get(physical);
  if (!table) throw new Error(`no output names the table of a ${call.operation}`);
  const label = `${table.name} ${call.operation}`;
  if (READS.has(call.operation)) {
    if (call.units === undefined) throw new Error(`${label} does not say what it took`);
    return { label, readUnits: call.units, writeUnits: 0, requests: 0, lost: false };
  }
  // A refused write is billed by the item that stands there: about the one that was to replace it, at least one unit.
  const lost = call.status !== 200;
  const own = call.units ?? (input.Item ? writeUnits(input.Item) : 1);
  const inIndexes = lost ? 0 : unitsInIndexes(table, input, own);
  return { label, readUnits: 0, writeUnits: own + inIndexes, requests: 0, lost };
}

interface SendInput {
  readonly MessageBody?: string;
  readonly Entries?: readonly { readonly MessageBody?: string }[];
}

/** Bytes of the messages that a call sends to a queue. */
export function sentBytes(body: string): number {
  const { MessageBody = "", Entries = [] } = JSON.parse(body) as SendInput;
  return Entries.reduce((sum, entry) => sum + (entry.MessageBody?.length ?? 0), MessageBody.length);
}

/** Bytes of the messages that a call publishes; attributes count too, so all values do. */
function publishedBytes(body: string): number {
  let bytes = 0;
  for (const [name, value] of new URLSearchParams(body)) if (name.includes("Message")) bytes += value.length;
  return bytes;
}

/** @throws where a call cannot be priced from what is known of it. */
export function unitsOf(call: TappedCall, tables: ReadonlyMap<string, CountedTable>): CallUnits {
  const plain = { readUnits: 0, writeUnits: 0, lost: false };
  switch (call.service) {
    case "dynamodb":
      return tableUnits(call, tables);
    case "sqs": {
      const sends = call.operation.startsWith("SendMessage");
      return { ...plain, label: `SQS ${call.operation}`, requests: sends ? chunks(sentBytes(call.body)) : 1 };
    }
    case "sns":
      return { ...plain, label: `SNS ${call.operation}`, requests: chunks(publishedBytes(call.body)) };
    case "kms":
      return { ...plain, label: `KMS ${call.operation}`, requests: 1 };
    case "comprehend":
      throw new Error("the bench runs with the switch of Comprehend off: eval/cascade.ts prices what it would ask");
    case "ses":
      throw new Error("the bench has no subscription that sends mails");
  }
}
