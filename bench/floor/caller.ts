import { parentPort, workerData } from "node:worker_threads";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import type { TappedCall } from "../tap.ts";
import { type Clients, openClients, type SdkCall, sdkCall } from "./sdk-call.ts";
import type { StandIns } from "./stand-ins.ts";

// One thread of the floor: makes recorded calls again, whole recordings at a time, each as a tenant of its own.

/** What a thread is given at its start. */
export interface CallerPlan {
  readonly calls: readonly TappedCall[];
  /** The tenant whose calls were recorded; its name begins every key. */
  readonly tenant: string;
  readonly standIns: StandIns;
  /** Calls under way at once. */
  readonly parallel: number;
}

/** Prepare the calls as this tenant, or make those that were prepared. */
export type CallerOrder = { readonly prepare: string } | { readonly go: true };

export interface CallerReport {
  readonly calls: number;
  /** Writes whose condition did not hold. */
  readonly refused: number;
  /** Share of the time in which this thread had work. */
  readonly busy: number;
}

const port = parentPort;
if (port === null) throw new Error("bench/floor/caller.ts runs as a worker thread");
const { calls, tenant, standIns, parallel } = workerData as CallerPlan;
const clients: Clients = openClients();
let prepared: SdkCall[] = [];

/** Names have one length: nothing meets what stands already, and every size stays. */
function prepare(name: string): SdkCall[] {
  const targetOf = ({ service }: TappedCall): string => (service === "sns" ? standIns.topic : standIns.items);
  return calls.flatMap((call) => sdkCall({ ...call, body: call.body.replaceAll(tenant, name) }, targetOf(call)) ?? []);
}

/**
 * In order, a number of them at once. A condition that does not hold is an answer here as it is in the pipeline.
 * @returns how many did not hold
 */
async function pour(): Promise<number> {
  const queue = prepared.values();
  let refused = 0;
  const caller = async (): Promise<void> => {
    for (const call of queue)
      await call(clients).catch((error: unknown) => {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        refused += 1;
      });
  };
  await Promise.all(Array.from({ length: parallel }, caller));
  return refused;
}

port.on("message", async (order: CallerOrder) => {
  if ("prepare" in order) prepared = prepare(order.prepare);
  const idle = performance.eventLoopUtilization();
  const refused = "go" in order ? await pour() : 0;
  const busy = performance.eventLoopUtilization(idle).utilization;
  port.postMessage({ calls: prepared.length, refused, busy } satisfies CallerReport);
});
