import { MOST_SUBSCRIPTIONS } from "../../shared/domain/subscription.ts";
import { expecting } from "./expected.ts";
import { openLatencyCloud } from "./latency-cloud.ts";
import { runSegment, type Segment } from "./segment.ts";
import { floorSource, intakeSource, topicSource } from "./sources.ts";
import { BRANDS, mixedSubscriptions, streamSubscriptions, subscribe, type Wanted } from "./subscribers.ts";

export interface LatencyOptions {
  /** Verdicts a second, for how long in all, in so many rounds with the floor in between. */
  readonly rate: number;
  readonly seconds: number;
  readonly rounds: number;
  readonly subscriptions: number;
  /** Of verdicts are flagged, from 0 to 1. */
  readonly share: number;
  readonly scenarios: readonly ScenarioName[];
}

interface Plan {
  readonly tenant: string;
  /** What it is, for people. */
  readonly what: string;
  readonly from: "topic" | "intake";
  readonly wants: (count: number) => readonly Wanted[];
}

export const SCENARIOS = {
  verdicts: {
    tenant: "mixd",
    what: "verdicts published to the topic; many brands, most subscriptions do not want most of them",
    from: "topic",
    wants: mixedSubscriptions,
  },
  posts: {
    tenant: "post",
    what: "whole posts by HTTP intake, scored, the same subscriptions",
    from: "intake",
    wants: mixedSubscriptions,
  },
  stream: {
    tenant: "strm",
    what: "adverse: each verdict published to the topic is told to one webhook as it is made",
    from: "topic",
    wants: streamSubscriptions,
  },
} as const satisfies Record<string, Plan>;
export type ScenarioName = keyof typeof SCENARIOS;

export interface ScenarioResult {
  readonly name: ScenarioName;
  readonly segments: readonly Segment[];
  readonly floors: readonly Segment[];
  /** The very first message of the tenant, through functions that were just started; milliseconds. */
  readonly coldMs: number | undefined;
}

/** What a scorer's full batch publishes, and what a platform's request holds. */
const BURST = 10;
const WARM_UP_SECONDS = 3;
const FLOOR_SECONDS = 10;
/** Bytes of a verdict's message here. */
const BYTES = 1_400;

/** How long it takes from a verdict until its first attempt arrives, beside the floor, in alternating rounds. */
export async function measureLatency(
  { rate, seconds, rounds, subscriptions: count, share, scenarios }: LatencyOptions,
  say: (line: string) => void,
): Promise<readonly ScenarioResult[]> {
  const open = await openLatencyCloud();
  const { bench, receiver } = open;
  const results: ScenarioResult[] = [];
  try {
    for (const name of scenarios) {
      const { tenant, from, wants } = SCENARIOS[name];
      const made = await bench.addTenant(tenant, false);
      const { subscriptions, secrets } = await subscribe({
        outputs: bench.cloud.outputs,
        tenant,
        wants: wants(Math.min(count, MOST_SUBSCRIPTIONS)),
        urlOf: (id) => receiver.urlOf(id),
      });
      await receiver.knows(secrets);
      say(`${name}: ${subscriptions.length} subscriptions, ${Object.keys(secrets).length} of them webhooks`);
      const plan = { tenant, prefix: `${tenant}-`, seed: 1, share, brands: { first: 0, count: BRANDS } };
      const source = from === "topic" ? topicSource(bench, plan) : intakeSource(bench, made, plan);
      const expect = expecting(subscriptions);
      const warm = { rate, seconds: WARM_UP_SECONDS, burst: BURST };
      const cold = await runSegment(source, warm, open, expect);
      const told = (cold.expected?.messages.size ?? 0) / (cold.expected?.verdicts ?? 1);
      const floor = floorSource(bench, receiver, told, BYTES);
      await runSegment(floor, warm, open);
      const segments: Segment[] = [];
      const floors: Segment[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const one = await runSegment(source, { rate, seconds: seconds / rounds, burst: BURST }, open, expect);
        const bare = await runSegment(floor, { rate, seconds: FLOOR_SECONDS / rounds, burst: BURST }, open);
        segments.push(one);
        floors.push(bare);
        say(
          `${name}: ${one.waits.length} arrived; p95 ${p95(one)} ms, floor ${p95(bare)} ms, load ${one.machine.load.toFixed(1)}`,
        );
      }
      results.push({ name, segments, floors, coldMs: cold.waits.at(-1) });
    }
  } finally {
    await open.close();
  }
  return results;
}

const p95 = ({ waits }: Segment): number | undefined => waits[Math.floor(waits.length * 0.95)];
