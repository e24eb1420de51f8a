import type { BenchCloud, BenchTenant } from "../bench-cloud.ts";
import { runItems } from "../run-items.ts";
import type { Tap, TappedCall } from "../tap.ts";
import { chunks, sentBytes, unitsOf } from "./call-units.ts";
import { gbSecondsOf, invocationsOf, useBetween } from "./function-use.ts";
import { itemBytes, type WireItem } from "./item-size.ts";
import { ACCESS_LOG_BYTES, EVENT_OVERHEAD_BYTES, INVOCATION_LOG_BYTES, TRACED_SHARE } from "./platform-logs.ts";
import type { CountedTable } from "./table-indexes.ts";
import type { Usage } from "./usage.ts";

/** Calls of one operation on one thing. */
export interface CallLine {
  readonly label: string;
  readonly calls: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly requests: number;
  readonly lost: number;
}

export interface CountedRun {
  readonly items: number;
  readonly flagged: number;
  readonly usage: Usage;
  readonly lines: readonly CallLine[];
  /** Bytes that stay in the tables until they expire, indexes apart. */
  readonly storedBytes: number;
  /** The calls of the functions, in the order in which they came by. */
  readonly recording: readonly TappedCall[];
}

export interface Counter {
  readonly bench: BenchCloud;
  readonly tap: Tap;
  readonly tables: ReadonlyMap<string, CountedTable>;
}

function linesOf(recording: readonly TappedCall[], tables: Counter["tables"]): CallLine[] {
  const lines = new Map<string, CallLine>();
  for (const call of recording) {
    const { label, readUnits, writeUnits, requests, lost } = unitsOf(call, tables);
    const line = lines.get(label) ?? { label, calls: 0, readUnits: 0, writeUnits: 0, requests: 0, lost: 0 };
    lines.set(label, {
      label,
      calls: line.calls + 1,
      readUnits: line.readUnits + readUnits,
      writeUnits: line.writeUnits + writeUnits,
      requests: line.requests + requests,
      lost: line.lost + (lost ? 1 : 0),
    });
  }
  return [...lines.values()];
}

type Counts = Awaited<ReturnType<BenchCloud["cloud"]["calls"]>>;

/** DynamoDB's own bytes of each row. */
const ROW_OVERHEAD = 100;

/** Bytes of the rows that were written, each as it was last put. Rows that are only updated are few and small. */
function storedBytesOf(recording: readonly TappedCall[]): number {
  const rows = new Map<string, number>();
  for (const { operation, status, body } of recording) {
    if (operation !== "PutItem" || status !== 200) continue;
    const { TableName, Item } = JSON.parse(body) as { TableName: string; Item: WireItem };
    rows.set(JSON.stringify([TableName, Item.pk, Item.sk]), itemBytes(Item) + ROW_OVERHEAD);
  }
  return rows.values().reduce((sum, bytes) => sum + bytes, 0);
}

/** Requests that Lambda's pollers made for the functions: these do not come from their code, so only the gate sees them. */
function pollsBetween(before: Counts, after: Counts, bytes: number): CallLine[] {
  const sum = (action: string): number =>
    Object.keys(after)
      .filter((caller) => caller !== "operator")
      .reduce((all, caller) => all + (after[caller]?.[action] ?? 0) - (before[caller]?.[action] ?? 0), 0);
  const line = { readUnits: 0, writeUnits: 0, lost: 0 };
  const [receives, deletes] = [sum("sqs:ReceiveMessage"), sum("sqs:DeleteMessage")];
  return [
    {
      ...line,
      label: "SQS ReceiveMessage",
      calls: receives,
      requests: receives * chunks(bytes / Math.max(1, receives)),
    },
    { ...line, label: "SQS DeleteMessageBatch", calls: deletes, requests: deletes },
  ];
}

const requestsOf = (lines: readonly CallLine[], service: string): number =>
  lines.filter(({ label }) => label.startsWith(`${service} `)).reduce((sum, { requests }) => sum + requests, 0);

/** Sends items through a tapped cloud and counts all that AWS would bill for them, storage apart. */
export async function countRun(
  { bench, tap, tables }: Counter,
  tenant: BenchTenant,
  items: readonly unknown[],
  perRequest: number,
): Promise<CountedRun> {
  tap.take();
  const functions = bench.cloud.functions();
  const [calls, logged] = [await bench.cloud.calls(), bench.logged()];
  const { requests: apiRequests, flagged } = await runItems(bench, tenant, items, perRequest);
  const recording = tap.take();
  const after = bench.logged();
  const use = useBetween(functions, bench.cloud.functions());
  const bytes = recording
    .filter(({ operation }) => operation.startsWith("SendMessage"))
    .reduce((sum, { body }) => sum + sentBytes(body), 0);
  const lines = [...linesOf(recording, tables), ...pollsBetween(calls, await bench.cloud.calls(), bytes)];
  const lambdaRequests = invocationsOf(use);
  const total = (unit: "readUnits" | "writeUnits"): number => lines.reduce((sum, line) => sum + line[unit], 0);
  const usage: Usage = {
    writeUnits: total("writeUnits"),
    readUnits: total("readUnits"),
    apiRequests,
    lambdaRequests,
    lambdaGbSeconds: gbSecondsOf(use),
    sqsRequests: requestsOf(lines, "SQS"),
    snsRequests: requestsOf(lines, "SNS"),
    kmsRequests: requestsOf(lines, "KMS"),
    logBytes:
      after.bytes -
      logged.bytes +
      (after.lines - logged.lines) * EVENT_OVERHEAD_BYTES +
      lambdaRequests * (INVOCATION_LOG_BYTES + 4 * EVENT_OVERHEAD_BYTES) +
      apiRequests * (ACCESS_LOG_BYTES + EVENT_OVERHEAD_BYTES),
    traces: lambdaRequests * TRACED_SHARE,
  };
  return { items: items.length, flagged, usage, lines, storedBytes: storedBytesOf(recording), recording };
}
