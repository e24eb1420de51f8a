import { quantile } from "../local/ledger.ts";
import type { BenchCloud } from "./bench-cloud.ts";
import { gbSecondsOf, useBetween } from "./count/function-use.ts";
import { openFloor, type Recording } from "./floor/run-floor.ts";
import { KINDS, type Kind, PLANS } from "./kinds.ts";
import { runItems } from "./run-items.ts";
import { median } from "./table.ts";

/** Pipeline and floor alternate, each as often first as second: whatever slows the machine slows both. */
const FLOOR_FIRST = [false, true, true, false] as const;
const WARM_UP = 0.2;
/** Milliseconds between single posts where nothing else waits: twenty a second. */
const QUIET_PAUSE = 50;
const QUIET_POSTS = 60;

export interface RateResult {
  readonly kind: Kind;
  /** Of one round. */
  readonly items: number;
  readonly rates: readonly number[];
  readonly floors: readonly number[];
  /** Medians of the rounds, items a second. */
  readonly rate: number;
  readonly floor: number;
  readonly ratio: number;
  /** Calls that the pipeline made for one item. */
  readonly callsPerItem: number;
  /** Milliseconds from intake to verdict; undefined where items get no verdict of their own. */
  readonly p50: number | undefined;
  readonly p95: number | undefined;
  /** Of the fastest round: waiting for a busy machine is not what AWS would bill. */
  readonly gbSecondsPerItem: number;
}

export interface RateOptions {
  readonly rounds: number;
  /** Items of a kind in one round, over the plan's. */
  readonly items: number | undefined;
  readonly say: (line: string) => void;
}

/** Tenants' names of seven characters, each once. */
function names(prefix: string): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `${prefix}${String(count).padStart(7 - prefix.length, "0")}`;
  };
}

/** Calls of all functions and their pollers so far. */
function callsOf(counts: Awaited<ReturnType<BenchCloud["cloud"]["calls"]>>): number {
  const functions = Object.entries(counts).filter(([caller]) => caller !== "operator");
  return functions.flatMap(([, actions]) => Object.values(actions)).reduce((sum, calls) => sum + calls, 0);
}

/** The rate of one kind, and that of its floor, in alternating rounds. */
async function measureKind(
  bench: BenchCloud,
  kind: Kind,
  recording: Recording,
  { rounds, items, say }: RateOptions,
): Promise<RateResult> {
  const plan = PLANS[kind];
  const count = items ?? plan.round;
  const pipelineName = names(`${kind.charAt(0)}p`);
  const bare = await openFloor(recording, names(`${kind.charAt(0)}f`));
  const rates: number[] = [];
  const gbSeconds: number[] = [];
  const latencies: number[] = [];
  const callRates: number[] = [];
  let made = 0;
  let sent = 0;

  const pipeline = async (size: number, counts: boolean): Promise<void> => {
    const tenant = await bench.addTenant(pipelineName(), true);
    const items = plan.make(size, rates.length + 1, new Date());
    const [before, called] = [bench.cloud.functions(), callsOf(await bench.cloud.calls())];
    const run = await runItems(bench, tenant, items, plan.perRequest);
    if (!counts) return;
    made += callsOf(await bench.cloud.calls()) - called;
    sent += run.items;
    rates.push(run.items / run.seconds);
    gbSeconds.push(gbSecondsOf(useBetween(before, bench.cloud.functions())) / size);
    latencies.push(...run.latencies);
    say(
      `${kind}: pipeline ${Math.round(run.items / run.seconds)} items/s (${run.items} in ${run.seconds.toFixed(1)} s)`,
    );
  };
  const floor = async (counts: boolean): Promise<void> => {
    const run = await bare.run();
    if (!counts) return;
    callRates.push(run.calls / run.seconds);
    const rate = Math.round(run.calls / run.seconds);
    say(
      `${kind}: floor    ${rate} calls/s (${run.items} items' calls in ${run.seconds.toFixed(1)} s, ${run.refused} refused, callers ${Math.round(run.busy * 100)}% busy)`,
    );
  };

  await pipeline(Math.ceil(count * WARM_UP), false);
  await floor(false);
  for (let round = 0; round < rounds; round += 1) {
    const floorFirst = FLOOR_FIRST[round % FLOOR_FIRST.length] ?? false;
    if (floorFirst) await floor(true);
    await pipeline(count, true);
    if (!floorFirst) await floor(true);
  }
  await bare.close();
  const ascending = latencies.toSorted((a, b) => a - b);
  // How often writers meet differs from run to run: the floor is put in terms of the calls that the pipeline did make.
  const callsPerItem = made / sent;
  const floors = callRates.map((callRate) => callRate / callsPerItem);
  const [rate, floorRate] = [median(rates), median(floors)];
  return {
    kind,
    items: count,
    rates,
    floors,
    rate,
    floor: floorRate,
    ratio: rate / floorRate,
    callsPerItem,
    p50: quantile(ascending, 0.5),
    p95: quantile(ascending, 0.95),
    gbSecondsPerItem: Math.min(...gbSeconds),
  };
}

/** Rates of every kind. The cloud must have no tap. */
export async function measureRates(
  bench: BenchCloud,
  recordings: Readonly<Record<Kind, Recording>>,
  options: RateOptions,
): Promise<RateResult[]> {
  const results = [];
  for (const kind of KINDS) results.push(await measureKind(bench, kind, recordings[kind], options));
  return results;
}

/** Posts a second where only what is flagged is published, as tenants start out. */
export async function unpublishedRate(bench: BenchCloud, { items, rounds, say }: RateOptions): Promise<number> {
  const { make, perRequest, round } = PLANS.posts;
  const rates: number[] = [];
  for (let count = 1; count <= rounds; count += 1) {
    const tenant = await bench.addTenant(`plain-${count}`, false);
    const run = await runItems(bench, tenant, make(items ?? round, count, new Date()), perRequest);
    rates.push(run.items / run.seconds);
    say(`posts, only what is flagged published: ${Math.round(run.items / run.seconds)} items/s`);
  }
  return median(rates);
}

/** How long a post waits for its verdict where it comes alone, twenty a second: milliseconds, ascending. */
export async function quietLatencies(bench: BenchCloud): Promise<readonly number[]> {
  const tenant = await bench.addTenant("quiet-1", true);
  const posts = PLANS.posts.make(QUIET_POSTS, 99, new Date());
  return (await runItems(bench, tenant, posts, 1, QUIET_PAUSE)).latencies;
}
