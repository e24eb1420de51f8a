import { setTimeout as sleep } from "node:timers/promises";
import { expecting } from "./expected.ts";
import { openLatencyCloud } from "./latency-cloud.ts";
import { runSegment, type Segment } from "./segment.ts";
import { topicSource } from "./sources.ts";
import { platformSubscriptions, subscribe } from "./subscribers.ts";
import type { Made } from "./verdicts.ts";

const ENDPOINTS = 100;
const BURST = 10;
const WARM_UP_SECONDS = 3;
/** For what goes to the living to arrive once nothing more is sent, at the most; then for repeats. */
const PATIENCE_MS = 90_000;
const REST_MS = 2_000;
const LOOK_MS = 200;

export interface DeadOptions {
  readonly dead: number;
  /** Messages a second to all 100; the living get their part of it, always the same. */
  readonly rate: number;
  readonly seconds: number;
}

/** The living, by themselves and beside dead ones that just died and that are known to be dead. */
export interface DeadResult extends DeadOptions {
  readonly rounds: readonly { readonly what: string; readonly isAlone: boolean; readonly living: Segment }[];
}

/**
 * Each of 100 platforms is told its verdicts; some of their endpoints take requests and never answer. The living get as
 * much in every round: where they are alone, what would go to the dead is not sent.
 */
export async function measureDead(options: DeadOptions, say: (line: string) => void): Promise<DeadResult> {
  const { dead, rate, seconds } = options;
  const open = await openLatencyCloud();
  const { bench, receiver } = open;
  const count = ENDPOINTS - dead;
  const tenant = "dead";
  await bench.addTenant(tenant, false);
  const { subscriptions, secrets } = await subscribe({
    outputs: bench.cloud.outputs,
    tenant,
    wants: platformSubscriptions(ENDPOINTS),
    urlOf: (id, n) => receiver.urlOf(id, n >= count),
  });
  await receiver.knows(secrets);
  const sourceOf = (prefix: string, brands: Made["brands"]) =>
    topicSource(bench, { tenant, prefix, seed: 1, share: 0.1, brands });
  const living = sourceOf("living-", { first: 0, count });
  const dying = sourceOf("dying-", { first: count, count: dead });
  const expect = expecting(subscriptions);
  const share = count / ENDPOINTS;
  const round = async (isAlone: boolean, length: number): Promise<Segment> => {
    let owed = 0;
    const send = async (due: Date, burst: number): Promise<void> => {
      owed += burst * share;
      const own = Math.floor(owed);
      owed -= own;
      await Promise.all([living.send(due, own), dying.send(due, isAlone ? 0 : burst - own)]);
    };
    // The queues are not empty for a long time: what goes to the dead is tried again and again.
    const settle = async (messages = 0): Promise<void> => {
      const until = Date.now() + PATIENCE_MS;
      while ((await receiver.count()).messages < messages && Date.now() < until) await sleep(LOOK_MS);
      await sleep(REST_MS);
    };
    return runSegment(
      { ...living, send },
      { rate, seconds: length, burst: BURST },
      { receiver, invoked: open.invoked, settle },
      expect,
    );
  };
  const rounds: DeadResult["rounds"][number][] = [];
  try {
    await round(true, WARM_UP_SECONDS);
    for (const [what, isAlone] of [
      ["alone", true],
      ["beside those that just died", false],
      ["beside those known to be dead", false],
      ["alone again", true],
    ] as const) {
      const seen = await round(isAlone, seconds / 4);
      rounds.push({ what, isAlone, living: seen });
      say(`${what}: ${seen.waits.length} arrived, load ${seen.machine.load.toFixed(1)}`);
    }
  } finally {
    await open.close();
  }
  return { ...options, rounds };
}
