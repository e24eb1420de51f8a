import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { DeleteMessageBatchCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import type { TappedCall } from "../tap.ts";
import { type Clients, closeClients, openClients, type SdkCall, sdkCall } from "./sdk-call.ts";
import type { StandIns } from "./stand-ins.ts";

/** Calls under way at once: what four environments of intake and four of a scorer have between them. */
const CALLERS = 80;
const BATCH = 10;

export interface FloorRun {
  readonly items: number;
  readonly calls: number;
  readonly seconds: number;
  /** Share of the time in which the calling thread itself had work: near 1, the parts could have taken more. */
  readonly busy: number;
}

/** What was recorded of a number of items sent by one tenant, and what it fed. */
export interface Recording {
  readonly calls: readonly TappedCall[];
  readonly tenant: string;
  readonly items: number;
  /** Verdicts that went on to the queue of cases. */
  readonly flagged: number;
}

/** Receives and deletes `expected` messages, as one poller of Lambda does. @returns the calls that it took. */
async function drain({ sqs }: Clients, QueueUrl: string, expected: number): Promise<number> {
  const deletes: Promise<unknown>[] = [];
  let received = 0;
  let calls = 0;
  while (received < expected) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: BATCH,
        WaitTimeSeconds: 5,
        MessageSystemAttributeNames: ["All"],
        MessageAttributeNames: ["All"],
      }),
    );
    calls += 1;
    if (Messages.length === 0) continue;
    received += Messages.length;
    calls += 1;
    const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    deletes.push(sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries })));
  }
  await Promise.all(deletes);
  return calls;
}

/** Makes the calls in order, a number of them at once. A condition that does not hold is an answer here as there. */
async function pour(clients: Clients, calls: readonly SdkCall[]): Promise<void> {
  const queue = calls.values();
  const caller = async (): Promise<void> => {
    for (const call of queue)
      await call(clients).catch((error: unknown) => {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      });
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
}

/**
 * Makes the recorded calls again as bare calls of the SDK, once for each of `tenants` (names as long as the recorded
 * one: every key begins with it, so nothing meets what stands already, and every size stays).
 */
export async function runFloor(
  { calls, tenant, items, flagged }: Recording,
  tenants: readonly string[],
  { items: itemsQueue, review, topic }: StandIns,
): Promise<FloorRun> {
  const targetOf = ({ service }: TappedCall): string => (service === "sns" ? topic : itemsQueue);
  const all = tenants.flatMap((name) =>
    calls.flatMap((call) => sdkCall({ ...call, body: call.body.replaceAll(tenant, name) }, targetOf(call)) ?? []),
  );
  const clients = openClients();
  const idle = performance.eventLoopUtilization();
  const began = performance.now();
  const [, ...drained] = await Promise.all([
    pour(clients, all),
    drain(clients, itemsQueue, items * tenants.length),
    drain(clients, review, flagged * tenants.length),
  ]);
  const seconds = (performance.now() - began) / 1000;
  const busy = performance.eventLoopUtilization(idle).utilization;
  closeClients(clients);
  return {
    items: items * tenants.length,
    calls: all.length + drained.reduce((sum, one) => sum + one, 0),
    seconds,
    busy,
  };
}
