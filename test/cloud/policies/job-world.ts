import { backtestWork } from "../../../functions/run-job/backtest-work.ts";
import { comparedPolicies, policyLoader } from "../../../functions/run-job/load-policies.ts";
import { runPart } from "../../../functions/run-job/run-part.ts";
import { takeBack } from "../../../functions/run-job/take-back.ts";
import { undoWork } from "../../../functions/run-job/undo-work.ts";
import type { JobMessage } from "../../../shared/contracts/messages.ts";
import { conclude } from "../../../shared/queue/conclude.ts";
import { MAX_RECEIVES } from "../../../shared/queue/own-queue.ts";
import type { JobPorts } from "../../../shared/runtime/job-requests.ts";
import { audienceVerdictStore } from "../../../shared/store/audience-verdicts.ts";
import { auditStore } from "../../../shared/store/audit.ts";
import { caseStore } from "../../../shared/store/cases.ts";
import { clusterStore } from "../../../shared/store/clusters.ts";
import { decisionJournal } from "../../../shared/store/decision-journal.ts";
import { depthStore } from "../../../shared/store/depths.ts";
import { type Jobs, jobStore } from "../../../shared/store/jobs.ts";
import { policyStore } from "../../../shared/store/policies.ts";
import { verdictJournal } from "../../../shared/store/verdict-journal.ts";
import { verdictStore } from "../../../shared/store/verdicts.ts";
import { memoryTopic } from "../../unit/functions/ports.ts";
import type { Tables } from "../conformance/tables.ts";

export const TENANT = "acme";

/** How the queue and the function behave. */
export interface Mischief {
  /** Each message is handed to two invocations at once. */
  readonly twice?: boolean;
  /** Each stretch ends after one page. */
  readonly short?: boolean;
  /** Asked before and after each call of the job store: true breaks it there, once it was, or was not, carried out. */
  readonly breaks?: () => boolean;
}

/** A store whose calls may fail before they are carried out, or after. */
const breaking = (jobs: Jobs, breaks: () => boolean): Jobs =>
  new Proxy(jobs, {
    get(store, name: keyof Jobs) {
      const method = store[name] as (...args: unknown[]) => unknown;
      // Streams are left alone: what asks for one has other calls around it.
      if (name === "legs") return method;
      return async (...args: unknown[]) => {
        if (breaks()) throw new Error(`${name} was not carried out`);
        const answer = await method(...args);
        if (breaks()) throw new Error(`the answer of ${name} was lost`);
        return answer;
      };
    },
  });

/** Jobs on real tables, with a queue in memory that this process drains. */
export function jobWorld(tables: Tables, clock: () => Date) {
  const jobs = jobStore(tables.cases);
  const journal = verdictJournal(tables.verdicts);
  const decisions = decisionJournal(tables.cases);
  const policies = policyStore(tables.directory);
  const cases = caseStore(tables.cases);
  const verdicts = verdictStore(tables.verdicts);
  const topic = memoryTopic();
  const clusters = clusterStore(tables.cases);
  const ports = { cases, clusters, depths: depthStore(tables.cases), decisions: topic };
  const waiting: { readonly message: JobMessage; receives: number }[] = [];
  const dead: JobMessage[] = [];
  const queue: JobPorts["queue"] = {
    async send(messages) {
      waiting.push(...messages.map((message) => ({ message, receives: 0 })));
    },
  };
  const load = policyLoader(policies);

  const step = ({ short = false, breaks = () => false }: Mischief) => {
    const broken = breaking(jobs, breaks);
    const run = runPart({
      jobs: broken,
      queue,
      work: {
        backtest: backtestWork({ journal, decisions, compared: comparedPolicies(load) }),
        undo: undoWork({
          journal,
          jobs: broken,
          cases: takeBack({
            ...ports,
            verdicts,
            audiences: audienceVerdictStore(tables.verdicts),
            conclude: conclude({ ...ports, audit: auditStore(tables.cases), journal: decisions }),
          }),
          policies: load,
          clock,
        }),
      },
      clock,
    });
    return (message: JobMessage) => run(message, { remainingMs: () => (short ? 0 : 60_000), messages: 1 });
  };

  return {
    jobs,
    journal,
    decisions,
    policies,
    cases,
    clusters,
    verdicts,
    queue,
    topic,
    dead,
    /** Handles messages until none is left, or `most` were. @returns how many were. */
    async drain(mischief: Mischief = {}, most = Number.POSITIVE_INFINITY): Promise<number> {
      const handle = step(mischief);
      let handled = 0;
      for (; handled < most; handled += 1) {
        const next = waiting.shift();
        if (!next) break;
        next.receives += 1;
        const deliveries = mischief.twice ? [next.message, next.message] : [next.message];
        const settled = await Promise.allSettled(deliveries.map(handle));
        if (settled.some(({ status }) => status === "fulfilled")) continue;
        if (next.receives < MAX_RECEIVES) waiting.push(next);
        else dead.push(next.message);
      }
      return handled;
    },
  };
}
export type JobWorld = ReturnType<typeof jobWorld>;

/** Says yes about once in `every` times, at the same places in every run. */
export function everyNow(every: number, seed: number): () => boolean {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 < 1 / every;
  };
}
