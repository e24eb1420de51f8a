import * as z from "zod";
import type { routes } from "../../shared/contracts/routes.ts";
import { backtestTally, jobUsage } from "../../shared/domain/backtest.ts";
import type { Job } from "../../shared/domain/job.ts";
import { backtestReport } from "../../shared/policy/backtest-report.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { cancelJob, findJob, type JobPorts, resumeJob, standingOf } from "../../shared/runtime/job-requests.ts";
import { answer } from "../../shared/runtime/result.ts";
import type { Jobs } from "../../shared/store/jobs.ts";
import { type BacktestView, backtestView } from "./backtest-view.ts";

const stored = z.strictObject({ tally: backtestTally, used: jobUsage });

const shown = async (jobs: Pick<Jobs, "parts">, asked: Job, now: Date): Promise<BacktestView> =>
  backtestView(asked, await standingOf(jobs, asked, now));

export const listBacktests =
  ({ jobs }: JobPorts): UseCase<(typeof routes)["list-backtests"]> =>
  async ({ caller: { tenant }, query: { limit }, now }) => {
    const found = await jobs.list(tenant, "backtest", Number(limit), now);
    return answer({ backtests: await Promise.all(found.map((one) => shown(jobs, one, now))) });
  };

/** One backtest, with its report once it is done. */
export const getBacktest =
  ({ jobs }: JobPorts): UseCase<(typeof routes)["get-backtest"]> =>
  async ({ caller: { tenant }, params: { id }, query: { minutesPerCase }, now }) => {
    const found = await findJob(jobs, tenant, "backtest", id);
    if (!found.ok) return found;
    const asked = found.value;
    const progress = await standingOf(jobs, asked, now);
    if (!asked.done) return answer(backtestView(asked, progress));
    const { tally, used } = stored.parse(await jobs.result(asked));
    const window = { since: new Date(asked.since), until: new Date(asked.until) };
    const report = backtestReport({ tally, used, ...window, minutesPerCase: Number(minutesPerCase) });
    return answer(backtestView(asked, progress, report));
  };

export const cancelBacktest =
  (ports: JobPorts): UseCase<(typeof routes)["cancel-backtest"]> =>
  async ({ caller: { tenant, actor }, params: { id }, now }) => {
    const found = await findJob(ports.jobs, tenant, "backtest", id);
    if (!found.ok) return found;
    return answer(await shown(ports.jobs, await cancelJob(ports, found.value, actor, now), now));
  };

export const resumeBacktest =
  (ports: JobPorts): UseCase<(typeof routes)["resume-backtest"]> =>
  async ({ caller: { tenant }, params: { id }, now }) => {
    const found = await findJob(ports.jobs, tenant, "backtest", id);
    if (!found.ok) return found;
    return answer(await shown(ports.jobs, await resumeJob(ports, found.value, now), now));
  };
