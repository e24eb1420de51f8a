import type { JobMessage } from "../../shared/contracts/messages.ts";
import type { JobUsage } from "../../shared/domain/backtest.ts";
import { type Job, type JobKind, partsOf, type Range } from "../../shared/domain/job.ts";
import type { JobQueue } from "../../shared/queue/job-queue.ts";
import type { Clock } from "../../shared/runtime/clock.ts";
import { describeError, logger } from "../../shared/runtime/logger.ts";
import type { QueueInvocation } from "../../shared/runtime/queue-stack.ts";
import { Unprocessable } from "../../shared/runtime/unprocessable.ts";
import type { Jobs, Leg } from "../../shared/store/jobs.ts";

/** One stretch of work: a part of a job, from where the stretch before it ended. */
export interface Stretch {
  readonly job: Job;
  readonly spec: unknown;
  readonly range: Range;
  readonly part: number;
  readonly leg: number;
  /** Where the stretch before it ended; undefined at the beginning of the part. */
  readonly after: string | undefined;
  /** Asked between pages: is it time to end here, and to go on in another stretch or, cancelled, not at all? */
  readonly isOver: () => Promise<boolean>;
}

export interface Stretched {
  readonly tally: unknown;
  /** Verdicts read. */
  readonly items: number;
  readonly reads: number;
  readonly writes: number;
  readonly messages: number;
  /** Where the next stretch begins; undefined at the end of the part. */
  readonly next: string | undefined;
}

/** What a kind of job does. Both may be done again, and then come to the same. */
export interface Work {
  run(stretch: Stretch): Promise<Stretched>;
  /** The result of a job out of the tallies of all its stretches. */
  merge(job: Job, tallies: AsyncIterable<unknown>): Promise<unknown>;
}

export interface RunPart {
  readonly jobs: Jobs;
  readonly queue: JobQueue;
  readonly work: Readonly<Record<JobKind, Work>>;
  readonly clock: Clock;
}

/** Milliseconds that are kept to write down what was done. */
const RESERVE = 12_000;
/** Milliseconds between two looks whether the job was cancelled. */
const LOOK_EVERY = 2_000;

const NOTHING_USED: JobUsage = { reads: 0, writes: 0, messages: 0, milliseconds: 0 };
const plus = (a: JobUsage, b: JobUsage): JobUsage => ({
  reads: a.reads + b.reads,
  writes: a.writes + b.writes,
  messages: a.messages + b.messages,
  milliseconds: a.milliseconds + b.milliseconds,
});

/** As a dead letter says it. */
const reasonOf = (error: unknown): string =>
  error instanceof Unprocessable ? error.code : `failed.${error instanceof Error ? error.name : "unknown"}`;

/** Row reads and writes around a stretch: its job, spec, leg and the leg before; its own leg and its part. */
const AROUND = { reads: 4, writes: 2, messages: 2 };

/**
 * One message of a job: does a stretch of a part, writes down once what was counted and where it ended, and sends the
 * message of the next stretch, or ends the part; whoever ends the last part puts the parts together. Every step may come
 * twice, at once or after a crash: the first stretch that is written down stands, and the rest of the part follows from it.
 */
export function runPart({ jobs, queue, work, clock }: RunPart) {
  const stretchOnce = async (message: JobMessage, job: Job, range: Range, isOver: Stretch["isOver"]): Promise<Leg> => {
    const { tenant, kind, job: id, part, leg } = message;
    const of = { tenant, id };
    const before = leg === 0 ? undefined : await jobs.leg(of, part, leg - 1);
    if (leg > 0 && before?.next === undefined) throw new Unprocessable("leg_without_the_one_before");
    const started = performance.now();
    const spec = await jobs.spec(of);
    const stretched = await work[kind].run({ job, spec, range, part, leg, after: before?.next, isOver });
    const { tally, items, next } = stretched;
    const used: JobUsage = {
      reads: stretched.reads + AROUND.reads,
      writes: stretched.writes + AROUND.writes,
      messages: stretched.messages + AROUND.messages,
      milliseconds: Math.round(performance.now() - started),
    };
    const made: Leg = {
      part,
      leg,
      tally,
      items: (before?.items ?? 0) + items,
      used,
      ...(next === undefined ? {} : { next }),
    };
    if (await jobs.addLeg(of, made, clock())) return made;
    const first = await jobs.leg(of, part, leg);
    if (!first) throw new Error("a leg was refused and is not there");
    return first;
  };

  /** Out of time, or cancelled, which is looked up every now and then. */
  const endOf = ({ tenant, kind, id }: Job, { remainingMs }: QueueInvocation): Stretch["isOver"] => {
    let looked = clock().getTime();
    return async () => {
      if (remainingMs() < RESERVE) return true;
      if (clock().getTime() - looked < LOOK_EVERY) return false;
      looked = clock().getTime();
      return (await jobs.get(tenant, kind, id))?.cancelled !== undefined;
    };
  };

  const putTogether = async (job: Job): Promise<void> => {
    const of = { tenant: job.tenant, id: job.id };
    const parts = await jobs.parts(of);
    if (parts.filter(({ done }) => done).length < partsOf(job).length) return;
    let used = NOTHING_USED;
    const tallies = async function* () {
      for await (const leg of jobs.legs(of)) {
        used = plus(used, leg.used);
        yield leg.tally;
      }
    };
    const tally = await work[job.kind].merge(job, tallies());
    const items = parts.reduce((sum, part) => sum + part.items, 0);
    await jobs.finish(job, { tally, used }, items, clock());
  };

  return async (message: JobMessage, invocation: QueueInvocation): Promise<void> => {
    const { tenant, kind, job: id, part, leg } = message;
    const of = { tenant, id };
    const job = await jobs.get(tenant, kind, id);
    if (!job) throw new Unprocessable("job_unknown");
    const range = partsOf(job)[part];
    if (!range) throw new Unprocessable("part_unknown");
    if (job.cancelled) return;
    try {
      const done = (await jobs.leg(of, part, leg)) ?? (await stretchOnce(message, job, range, endOf(job, invocation)));
      await jobs.advance(of, part, { items: done.items, done: done.next === undefined }, clock());
      if (done.next !== undefined) await queue.send([{ ...message, leg: leg + 1 }]);
      else await putTogether(job);
    } catch (error) {
      // So that whoever looks at the job sees why it goes no further; the dead letter says the same to operators.
      await jobs
        .fail(of, part, reasonOf(error), clock())
        .catch((failure) => logger.warn("the failure of a part was not noted", describeError(failure)));
      throw error;
    }
  };
}
