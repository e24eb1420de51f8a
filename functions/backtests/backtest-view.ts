import type * as z from "zod";
import type { backtestView as viewSchema } from "../../shared/contracts/job-routes.ts";
import { compared } from "../../shared/contracts/job-routes.ts";
import type { BacktestReport } from "../../shared/domain/backtest-report.ts";
import type { Job, JobProgress } from "../../shared/domain/job.ts";
import { viewOfJob } from "../../shared/runtime/job-requests.ts";

export type BacktestAbout = z.infer<typeof compared>;
export type BacktestView = z.infer<typeof viewSchema>;

/** A backtest as callers see it. */
export const backtestView = (asked: Job, progress: JobProgress, report?: BacktestReport): BacktestView => ({
  ...viewOfJob(asked, progress),
  candidate: compared.parse(asked.about),
  ...(report ? { report } : {}),
});
