import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { DeleteMessageBatchCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import type { TappedCall } from "../tap.ts";
import type { CallerOrder, CallerPlan, CallerReport } from "./caller.ts";
import { type Clients, closeClients, openClients } from "./sdk-call.ts";
import { makeStandIns } from "./stand-ins.ts";

/** Threads that call: one alone is busy all the time and would be the limit, not the parts. */
const THREADS = 3;
/** Calls under way at once in all threads: what four environments of intake and four of a scorer have between them. */
const PARALLEL = 80;
const BATCH = 10;

export interface FloorRun {
  readonly items: number;
  readonly calls: number;
  /** Writes whose condition did not hold: about as many as in the recording, or the floor did less work than it says. */
  readonly refused: number;
  readonly seconds: number;
  /** Share of the time in which the busiest calling thread had work: near 1, the parts could have taken more. */
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

export interface Floor {
  /** Makes the recorded calls again, once in each thread. */
  run(): Promise<FloorRun>;
  close(): Promise<void>;
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

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

/**
 * The floor of a recording: bare calls of the SDK to the parts that this process's environment names.
 * @param name gives the tenant of each repetition: as long as the recorded one's, and never the same twice
 */
export async function openFloor({ calls, tenant, items, flagged }: Recording, name: () => string): Promise<Floor> {
  const standIns = await makeStandIns();
  const clients = openClients();
  const plan: CallerPlan = { calls, tenant, standIns, parallel: Math.ceil(PARALLEL / THREADS) };
  const workers = Array.from(
    { length: THREADS },
    () => new Worker(new URL("./caller.ts", import.meta.url), { workerData: plan, env: { ...process.env } }),
  );
  const ask = async (worker: Worker, order: CallerOrder): Promise<CallerReport> => {
    const answered = once(worker, "message");
    worker.postMessage(order);
    const [report] = (await answered) as [CallerReport];
    return report;
  };
  return {
    async run() {
      await Promise.all(workers.map((worker) => ask(worker, { prepare: name() })));
      const began = performance.now();
      const [reports, ...drained] = await Promise.all([
        Promise.all(workers.map((worker) => ask(worker, { go: true }))),
        drain(clients, standIns.items, items * THREADS),
        drain(clients, standIns.review, flagged * THREADS),
      ]);
      const seconds = (performance.now() - began) / 1000;
      return {
        items: items * THREADS,
        calls: sumOf(reports.map((report) => report.calls)) + sumOf(drained),
        refused: sumOf(reports.map((report) => report.refused)),
        seconds,
        busy: Math.max(...reports.map(({ busy }) => busy)),
      };
    },
    async close() {
      closeClients(clients);
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
