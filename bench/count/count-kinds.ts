import type { SynthesisedStack } from "../../infra/synthesise.ts";
import { type BenchCloud, type BenchTenant, openBenchCloud } from "../bench-cloud.ts";
import { KINDS, type Kind, PLANS } from "../kinds.ts";
import { runItems } from "../run-items.ts";
import { openTap } from "../tap.ts";
import { type CountedRun, type Counter, countRun } from "./count-run.ts";
import { readTables } from "./table-indexes.ts";

/** The ways of sending that a bill is counted for. */
export interface Counted {
  /** Many items in a request; only what is flagged is published, as tenants start out. */
  readonly batched: CountedRun;
  /** Each item in a request of its own. */
  readonly single: CountedRun;
  /** As `batched`, every verdict published. */
  readonly published: CountedRun;
}

/** The tenant of the `published` runs: as long as every tenant of the floor. */
export const RECORDED_TENANT = "publish";
const WARM_UP = 20;
const SINGLE_SHARE = 0.3;

/** Sends each kind three ways through a cloud of its own whose calls are counted. */
export async function countKinds(
  stacks: readonly SynthesisedStack[],
  say: (line: string) => void,
): Promise<Record<Kind, Counted>> {
  return await withCounter(stacks, async (counter) => {
    const { bench } = counter;
    const batching = await bench.addTenant("batches", false);
    const alone = await bench.addTenant("singles", false);
    const publishing = await bench.addTenant(RECORDED_TENANT, true);
    const counted: Partial<Record<Kind, Counted>> = {};
    for (const kind of KINDS) {
      const { make, counted: count, perRequest } = PLANS[kind];
      const now = new Date();
      for (const tenant of [batching, alone, publishing]) await warmUp(bench, tenant, kind);
      counted[kind] = {
        batched: await countRun(counter, batching, make(count, 1, now), perRequest),
        single: await countRun(counter, alone, make(Math.ceil(count * SINGLE_SHARE), 1, now), 1),
        published: await countRun(counter, publishing, make(count, 1, now), perRequest),
      };
      say(`counted ${count} ${kind}`);
    }
    return counted as Record<Kind, Counted>;
  });
}

/** Counts `share` of each kind's items the way that the goals are meant: batched, with the settings of a new tenant. */
export async function countBatched(
  stacks: readonly SynthesisedStack[],
  share: number,
): Promise<Record<Kind, CountedRun>> {
  return await withCounter(stacks, async (counter) => {
    const tenant = await counter.bench.addTenant("batches", false);
    const counted: Partial<Record<Kind, CountedRun>> = {};
    for (const kind of KINDS) {
      const { make, counted: count, perRequest } = PLANS[kind];
      await warmUp(counter.bench, tenant, kind);
      counted[kind] = await countRun(counter, tenant, make(Math.ceil(count * share), 1, new Date()), perRequest);
    }
    return counted as Record<Kind, CountedRun>;
  });
}

async function withCounter<T>(stacks: readonly SynthesisedStack[], use: (counter: Counter) => Promise<T>): Promise<T> {
  const tap = await openTap();
  const bench = await openBenchCloud(stacks, tap);
  try {
    return await use({ bench, tap, tables: await readTables(bench.cloud.outputs) });
  } finally {
    await bench.close();
    await tap.close();
  }
}

/** Environments fetch a tenant's key and settings once: a few items should not pay for what millions share. */
async function warmUp(bench: BenchCloud, tenant: BenchTenant, kind: Kind): Promise<void> {
  const items = PLANS[kind].make(WARM_UP, 0, new Date()).map(renamed);
  await runItems(bench, tenant, items, 1);
}

/** Items of the warm-up must not be taken for those that are counted. */
const renamed = (item: unknown): unknown => ({ ...(item as object), id: `warm-${(item as { id: string }).id}` });
