import { sendItems } from "../cli/items/send-items.ts";
import { Ledger } from "../local/ledger.ts";
import type { ItemRef } from "../shared/domain/id.ts";
import { caseStore } from "../shared/store/cases.ts";
import { documentClient } from "../shared/store/table.ts";
import { verdictStore } from "../shared/store/verdicts.ts";
import type { BenchCloud, BenchTenant } from "./bench-cloud.ts";

/** Requests under way at once. */
const PARALLEL = 4;
const PATIENCE_SECONDS = 60;
const IDLE_MS = 120_000;

export interface ItemsRun {
  readonly items: number;
  readonly requests: number;
  /** From the first request until every queue is empty and nothing runs: every verdict is stored and published. */
  readonly seconds: number;
  readonly flagged: number;
  /** Milliseconds from intake to verdict, ascending. */
  readonly latencies: readonly number[];
}

/**
 * Sends items over HTTP and waits until all that follows from them is done. Looks at the verdicts only afterwards.
 * @throws where an item was refused, or has no verdict, or a flagged one no case: a rate of lost items means nothing
 */
export async function runItems(
  { cloud }: BenchCloud,
  { tenant, token }: BenchTenant,
  items: readonly unknown[],
  perRequest: number,
  pause = 0,
): Promise<ItemsRun> {
  const accepted: ItemRef[] = [];
  const started = new Date();
  const began = performance.now();
  await sendItems(
    items.map((value, index) => ({ value, line: index + 1 })),
    {
      url: cloud.url,
      token,
      batch: perRequest,
      parallel: PARALLEL,
      pause,
      patience: PATIENCE_SECONDS,
      answered: (outcome) => {
        if ("refused" in outcome) throw new Error(`item ${outcome.line} was refused: ${outcome.refused}`);
        accepted.push(outcome.accepted);
      },
    },
  );
  if (!(await cloud.idle(IDLE_MS))) throw new Error("the queues were not empty after two minutes");
  const seconds = (performance.now() - began) / 1000;

  const client = documentClient();
  const { TableVerdicts = "", TableCases = "" } = cloud.outputs;
  const stores = {
    verdicts: verdictStore({ client, name: TableVerdicts }),
    cases: caseStore({ client, name: TableCases }),
  };
  const ledger = new Ledger(tenant, stores, started);
  for (const ref of accepted) ledger.accepted(ref);
  while (await ledger.look()) if (ledger.complete) break;
  const { casesExpected, latencies } = ledger.account();
  if (accepted.length !== items.length || !ledger.complete)
    throw new Error(`something was lost: ${JSON.stringify({ ...ledger.account(), latencies: undefined })}`);
  return {
    items: items.length,
    requests: Math.ceil(items.length / perRequest),
    seconds,
    flagged: casesExpected,
    latencies,
  };
}
