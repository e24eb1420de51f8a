import { Duration } from "aws-cdk-lib";

/** How long a function may run, by what calls it. A queue's visibility timeout is six times its consumer's. */
export const TIMEOUTS = {
  api: Duration.seconds(10),
  queue: Duration.seconds(20),
  sweep: Duration.seconds(60),
  /** A stretch of a backtest: what does not fit goes on in the next. */
  job: Duration.seconds(60),
} as const;
