import type { SynthesisedStack } from "../../infra/synthesise.ts";
import { openBenchCloud } from "../bench-cloud.ts";
import { KINDS, type Kind, PLANS } from "../kinds.ts";
import { runItems } from "../run-items.ts";
import { openTap } from "../tap.ts";
import { type CountedRun, countRun } from "./count-run.ts";
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

/**
 * Sends each kind three ways through a cloud of its own whose calls are counted.
 * @param singles false leaves the runs of single items and of published verdicts out
 */
export async function countKinds(
  stacks: readonly SynthesisedStack[],
  say: (line: string) => void,
): Promise<Record<Kind, Counted>> {
  const tap = await openTap();
  const bench = await openBenchCloud(stacks, tap);
  try {
    const counter = { bench, tap, tables: await readTables(bench.cloud.outputs) };
    const [batching, alone, publishing] = [
      await bench.addTenant("batches", false),
      await bench.addTenant("singles", false),
      await bench.addTenant(RECORDED_TENANT, true),
    ];
    const counted: Partial<Record<Kind, Counted>> = {};
    for (const kind of KINDS) {
      const { make, counted: count, perRequest } = PLANS[kind];
      const now = new Date();
      // Environments fetch a tenant's key and settings once: a few items should not pay for what millions share.
      for (const tenant of [batching, alone, publishing])
        await runItems(bench, tenant, make(WARM_UP, 0, now).map(renamed), 1);
      counted[kind] = {
        batched: await countRun(counter, batching, make(count, 1, now), perRequest),
        single: await countRun(counter, alone, make(Math.ceil(count * SINGLE_SHARE), 1, now), 1),
        published: await countRun(counter, publishing, make(count, 1, now), perRequest),
      };
      say(`  counted ${count} ${kind}`);
    }
    return counted as Record<Kind, Counted>;
  } finally {
    await bench.close();
    await tap.close();
  }
}

/** Items of the warm-up must not be taken for those that are counted. */
const renamed = (item: unknown): unknown => ({ ...(item as object), id: `warm-${(item as { id: string }).id}` });
