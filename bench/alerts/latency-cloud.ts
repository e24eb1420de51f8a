import { bundleFunctions } from "../../infra/bundle.ts";
import { synthesise } from "../../infra/synthesise.ts";
import type { Invoked } from "../../local/lambda/function.ts";
import { type BenchCloud, openBenchCloud } from "../bench-cloud.ts";
import { FLOOR, floorStack } from "./floor-stack.ts";
import { openWebhookReceiver, type WebhookReceiver } from "./webhook-receiver.ts";

/** Functions whose invocations are looked at. */
const WATCHED: ReadonlySet<string> = new Set([
  FLOOR,
  "match-alerts",
  "deliver",
  "deliver-again",
  "open-case",
  "score-post",
]);
/** As `npm start` has it: these wait for receivers. */
const WAITING = { deliver: 8, "deliver-again": 8, [FLOOR]: 8 };
const IDLE_MS = 600_000;

export interface LatencyCloud {
  readonly bench: BenchCloud;
  readonly receiver: WebhookReceiver;
  readonly invoked: () => readonly Invoked[];
  /** Waits until every queue is empty and nothing runs. */
  readonly settle: () => Promise<void>;
  close(): Promise<void>;
}

/** The embedded cloud with as many execution environments as `npm start` gives it, the floor's function, and a receiver. */
export async function openLatencyCloud(): Promise<LatencyCloud> {
  await bundleFunctions();
  const receiver = await openWebhookReceiver();
  let seen: Invoked[] = [];
  const bench = await openBenchCloud([...(await synthesise({ nag: false })), floorStack()], undefined, {
    environment: { DELIVERY_HOSTS: receiver.host },
    concurrency: 2,
    concurrencyOf: WAITING,
    watch: (one) => {
      if (WATCHED.has(one.name)) seen.push(one);
    },
  });
  return {
    bench,
    receiver,
    invoked() {
      const taken = seen;
      seen = [];
      return taken;
    },
    async settle() {
      if (!(await bench.cloud.idle(IDLE_MS))) throw new Error("the queues were not empty after ten minutes");
    },
    async close() {
      receiver.close();
      await bench.close();
    },
  };
}
